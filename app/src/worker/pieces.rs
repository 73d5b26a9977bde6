//! The browser's memory, some at a time: a file may be larger than what WebAssembly should hold beside it.

use js_sys::Uint8Array;
use std::ops::ControlFlow;

/// Bytes copied into WebAssembly at a time.
const PIECE: u32 = 1 << 20;

/// Copies bytes into WebAssembly, some at a time.
pub(super) fn pieces(bytes: &Uint8Array, mut push: impl FnMut(&[u8])) {
    pieces_until(bytes, |piece| {
        push(piece);
        ControlFlow::Continue(())
    });
}

/// Copies bytes into WebAssembly, some at a time, until `push` breaks.
pub(super) fn pieces_until(bytes: &Uint8Array, mut push: impl FnMut(&[u8]) -> ControlFlow<()>) {
    let length = bytes.length();
    let mut piece = vec![0; length.min(PIECE) as usize];
    let mut from = 0;
    while from < length {
        let to = length.min(from.saturating_add(PIECE));
        let piece = &mut piece[..(to - from) as usize];
        bytes.subarray(from, to).copy_to(piece);
        if push(piece).is_break() {
            return;
        }
        from = to;
    }
}
