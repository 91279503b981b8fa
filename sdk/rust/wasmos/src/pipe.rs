//! Pipes, and copies of descriptors.

use crate::abi;
use std::fs::File;
use std::io::{self, Read, Write};
use std::os::wasi::io::{AsRawFd, FromRawFd, OwnedFd, RawFd};

/// The end of a pipe that bytes come out of.
#[derive(Debug)]
pub struct PipeReader(File);

/// The end of a pipe that bytes go into. Without a reader, writing is [`io::ErrorKind::BrokenPipe`].
#[derive(Debug)]
pub struct PipeWriter(File);

/// A new pipe. The reader finds the end when all writers are closed, those of children included.
pub fn pipe() -> io::Result<(PipeReader, PipeWriter)> {
    let mut fds = [0 as RawFd; 2];
    // SAFETY: points to two numbers. What they name is ours alone.
    unsafe {
        crate::check(abi::pipe(0, fds.as_mut_ptr() as i32))?;
        Ok((PipeReader(File::from_raw_fd(fds[0])), PipeWriter(File::from_raw_fd(fds[1]))))
    }
}

/// Another descriptor for the same open file.
pub fn duplicate(fd: &impl AsRawFd) -> io::Result<OwnedFd> {
    let mut copy: RawFd = 0;
    // SAFETY: points to a number. What it names is ours alone.
    unsafe {
        crate::check(abi::dup(fd.as_raw_fd(), 0, &mut copy as *mut RawFd as i32))?;
        Ok(OwnedFd::from_raw_fd(copy))
    }
}

/// Makes `target`, such as `io::stdout()`, a descriptor for what `source` is, and closes what it was.
/// Flush buffered output first.
pub fn redirect(source: &impl AsRawFd, target: &impl AsRawFd) -> io::Result<()> {
    // SAFETY: takes any numbers; both stay open.
    crate::check(unsafe { abi::dup_to(source.as_raw_fd(), target.as_raw_fd()) })
}

impl Read for PipeReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

impl Write for PipeWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl AsRawFd for PipeReader {
    fn as_raw_fd(&self) -> RawFd {
        self.0.as_raw_fd()
    }
}

impl AsRawFd for PipeWriter {
    fn as_raw_fd(&self) -> RawFd {
        self.0.as_raw_fd()
    }
}

impl From<PipeReader> for OwnedFd {
    fn from(end: PipeReader) -> OwnedFd {
        end.0.into()
    }
}

impl From<PipeWriter> for OwnedFd {
    fn from(end: PipeWriter) -> OwnedFd {
        end.0.into()
    }
}
