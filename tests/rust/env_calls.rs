//! The flavour without std: what the crate wasmos_env has. The first argument says which part.

#![no_std]
#![no_main]

extern crate alloc;

use alloc::{boxed::Box, collections::BTreeMap, format, string::String, vec::Vec};
use core::time::Duration;
use wasmos_env::{print, println, random, read_byte, time, Input};

wasmos_env::entry!(main);

#[repr(align(256))]
struct Wide([u8; 300]);

fn heap() {
    let mut numbers = Vec::new();
    for n in 0..100_000u32 {
        numbers.push(n);
    }
    println!("{}", numbers.iter().map(|&n| u64::from(n)).sum::<u64>());
    let wide: Vec<Box<Wide>> = (0..20).map(|n| Box::new(Wide([n; 300]))).collect();
    println!("{}", wide.iter().all(|w| w.0.as_ptr() as usize % 256 == 0 && w.0[0] == w.0[299]));
    let names: BTreeMap<String, usize> = (0..50).map(|n| (format!("name {n:03}"), n)).collect();
    println!("{:?}", names.iter().nth(7));
    let zeros = alloc::vec![0u8; 70_000];
    println!("{}", zeros.iter().all(|&b| b == 0));
}

fn random_numbers() {
    random::seed(42);
    let first: Vec<u32> = (0..5).map(|_| random::bits()).collect();
    random::seed(42);
    println!("{}", first.iter().all(|&n| n == random::bits() && n < 1 << 31));
    println!("{}", (0..1000).all(|_| random::below(6) < 6));
}

fn clocks() {
    let begin = time::since_boot();
    let cpu = time::cpu();
    while begin.until(time::since_boot()) < Duration::from_millis(10) {}
    println!("{}", cpu.until(time::cpu()) > Duration::ZERO);
}

fn echo() {
    loop {
        match read_byte() {
            Input::Byte(byte) => print!("{}", byte as char),
            Input::Nothing => {}
            Input::End => return,
        }
    }
}

fn main() -> i32 {
    let words: Vec<&str> = wasmos_env::args().map(|word| core::str::from_utf8(word).unwrap()).collect();
    match words[1..] {
        ["heap"] => heap(),
        ["random"] => random_numbers(),
        ["clocks"] => clocks(),
        ["echo"] => echo(),
        ["args", ..] => println!("{words:?}"),
        ["exit", status] => return status.parse().unwrap(),
        ["panic"] => panic!("it's all 'over', at {}", "last"),
        ["overflow"] => println!("{}", words[words.len() + 7]),
        ["run", line] => println!("{:?}", wasmos_env::run(line)),
        _ => return 1,
    }
    0
}
