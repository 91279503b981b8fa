//! The machine, and this program's share of it.

use crate::abi;
use std::time::Duration;
use std::{env, io, mem};

/// What the system says about itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Info {
    pub cpus: u64,
    /// Bytes.
    pub memory_total: u64,
    /// Bytes.
    pub memory_free: u64,
    /// Since the machine was started.
    pub uptime: Duration,
    /// Used by this process.
    pub cpu_time: Duration,
    pub processes: u64,
}

/// Asks the system.
pub fn info() -> io::Result<Info> {
    let mut fields = [0u64; 6];
    let (at, len) = (fields.as_mut_ptr() as i32, mem::size_of_val(&fields) as i32);
    // SAFETY: the buffer has the length that is told.
    crate::check(unsafe { abi::sys_info(at, len) })?;
    let [cpus, memory_total, memory_free, uptime_ns, cpu_ns, processes] = fields;
    Ok(Info {
        cpus,
        memory_total,
        memory_free,
        uptime: Duration::from_nanos(uptime_ns),
        cpu_time: Duration::from_nanos(cpu_ns),
        processes,
    })
}

/// Goes to the folder in which the program was started, `$PWD`. WASI knows no such folder, so `std` begins
/// in `/`; call this first in a program that takes relative paths from its user.
pub fn enter_start_folder() -> io::Result<()> {
    match env::var_os("PWD") {
        Some(folder) => env::set_current_dir(folder),
        None => Ok(()),
    }
}
