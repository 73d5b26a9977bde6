//! The domain's reader of either file, fed from the browser's memory.

use super::check::{Content, Settings};
use js_sys::Uint8Array;
use sluice_shared::{
    files::{AdtReader, ExitReader, ExitRows, FileKind},
    finding::Findings,
    profile::Profile,
};

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
            FileKind::Adt => Self::Adt(
                AdtReader::new(profile, &settings.sender, settings.now)
                    .with_previous(settings.in_force.clone()),
            ),
            FileKind::ExitQuarantine => {
                Self::Exit(ExitReader::new(profile, &settings.sender).expecting(u64::from(length)))
            }
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
    let length = bytes.length();
    let mut piece = vec![0; length.min(PIECE) as usize];
    let mut from = 0;
    while from < length {
        let to = length.min(from.saturating_add(PIECE));
        let piece = &mut piece[..(to - from) as usize];
        bytes.subarray(from, to).copy_to(piece);
        push(piece);
        progress(f64::from(to) / f64::from(length));
        from = to;
    }
}
