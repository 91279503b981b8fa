use std::env;

fn main() {
    println!("Hello from @NAME@!");
    for (number, argument) in env::args().enumerate().skip(1) {
        println!("argument {number}: {argument}");
    }
}
