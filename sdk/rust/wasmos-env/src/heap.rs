//! The system's heap as the allocator of `alloc`'s collections.

use crate::abi;
use core::alloc::{GlobalAlloc, Layout};
use core::mem::size_of;
use core::ptr;

/// What the system aligns every block to.
const ALIGN: usize = 16;

pub struct Heap;

#[global_allocator]
pub static HEAP: Heap = Heap;

fn malloc(bytes: usize) -> *mut u8 {
    // SAFETY: takes any number; what the system cannot give is 0.
    unsafe { abi::malloc(bytes as i32) as *mut u8 }
}

/// A block within a larger one, whose address stands just below it.
fn malloc_aligned(bytes: usize, align: usize) -> *mut u8 {
    let total = match bytes.checked_add(align) {
        Some(total) => total,
        None => return ptr::null_mut(),
    };
    let block = malloc(total);
    if block.is_null() {
        return block;
    }
    // At least ALIGN bytes above `block`, because both addresses are multiples of ALIGN, and at most `align`.
    let at = (block as usize / align + 1) * align;
    // SAFETY: the word is inside the block, see above.
    unsafe { *((at - size_of::<*mut u8>()) as *mut *mut u8) = block };
    at as *mut u8
}

// SAFETY: blocks come from the system, which keeps them apart; sizes and alignments are the layout's.
unsafe impl GlobalAlloc for Heap {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if layout.align() <= ALIGN {
            malloc(layout.size())
        } else {
            malloc_aligned(layout.size(), layout.align())
        }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        let block = if layout.align() <= ALIGN { at } else { *(at as *mut *mut u8).sub(1) };
        abi::free(block as i32);
    }

    unsafe fn realloc(&self, at: *mut u8, layout: Layout, bytes: usize) -> *mut u8 {
        if layout.align() <= ALIGN && abi::ptrsize(at as i32) as usize >= bytes {
            return at; // the block has room
        }
        let new = self.alloc(Layout::from_size_align_unchecked(bytes, layout.align()));
        if !new.is_null() {
            ptr::copy_nonoverlapping(at, new, layout.size().min(bytes));
            self.dealloc(at, layout);
        }
        new
    }
}

/// As `alloc` does it itself since Rust 1.68.
#[cfg(alloc_error_handler)]
#[alloc_error_handler]
fn out_of_memory(layout: Layout) -> ! {
    panic!("memory allocation of {} bytes failed", layout.size())
}
