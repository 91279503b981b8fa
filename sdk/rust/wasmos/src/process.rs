//! Other programs: [`Command`] is to WasmOS what `std::process::Command` is to systems that std knows.
//!
//! ```no_run
//! use wasmos::process::{Command, Stdio};
//!
//! let status = Command::new("fib").arg("10").status()?;
//! assert!(status.success());
//!
//! let mut sorter = Command::new("sort").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
//! std::io::Write::write_all(sorter.stdin.as_mut().unwrap(), b"b\na\n")?;
//! assert_eq!(sorter.wait_with_output()?.stdout, b"a\nb\n");
//! # Ok::<(), std::io::Error>(())
//! ```

use crate::abi;
use crate::pipe::{pipe, PipeReader, PipeWriter};
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs::OpenOptions;
use std::os::wasi::ffi::OsStrExt;
use std::os::wasi::io::{AsRawFd, OwnedFd, RawFd};
use std::time::Duration;
use std::{env, fmt, io};

const SPAWN_FOREGROUND: i32 = 1;
const WAIT_NO_HANG: i32 = 1;
const SIGNAL_INTERRUPT: i32 = 2;
const SIGNAL_KILL: i32 = 9;

/// What a standard stream of a child is.
#[derive(Debug)]
pub struct Stdio(Stream);

#[derive(Debug)]
enum Stream {
    Inherit,
    Null,
    Piped,
    Fd(OwnedFd),
}

impl Stdio {
    /// This program's own.
    pub fn inherit() -> Stdio {
        Stdio(Stream::Inherit)
    }

    /// Nothing to read; what is written is lost.
    pub fn null() -> Stdio {
        Stdio(Stream::Null)
    }

    /// A pipe whose other end this program gets in [`Child`].
    pub fn piped() -> Stdio {
        Stdio(Stream::Piped)
    }
}

impl<T: Into<OwnedFd>> From<T> for Stdio {
    /// A file, or an end of a pipe.
    fn from(file: T) -> Stdio {
        Stdio(Stream::Fd(file.into()))
    }
}

/// How a program is to be started: a name that is looked up in `/bin`, or a path.
#[derive(Debug)]
pub struct Command {
    words: Vec<OsString>,
    keep_env: bool,
    env: BTreeMap<OsString, Option<OsString>>, // None: not in the child's
    streams: [Option<Stdio>; 3],
    flags: i32,
    time_limit: Duration, // zero: none
}

impl Command {
    pub fn new(program: impl AsRef<OsStr>) -> Command {
        Command {
            words: vec![program.as_ref().to_owned()],
            keep_env: true,
            env: BTreeMap::new(),
            streams: [None, None, None],
            flags: SPAWN_FOREGROUND,
            time_limit: Duration::ZERO,
        }
    }

    pub fn arg(&mut self, argument: impl AsRef<OsStr>) -> &mut Command {
        self.words.push(argument.as_ref().to_owned());
        self
    }

    pub fn args<A: AsRef<OsStr>>(&mut self, arguments: impl IntoIterator<Item = A>) -> &mut Command {
        self.words.extend(arguments.into_iter().map(|a| a.as_ref().to_owned()));
        self
    }

    /// Sets a variable of the child's environment, which is otherwise a copy of this program's.
    pub fn env(&mut self, name: impl AsRef<OsStr>, value: impl AsRef<OsStr>) -> &mut Command {
        self.env.insert(name.as_ref().to_owned(), Some(value.as_ref().to_owned()));
        self
    }

    pub fn env_remove(&mut self, name: impl AsRef<OsStr>) -> &mut Command {
        self.env.insert(name.as_ref().to_owned(), None);
        self
    }

    /// The child gets only what is set after this.
    pub fn env_clear(&mut self) -> &mut Command {
        self.keep_env = false;
        self.env.clear();
        self
    }

    pub fn stdin(&mut self, stream: impl Into<Stdio>) -> &mut Command {
        self.streams[0] = Some(stream.into());
        self
    }

