#![no_std]
#![no_main]

use wasmos_env::println;

wasmos_env::entry!(main);

fn main() {
    println!("Hello, World from Rust on WasmOS!");
}
