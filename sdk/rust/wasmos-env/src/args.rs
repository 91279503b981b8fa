//! The program's arguments.

use crate::abi;

/// The arguments; the first is the program's name. None if the system has no memory for them.
pub fn args() -> Args {
    // SAFETY: no arguments. The block stays where it is until the program ends.
    let at = unsafe { abi::getargs() };
    Args { rest: if at == -1 { core::ptr::null() } else { at as *const u8 } }
}

/// An iterator over byte strings, as the system has them: they need not be UTF-8.
#[derive(Clone, Debug)]
pub struct Args {
    /// Null, or what is left: strings ended by NUL, one more NUL after the last.
    rest: *const u8,
}

impl Iterator for Args {
    type Item = &'static [u8];

    fn next(&mut self) -> Option<&'static [u8]> {
        if self.rest.is_null() {
            return None;
        }
        let begin = self.rest;
        let mut len = 0;
        // SAFETY: `rest` is within the block, whose strings all end with NUL, and so does the block.
        unsafe {
            while *begin.add(len) != 0 {
                len += 1;
            }
            if len == 0 {
                return None;
            }
            self.rest = begin.add(len + 1);
            Some(core::slice::from_raw_parts(begin, len))
        }
    }
}