    pub fn stdout(&mut self, stream: impl Into<Stdio>) -> &mut Command {
        self.streams[1] = Some(stream.into());
        self
    }

    pub fn stderr(&mut self, stream: impl Into<Stdio>) -> &mut Command {
        self.streams[2] = Some(stream.into());
        self
    }

    /// Whether Ctrl-C on the terminal goes to the child; it does unless this says no.
    pub fn foreground(&mut self, yes: bool) -> &mut Command {
        self.flags = if yes { SPAWN_FOREGROUND } else { 0 };
        self
    }

    /// The system ends the child after this time, with [`ExitStatus::TIME_LIMIT`].
    pub fn time_limit(&mut self, limit: Duration) -> &mut Command {
        self.time_limit = limit;
        self
    }

    /// Starts the program. Its streams are this program's where nothing else was said.
    pub fn spawn(&mut self) -> io::Result<Child> {
        self.spawn_with(Stdio::inherit)
    }

    /// Runs the program to its end.
    pub fn status(&mut self) -> io::Result<ExitStatus> {
        self.spawn()?.wait()
    }

    /// Runs the program to its end and returns what it wrote. It has no input where nothing else was said.
    pub fn output(&mut self) -> io::Result<Output> {
        self.streams[0].get_or_insert_with(Stdio::null);
        self.spawn_with(Stdio::piped)?.wait_with_output()
    }

    fn spawn_with(&mut self, default: fn() -> Stdio) -> io::Result<Child> {
        let words = block(self.words.iter().map(|w| w.as_bytes().to_vec()))?;
        let env = block(self.environment().into_iter().map(|(name, value)| {
            [name.as_bytes(), b"=", value.as_bytes()].concat()
        }))?;
        let mut child = Child { pid: 0, status: None, stdin: None, stdout: None, stderr: None };
        let mut ends = Vec::new(); // the child's; ours are closed when it has them
        let mut map: Vec<[RawFd; 2]> = Vec::new();
        for number in 0..3 {
            let fd = match self.streams[number].take().unwrap_or_else(default).0 {
                Stream::Inherit => number as RawFd,
                stream => {
                    ends.push(child.open(stream, number)?);
                    ends[ends.len() - 1].as_raw_fd()
                }
            };
            map.push([fd, number as RawFd]);
        }
        let limit_ns = i64::try_from(self.time_limit.as_nanos()).unwrap_or(i64::MAX);
        let path = self.words[0].as_bytes();
        // SAFETY: all addresses are those of values that live until the call returns, with their lengths.
        crate::check(unsafe {
            abi::spawn(
                path.as_ptr() as i32,
                path.len() as i32,
                words.as_ptr() as i32,
                words.len() as i32,
                env.as_ptr() as i32,
                env.len() as i32,
                map.as_ptr() as i32,
                map.len() as i32,
                self.flags,
                limit_ns,
                &mut child.pid as *mut i32 as i32,
            )
        })?;
        Ok(child)
    }

    fn environment(&self) -> BTreeMap<OsString, OsString> {
        let mut all: BTreeMap<_, _> = if self.keep_env { env::vars_os().collect() } else { BTreeMap::new() };
        for (name, value) in &self.env {
            match value {
                Some(value) => all.insert(name.clone(), value.clone()),
                None => all.remove(name),
            };
        }
        all
    }
}

/// Strings as the system wants them: one after the other, each ended by NUL.
fn block(strings: impl Iterator<Item = Vec<u8>>) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    for string in strings {
        if string.contains(&0) {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "a NUL within an argument or variable"));
        }
        bytes.extend(string);
        bytes.push(0);
    }
    Ok(bytes)
}

/// A program that was started. Dropping this does not end it.
#[derive(Debug)]
pub struct Child {
    pid: i32,
    status: Option<ExitStatus>,
    /// The pipes to the child, where [`Stdio::piped`] was said.
    pub stdin: Option<PipeWriter>,
    pub stdout: Option<PipeReader>,
    pub stderr: Option<PipeReader>,
}

