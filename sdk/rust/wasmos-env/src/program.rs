//! Other programs.

use crate::abi;
use core::alloc::{GlobalAlloc, Layout};
use core::ptr;

/// Why there is no exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunError {
    /// There is no application of that name.
    Unknown,
    /// It could not be run, or it trapped.
    Failed,
}

/// Runs a program with its arguments, as one line with '…', "…" and \ for quoting, and waits for its end. The exit
/// status. The line holds no NUL.
pub fn run(line: &str) -> Result<i32, RunError> {
    let layout = Layout::array::<u8>(line.len() + 1).map_err(|_| RunError::Failed)?;
    // SAFETY: the block has room for the line and the NUL after it, and lives until it has been read.
    let status = unsafe {
        let copy = crate::heap::HEAP.alloc(layout);
        if copy.is_null() {
            return Err(RunError::Failed);
        }
        ptr::copy_nonoverlapping(line.as_ptr(), copy, line.len());
        *copy.add(line.len()) = 0;
        let status = abi::runapp(copy as i32);
        crate::heap::HEAP.dealloc(copy, layout);
        status
    };
    match status {
        -1 => Err(RunError::Unknown),
        -2 => Err(RunError::Failed),
        status => Ok(status),
    }
}
