//! The terminal that a program talks to through its standard streams.

use crate::abi;
use std::io;
use std::os::wasi::io::AsRawFd;

const COOKED: i32 = 0;
const RAW: i32 = 1;

extern "C" {
    fn isatty(fd: i32) -> i32; // of the C library inside std
}

/// Whether what is written to `stream` appears on a terminal, or what is read from it is typed.
pub fn is_terminal(stream: &impl AsRawFd) -> bool {
    // SAFETY: takes any number.
    unsafe { isatty(stream.as_raw_fd()) != 0 }
}

/// Columns and rows of the terminal; an error if no standard stream is one.
pub fn size() -> io::Result<(u32, u32)> {
    let (mut columns, mut rows) = (0u32, 0u32);
    let (c, r) = (&mut columns as *mut u32, &mut rows as *mut u32);
    // SAFETY: both point to four bytes.
    crate::check(unsafe { abi::tty_size(c as i32, r as i32) })?;
    Ok((columns, rows))
}

/// Each key reaches standard input at once and without echo, for as long as this value lives.
///
/// ```no_run
/// let raw = wasmos::terminal::RawMode::enter()?;
/// let key = std::io::Read::bytes(std::io::stdin()).next();
/// drop(raw); // lines again
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct RawMode {
    previous: i32,
}

impl RawMode {
    /// Fails if standard input is no terminal.
    pub fn enter() -> io::Result<RawMode> {
        Ok(RawMode { previous: set_mode(RAW)? })
    }
}

impl Drop for RawMode {
    fn drop(&mut self) {
        let mode = if self.previous == RAW { RAW } else { COOKED };
        // Whoever took the terminal away in between needs no mode from us.
        let _ = set_mode(mode);
    }
}

/// Returns the mode that was.
fn set_mode(mode: i32) -> io::Result<i32> {
    let mut previous = 0i32;
    // SAFETY: points to four bytes.
    crate::check(unsafe { abi::tty_mode(mode, &mut previous as *mut i32 as i32) })?;
    Ok(previous)
}
