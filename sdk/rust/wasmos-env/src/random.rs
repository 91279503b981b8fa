//! Random numbers; not for secrets. Without a seed the system chooses one.

use crate::abi;

/// From here on, the same seed gives the same numbers.
pub fn seed(seed: u64) {
    // SAFETY: points to eight bytes.
    unsafe { abi::seedrng(&seed as *const u64 as i32) };
}

/// 31 random bits.
pub fn bits() -> u32 {
    // SAFETY: no arguments.
    unsafe { abi::rng() as u32 }
}

/// A number from 0 to `end` - 1, each as probable as the others; `end` is from 1 to 2^31.
pub fn below(end: u32) -> u32 {
    assert!((1..=1 << 31).contains(&end), "random::below({end})");
    let usable = (1u32 << 31) - (1u32 << 31) % end;
    loop {
        let number = bits();
        if number < usable {
            return number % end;
        }
    }
}
