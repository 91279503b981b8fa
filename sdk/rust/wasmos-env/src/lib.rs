//! Tiny programs over the import module `env`: no `std`, no WASI.
//!
//! ```no_run
//! #![no_std]
//! #![no_main]
//! use wasmos_env::println;
//!
//! wasmos_env::entry!(main);
//!
//! fn main() {
//!     println!("Hello!");
//! }
//! ```
//!
//! The function given to [`entry!`] returns nothing, or the exit status as an `i32`. A panic prints its message and
//! place on standard error and ends the program with a trap. With `extern crate alloc` there are `Vec`, `String`
//! and the other collections; their memory comes from the system's heap. What a program does not use is not in it.

#![no_std]
#![cfg_attr(alloc_error_handler, feature(alloc_error_handler))]

mod args;
mod heap;
mod panic;
mod print;
mod program;
pub mod random;
pub mod time;

mod abi {
    include!(concat!(env!("OUT_DIR"), "/env_abi.rs"));
}

pub use args::{args, Args};
pub use print::{print_text, read_byte, serial_byte, Input, Stdout};
pub use program::{run, RunError};

/// What a program's function may return: nothing, which is success, or the exit status.
pub trait Termination {
    fn status(self) -> i32;
}

impl Termination for () {
    fn status(self) -> i32 {
        0
    }
}

impl Termination for i32 {
    fn status(self) -> i32 {
        self
    }
}

/// Names the function with which the program starts.
#[macro_export]
macro_rules! entry {
    ($function:path) => {
        #[export_name = "main"]
        extern "C" fn __entry() -> i32 {
            $crate::Termination::status($function())
        }
    };
}
