//! The domain's reader of either file, fed from the browser's memory.

use super::check::{Content, Settings};
use js_sys::Uint8Array;
use sluice_shared::{
    files::{AdtReader, ExitReader, ExitRows, FileKind},
    finding::Findings,
    identifiers::{Eui64, SrvOrAll},
    profile::Profile,
    thresholds::Period,
};
use std::{collections::BTreeSet, ops::ControlFlow};

/// Bytes copied into WebAssembly at a time.
const PIECE: u32 = 1 << 20;

/// A reader at work.
pub(super) enum Reader {
    Adt(AdtReader),
    Exit(ExitReader),
}

/// What a reader has made of a file's bytes.
pub(super) struct Reading {
    pub(super) rows: u64,
    pub(super) findings: Findings,
    pub(super) content: Content,
    pub(super) exit_rows: Option<ExitRows>,
}

impl Reader {
    /// For a file of `length` bytes.
    pub(super) fn new(kind: FileKind, profile: &Profile, settings: &Settings, length: u32) -> Self {
        match kind {
            FileKind::Adt => Self::Adt(AdtReader::new(profile, &settings.sender, settings.now)),
            FileKind::ExitQuarantine => {
                Self::Exit(ExitReader::new(profile, &settings.sender).expecting(u64::from(length)))
            }
        }
    }

    /// Tells the reader of an ADT file what is in force.
    pub(super) fn with_previous(self, keys: &BTreeSet<(Eui64, SrvOrAll, Period)>) -> Self {
        match self {
            Self::Adt(reader) => Self::Adt(reader.with_previous(keys.clone())),
            Self::Exit(_) => self,
        }
    }

    /// Reads the next bytes; `progress` hears how far it is in them, from 0 to 1.
    pub(super) fn push_all(&mut self, bytes: &Uint8Array, progress: impl Fn(f64)) {
        pieces(bytes, progress, |piece| match self {
            Self::Adt(reader) => reader.push(piece),
            Self::Exit(reader) => reader.push(piece),
        });
    }

    pub(super) fn finish(self) -> Reading {
        match self {
            Self::Adt(reader) => {
                let reading = reader.finish();
                let rows = if reading.findings.is_acceptable() {
                    reading.rows
                } else {
                    Vec::new()
                };
                Reading {
                    rows: reading.row_count,
                    findings: reading.findings,
                    content: Content::Adt { rows },
                    exit_rows: None,
                }
            }
            Self::Exit(reader) => {
                let reading = reader.finish();
                let events = reading.rows.events().to_vec();
                Reading {
                    rows: reading.row_count,
                    findings: reading.findings,
                    content: Content::Exit {
                        release: reading.release,
                        delete: reading.delete,
                        events,
                    },
                    exit_rows: Some(reading.rows),
                }
            }
        }
    }
}

/// Copies bytes into WebAssembly, some at a time.
pub(super) fn pieces(bytes: &Uint8Array, progress: impl Fn(f64), mut push: impl FnMut(&[u8])) {
    let length = f64::from(bytes.length());
    let mut read = 0.0;
    pieces_until(bytes, |piece| {
        push(piece);
        #[expect(clippy::cast_precision_loss, reason = "a piece is far below 2^53")]
        let so_far = read + piece.len() as f64;
        read = so_far;
        progress(read / length);
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
