//! Text out, bytes in.

use crate::abi;
use core::fmt::{self, Write};

/// Standard output, for `write!`.
#[derive(Clone, Copy, Debug)]
pub struct Stdout;

impl Write for Stdout {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for byte in text.bytes() {
            // SAFETY: takes any number. The system collects the bytes.
            unsafe { abi::putchar(byte.into()) }
        }
        Ok(())
    }
}

/// What `print!` calls. A text without values to format brings none of the formatting's code with it.
#[inline(always)]
pub fn print_text(arguments: fmt::Arguments) {
    let _ = match arguments.as_str() {
        Some(text) => Stdout.write_str(text),
        None => Stdout.write_fmt(arguments),
    };
}

/// As in `std`: formats onto standard output.
#[macro_export]
macro_rules! print {
    ($($argument:tt)*) => { $crate::print_text(format_args!($($argument)*)) };
}

/// As in `std`: the same with an end of line.
#[macro_export]
macro_rules! println {
    () => { $crate::print!("\n") };
    ($($argument:tt)*) => {{
        $crate::print!($($argument)*);
        $crate::print!("\n");
    }};
}

/// What standard input has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    Byte(u8),
    /// Nothing now; perhaps later. A byte 0 looks the same.
    Nothing,
    End,
}

/// The next byte of standard input. Does not wait.
pub fn read_byte() -> Input {
    // SAFETY: no arguments.
    match unsafe { abi::getchar() } {
        0 => Input::Nothing,
        byte @ 1..=255 => Input::Byte(byte as u8),
        _ => Input::End,
    }
}

/// A byte to the machine's first serial port.
pub fn serial_byte(byte: u8) {
    // SAFETY: takes any number.
    unsafe { abi::s_putchar(byte.into()) }
}
