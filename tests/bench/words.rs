//! Counting the words of a made-up text, in Rust: a hash map of strings, a B-tree, sorting and
//! formatting. The driver is that of bench.h.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;
use std::hash::{BuildHasherDefault, Hasher};

const WORDS: usize = 60_000;
const ROUNDS: usize = 8;
const RUNS: usize = 3;
const TIMED: usize = 2;

/// FNV-1a: the same numbers everywhere, where the standard library's own hasher starts at random.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for &b in bytes {
            self.0 = (self.0 ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

type Counts<'a> = HashMap<&'a str, u32, BuildHasherDefault<Fnv>>;

fn random(state: &mut u32) -> u32 {
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    *state
}

/// Words of one to four syllables, some of them with a capital, between blanks and full stops.
fn text(seed: &mut u32) -> String {
    const SYLLABLES: [&str; 16] = [
        "ba", "ne", "ti", "ro", "su", "kal", "men", "dir", "fo", "gus", "la", "ve", "phi", "qo",
        "strü", "xe",
    ];
    let mut text = String::new();
    for _ in 0..WORDS {
        let capital = random(seed) % 9 == 0;
        let start = text.len();
        for _ in 0..=random(seed) >> 7 & 3 {
            text.push_str(SYLLABLES[(random(seed) >> 11 & 15) as usize]);
        }
        if capital {
            text[start..start + 1].make_ascii_uppercase();
        }
        text.push_str(if random(seed) % 12 == 0 { ". " } else { " " });
    }
    text
}

fn mix(sum: u64, bytes: &[u8]) -> u64 {
    let mut hash = Fnv(sum);
    hash.write(bytes);
    hash.finish()
}

/// The most frequent words as a table, and how many there are of each length.
fn report(text: &str) -> String {
    let mut counts = Counts::default();
    let mut lengths: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()) {
        *counts.entry(word).or_insert(0) += 1;
    }
    let mut sorted: Vec<(&str, u32)> = counts.into_iter().collect();
    sorted.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    for (word, _) in &sorted {
        lengths.entry(word.chars().count()).or_default().push(word.to_lowercase());
    }
    let mut out = String::new();
    for (place, (word, count)) in sorted.iter().enumerate().take(5000) {
        let share = f64::from(*count) * 100.0 / WORDS as f64;
        writeln!(out, "{place:>4} {word:<16} {count:>6} {share:6.2}%").unwrap();
    }
    for (length, words) in &mut lengths {
        words.sort_unstable();
        words.dedup();
        writeln!(out, "{length}: {} {:?}", words.len(), words.first()).unwrap();
    }
    out
}

fn kernel() -> u64 {
    let mut seed = 4711;
    let mut sum = 0;
    for _ in 0..ROUNDS {
        sum = mix(sum, report(&text(&mut seed)).as_bytes());
    }
    sum
}

#[cfg(target_os = "wasi")]
fn now_ns() -> u64 {
    #[link(wasm_import_module = "wasi_snapshot_preview1")]
    extern "C" {
        fn clock_time_get(id: u32, precision: u64, out: *mut u64) -> u32;
    }
    let mut now = 0;
    assert_eq!(unsafe { clock_time_get(2, 1, &mut now) }, 0, "no CPU time");
    now
}

#[cfg(not(target_os = "wasi"))]
fn now_ns() -> u64 {
    extern "C" {
        fn clock_gettime(id: i32, out: *mut [i64; 2]) -> i32;
    }
    let mut now = [0; 2];
    assert_eq!(unsafe { clock_gettime(2, &mut now) }, 0, "no CPU time");
    now[0] as u64 * 1_000_000_000 + now[1] as u64
}

fn main() {
    let runs = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(RUNS);
    let (mut sum, mut best_ns) = (0, u64::MAX);
    for left in (1..=runs).rev() {
        let begin = now_ns();
        sum = kernel();
        let time_ns = now_ns() - begin;
        if left <= TIMED {
            best_ns = best_ns.min(time_ns);
        }
    }
    println!("{sum:016x} {best_ns}");
}
