//! Waiting for any of several pipes.

use crate::pipe::PipeReader;
use std::io::{self, Read};
use std::os::raw::{c_int, c_ulong};
use std::os::wasi::io::{AsRawFd, RawFd};

/// `struct pollfd` of the C library inside std.
#[repr(C)]
#[derive(Clone, Copy)]
struct PollFd {
    fd: RawFd,
    events: i16,
    revents: i16,
}

const POLLIN: i16 = 1;
const CHUNK: usize = 16 * 1024;

extern "C" {
    fn poll(fds: *mut PollFd, count: c_ulong, timeout_ms: c_int) -> c_int;
}

/// Reads both to their ends, whichever has something. A pipe that is not there is empty.
pub fn read_all(mut pipes: [Option<PipeReader>; 2]) -> io::Result<[Vec<u8>; 2]> {
    let mut read = [Vec::new(), Vec::new()];
    let mut chunk = vec![0; CHUNK];
    while pipes.iter().any(Option::is_some) {
        for n in ready(&pipes)? {
            if let Some(pipe) = &mut pipes[n] {
                match pipe.read(&mut chunk)? {
                    0 => pipes[n] = None,
                    len => read[n].extend_from_slice(&chunk[..len]),
                }
            }
        }
    }
    Ok(read)
}

/// Waits; the indices of the pipes that have something, be it their end.
fn ready(pipes: &[Option<PipeReader>; 2]) -> io::Result<Vec<usize>> {
    let there = || (0..pipes.len()).filter_map(|n| pipes[n].as_ref().map(|pipe| (n, pipe)));
    let mut fds: Vec<PollFd> =
        there().map(|(_, pipe)| PollFd { fd: pipe.as_raw_fd(), events: POLLIN, revents: 0 }).collect();
    // SAFETY: the array has as many elements as is told.
    if unsafe { poll(fds.as_mut_ptr(), fds.len() as c_ulong, -1) } < 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(there().zip(&fds).filter(|(_, fd)| fd.revents != 0).map(|((n, _), _)| n).collect())
}
