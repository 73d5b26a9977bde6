//! One reader over the kinds of file: a further kind is one arm more here.

use super::{AdtReader, AdtReading, ExitReader, ExitReading, FileKind, Sender};
use crate::finding::Findings;
use crate::instant::UtcTime;
use crate::profile::Profile;

/// Reads a file of a known kind piece by piece.
#[derive(Debug)]
pub struct FileReader(Kind);

#[derive(Debug)]
enum Kind {
    Adt(AdtReader),
    Exit(ExitReader),
}

/// What a file says, and what is wrong with it by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// An ADT File.
    Adt(AdtReading),
    /// An Exit Quarantine File.
    Exit(ExitReading),
}

impl FileReader {
    /// A reader for a file of `length` bytes (more or less: it is room to reserve) of this sender, received `at`.
    pub fn new(
        kind: FileKind,
        profile: &Profile,
        sender: &Sender,
        at: UtcTime,
        length: u64,
    ) -> Self {
        Self(match kind {
            FileKind::Adt => Kind::Adt(AdtReader::new(profile, sender, at)),
            FileKind::ExitQuarantine => {
                Kind::Exit(ExitReader::new(profile, sender).expecting(length))
            }
        })
    }

    /// Takes the next bytes of the file; how they are cut makes no difference.
    pub fn push(&mut self, bytes: &[u8]) {
        match &mut self.0 {
            Kind::Adt(reader) => reader.push(bytes),
            Kind::Exit(reader) => reader.push(bytes),
        }
    }

    /// The whole file has been pushed.
    pub fn finish(self) -> Reading {
        match self.0 {
            Kind::Adt(reader) => Reading::Adt(reader.finish()),
            Kind::Exit(reader) => Reading::Exit(reader.finish()),
        }
    }
}

impl Reading {
    /// Which file it is.
    pub const fn kind(&self) -> FileKind {
        match self {
            Self::Adt(_) => FileKind::Adt,
            Self::Exit(_) => FileKind::ExitQuarantine,
        }
    }

    /// What is wrong with it by itself.
    pub const fn findings(&self) -> &Findings {
        match self {
            Self::Adt(reading) => &reading.findings,
            Self::Exit(reading) => &reading.findings,
        }
    }

    /// Rows below the header, those with errors included.
    pub const fn row_count(&self) -> u64 {
        match self {
            Self::Adt(reading) => reading.row_count,
            Self::Exit(reading) => reading.row_count,
        }
    }
}
