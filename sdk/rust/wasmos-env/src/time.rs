//! Clocks. The system counts microseconds in 31 bits: a clock starts again after 36 minutes.

use crate::abi;
use core::time::Duration;

const MASK: i32 = 0x7fff_ffff;

/// A moment of one of the clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    microseconds: i32,
}

impl Moment {
    /// From `self` to `later`, a moment of the same clock at most 35 minutes after it.
    pub fn until(self, later: Moment) -> Duration {
        let passed = later.microseconds.wrapping_sub(self.microseconds) & MASK;
        Duration::from_micros(passed as u64)
    }

    pub fn microseconds(self) -> u32 {
        self.microseconds as u32
    }
}

/// The time since the machine was started.
pub fn since_boot() -> Moment {
    // SAFETY: no arguments.
    Moment { microseconds: unsafe { abi::timesinceboot() } }
}

/// The CPU time that this program has used.
pub fn cpu() -> Moment {
    // SAFETY: no arguments.
    Moment { microseconds: unsafe { abi::cputime() } }
}
