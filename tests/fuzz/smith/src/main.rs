//! Random modules from wasm-smith, many in one process.
//!
//!     smith --seed S --count N [--with FEATURE,…] > PACK
//!
//! Module K of seed S is made of the random numbers that S + K stands for and nothing else. The output is a pack: for
//! each module its length (4 bytes, little endian) and its bytes. Every module ends (it has fuel), takes little memory
//! and has its NaNs made canonical. FEATURE names a proposal that is off without it.

use arbitrary::Unstructured;
use std::io::Write;
use wasm_smith::{Config, Module};

const FUEL: u32 = 4000;
const TRIES: u64 = 8;

/// splitmix64
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e3779b97f4a7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58476d1ce4e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d049bb133111eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }
}

fn config(r: &mut Random, features: &[String]) -> Config {
    let has = |name: &str| features.iter().any(|f| f == name);
    let instructions = [20, 60, 150, 400][r.below(4) as usize];
    Config {
        allow_start_export: r.below(8) == 0,
        canonicalize_nans: true,
        export_everything: true,
        max_imports: 0,
        min_funcs: 1,
        max_funcs: 6,
        max_types: 12,
        max_instructions: instructions,
        max_globals: 6,
        max_data_segments: 4,
        max_element_segments: 4,
        max_elements: 8,
        max_tables: 3,
        max_table_elements: 64,
        table_max_size_required: true,
        max_memories: 3,
        min_memories: (r.below(8) != 0) as u32,
        max_memory32_bytes: 3 << 16,
        max_memory64_bytes: 3 << 16,
        memory_max_size_required: true,
        max_tags: 3,
        memory64_enabled: has("memory64"),
        exceptions_enabled: has("exceptions"),
        gc_enabled: has("gc"),
        relaxed_simd_enabled: has("relaxed-simd"),
        threads_enabled: false,
        simd_enabled: r.below(3) != 0,
        tail_call_enabled: r.below(2) == 0,
        wide_arithmetic_enabled: false,
        compact_imports_enabled: false,
        disallow_traps: r.below(4) == 0,
        ..Config::default()
    }
}

/// None where the random numbers ran into a dead end.
fn module(seed: u64, features: &[String]) -> Option<Vec<u8>> {
    let mut r = Random(seed);
    let config = config(&mut r, features);
    let len = config.max_instructions * 6 + 256;
    let bytes: Vec<u8> = (0..len / 8 + 1).flat_map(|_| r.next().to_le_bytes()).collect();
    let mut module = Module::new(config, &mut Unstructured::new(&bytes)).ok()?;
    module.ensure_termination(FUEL).ok()?;
    Some(module.to_bytes())
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let option = |name: &str| args.iter().position(|a| a == name).and_then(|i| args.get(i + 1)).cloned();
    let number = |name: &str| option(name).and_then(|v| v.parse::<u64>().ok());
    let (Some(seed), Some(count)) = (number("--seed"), number("--count")) else {
        eprintln!("smith --seed S --count N [--with FEATURE,…]");
        std::process::exit(2);
    };
    let features: Vec<String> = option("--with").unwrap_or_default().split(',').map(String::from).collect();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for k in 0..count {
        let made = (0..TRIES).find_map(|t| module(seed + k + (t << 48), &features));
        let bytes = made.unwrap_or_default();
        out.write_all(&(bytes.len() as u32).to_le_bytes()).unwrap();
        out.write_all(&bytes).unwrap();
    }
}