impl Child {
    /// The child's end of its stream `number`; this program's end is kept here.
    fn open(&mut self, stream: Stream, number: usize) -> io::Result<OwnedFd> {
        Ok(match stream {
            Stream::Fd(fd) => fd,
            Stream::Piped => {
                let (reader, writer) = pipe()?;
                match number {
                    0 => {
                        self.stdin = Some(writer);
                        return Ok(reader.into());
                    }
                    1 => self.stdout = Some(reader),
                    _ => self.stderr = Some(reader),
                }
                writer.into()
            }
            Stream::Inherit | Stream::Null => {
                OpenOptions::new().read(number == 0).write(number != 0).open("/dev/null")?.into()
            }
        })
    }

    /// The system's number for it.
    pub fn id(&self) -> u32 {
        self.pid as u32
    }

    /// Closes the pipe to its input, and waits for its end.
    pub fn wait(&mut self) -> io::Result<ExitStatus> {
        self.stdin = None;
        match self.status {
            Some(status) => Ok(status),
            None => self.wait_with(0),
        }
    }

    /// Its status if it has ended.
    pub fn try_wait(&mut self) -> io::Result<Option<ExitStatus>> {
        if self.status.is_some() {
            return Ok(self.status);
        }
        match self.wait_with(WAIT_NO_HANG) {
            Ok(status) => Ok(Some(status)),
            Err(e) if e.kind() == io::ErrorKind::WouldBlock => Ok(None),
            Err(e) => Err(e),
        }
    }

    fn wait_with(&mut self, flags: i32) -> io::Result<ExitStatus> {
        let (mut pid, mut status) = (0i32, 0i32);
        let (p, s) = (&mut pid as *mut i32, &mut status as *mut i32);
        // SAFETY: both point to four bytes.
        crate::check(unsafe { abi::wait(self.pid, flags, p as i32, s as i32) })?;
        self.status = Some(ExitStatus(status as u8));
        Ok(ExitStatus(status as u8))
    }

    /// Ends the child and its own children.
    pub fn kill(&mut self) -> io::Result<()> {
        self.signal(SIGNAL_KILL)
    }

    /// Does what Ctrl-C does.
    pub fn interrupt(&mut self) -> io::Result<()> {
        self.signal(SIGNAL_INTERRUPT)
    }

    fn signal(&mut self, signal: i32) -> io::Result<()> {
        if self.status.is_some() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "the child has ended"));
        }
        // SAFETY: takes any numbers.
        crate::check(unsafe { abi::kill(self.pid, signal) })
    }

    /// Reads what the pipes from the child bring, both at once, and waits for its end.
    pub fn wait_with_output(mut self) -> io::Result<Output> {
        self.stdin = None;
        let streams = [self.stdout.take(), self.stderr.take()];
        let [stdout, stderr] = crate::poll::read_all(streams)?;
        Ok(Output { status: self.wait()?, stdout, stderr })
    }
}

/// What a child that has ended leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    pub status: ExitStatus,
    pub stdout: Vec<u8>,
    pub stderr: Vec<u8>,
}

/// How a program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExitStatus(u8);

impl ExitStatus {
    /// Ended at its time limit.
    pub const TIME_LIMIT: ExitStatus = ExitStatus(124);
    /// Ended by Ctrl-C or [`Child::interrupt`].
    pub const INTERRUPTED: ExitStatus = ExitStatus(130);
    /// Ended by a trap; a panic is one.
    pub const TRAPPED: ExitStatus = ExitStatus(134);
    /// Ended by [`Child::kill`].
    pub const KILLED: ExitStatus = ExitStatus(137);

    pub fn success(self) -> bool {
        self.0 == 0
    }

    /// From 0 to 255; a program can return any of these itself.
    pub fn code(self) -> i32 {
        self.0.into()
    }
}

impl fmt::Display for ExitStatus {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "exit status: {}", self.0)
    }
}
