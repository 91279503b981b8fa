//! What WasmOS has and WASI lacks: starting programs, pipes, the terminal, the machine.
//!
//! Everything else (files, arguments, the environment, clocks, `println!`) is `std`'s own business. Errors are
//! [`std::io::Error`]s with the system's numbers; [`errno`] names them.

pub mod pipe;
mod poll;
pub mod process;
pub mod system;
pub mod terminal;

#[allow(dead_code)] // the table has it all
mod abi {
    include!(concat!(env!("OUT_DIR"), "/wasmos_abi.rs"));
}

pub use abi::errno;
pub use pipe::pipe;

/// What a call returned, as std's programs know it.
fn check(error: i32) -> std::io::Result<()> {
    match error {
        errno::SUCCESS => Ok(()),
        number => Err(std::io::Error::from_raw_os_error(number)),
    }
}
