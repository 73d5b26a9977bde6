//! Reading a file while the rest of it comes.

use super::pieces::pieces;
use js_sys::Uint8Array;
use sluice_shared::{
    files::{FileKind, FileReader, Reading, Sender},
    instant::UtcTime,
    profile::Profile,
};

/// How far reading gets, of the whole, before it tells so again: each time the page is drawn anew, on a processor that is busy.
const TOLD_EVERY: f64 = 0.05;

/// A file that is being read.
pub(super) struct ReadingAlong {
    reader: FileReader,
    length: f64,
    read: f64,
    told: f64,
}

impl ReadingAlong {
    /// Begins with a file of so many bytes, which is read as a `kind`.
    pub(super) fn begin(
        kind: FileKind,
        profile: &Profile,
        sender: &Sender,
        now: UtcTime,
        length: f64,
    ) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "lengths are whole numbers below 2^53"
        )]
        let bytes = length as u64;
        Self {
            reader: FileReader::new(kind, profile, sender, now, bytes),
            length,
            read: 0.0,
            told: 0.0,
        }
    }

    /// Reads the next bytes; `progress` hears how far it is in the file, from 0 to 1.
    pub(super) fn push(&mut self, bytes: &Uint8Array, progress: impl Fn(f64)) {
        pieces(bytes, |piece| {
            self.reader.push(piece);
            #[expect(clippy::cast_precision_loss, reason = "a piece is far below 2^53")]
            let length = piece.len() as f64;
            self.read += length;
            let so_far = self.read / self.length;
            if so_far >= 1.0 || so_far - self.told >= TOLD_EVERY {
                self.told = so_far;
                progress(so_far);
            }
        });
    }

    /// All bytes have come.
    pub(super) fn finish(self) -> Reading {
        self.reader.finish()
    }
}
