//! What a panic does: the message and its place on standard error, then a trap.

use crate::abi;
use core::fmt::{self, Write};
use core::panic::PanicInfo;

const UNITS_MAX: usize = 512;

/// A text as `abort` wants it: UTF-16, its length in bytes in front. What does not fit is cut off.
#[repr(C)]
struct WideText {
    len_bytes: u32,
    units: [u16; UNITS_MAX],
}

impl WideText {
    const fn new() -> WideText {
        WideText { len_bytes: 0, units: [0; UNITS_MAX] }
    }

    fn address(&self) -> i32 {
        self.units.as_ptr() as i32
    }
}

impl Write for WideText {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for unit in text.encode_utf16() {
            let slot = self.units.get_mut(self.len_bytes as usize / 2).ok_or(fmt::Error)?;
            *slot = unit;
            self.len_bytes += 2;
        }
        Ok(())
    }
}

/// A text of at most as many bytes as fit; the rest is cut off.
struct Text {
    len: usize,
    bytes: [u8; UNITS_MAX],
}

impl Text {
    fn as_str(&self) -> &str {
        core::str::from_utf8(&self.bytes[..self.len]).unwrap_or("")
    }
}

impl Write for Text {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for c in text.chars() {
            let end = self.len + c.len_utf8();
            c.encode_utf8(self.bytes.get_mut(self.len..end).ok_or(fmt::Error)?);
            self.len = end;
        }
        Ok(())
    }
}

/// The message within `panicked at 'MESSAGE', PLACE` or, from Rust 1.73 on, `panicked at PLACE:` and a line
/// with MESSAGE. There is no stable way to ask for it alone in all versions.
fn message_of(text: &str) -> &str {
    let text = text.strip_prefix("panicked at ").unwrap_or(text);
    match text.strip_prefix('\'') {
        Some(quoted) => quoted.rsplit_once("', ").map_or(quoted, |(message, _)| message),
        None => text.split_once(":\n").map_or(text, |(_, message)| message),
    }
}

#[panic_handler]
fn panic(info: &PanicInfo) -> ! {
    let mut text = Text { len: 0, bytes: [0; UNITS_MAX] };
    let (mut message, mut file) = (WideText::new(), WideText::new());
    let (mut line, mut column) = (0, 0);
    // What does not fit is cut off, and that is all that can go wrong.
    let _ = write!(text, "{}", info);
    let _ = message.write_str(message_of(text.as_str()));
    if let Some(place) = info.location() {
        let _ = file.write_str(place.file());
        (line, column) = (place.line(), place.column());
    }
    // SAFETY: both texts stand in memory as `abort` reads them.
    unsafe { abi::abort(message.address(), file.address(), line as i32, column as i32) };
    core::arch::wasm32::unreachable()
}
