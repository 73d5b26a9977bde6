//! What the worker keeps of the file that it read last.

use super::{TaskId, reading_along::ReadingAlong};
use js_sys::Uint8Array;
use sluice_shared::{
    files::{FileKind, Sender},
    finding::{Findings, Place},
    instant::UtcTime,
    profile::Profile,
    verdict::{JudgedAt, Known, ReadFile, Verdict, judge},
};
use std::cell::RefCell;

/// A file that was read.
pub(super) struct Kept {
    /// The task that read it.
    pub(super) file: TaskId,
    /// The file itself; none where a signature should have held one.
    pub(super) content: Option<Uint8Array>,
    pub(super) kind: FileKind,
    pub(super) sender: Sender,
    pub(super) profile: Profile,
    pub(super) read: ReadFile,
    /// What the service knows, once the page has brought it.
    pub(super) known: Option<Known>,
}

thread_local! {
    static LAST: RefCell<Option<Kept>> = const { RefCell::new(None) };
}

pub(super) fn keep(kept: Kept) {
    LAST.set(Some(kept));
}

/// Forgets the file before another is read: two at the limit of size would be too much.
pub(super) fn forget() {
    LAST.set(None);
}

/// Looks at the file that this task read, if it is still there.
pub(super) fn with_file<T>(file: TaskId, look: impl FnOnce(&mut Kept) -> T) -> Result<T, String> {
    LAST.with_borrow_mut(|last| {
        last.as_mut()
            .filter(|last| last.file == file)
            .map(look)
            .ok_or_else(|| "this file is not here any more".to_owned())
    })
}

impl Kept {
    /// Reads the file again, where another profile or another time is to count.
    pub(super) fn read_again(&mut self, profile: Profile, now: UtcTime) {
        if let Some(content) = &self.content {
            let length = f64::from(content.length());
            let mut again = ReadingAlong::begin(self.kind, &profile, &self.sender, now, length);
            again.push(content, |_| ());
            self.read.reading = Some(again.finish());
        }
        self.read.received_at = now;
        self.profile = profile;
    }

    /// The verdict at this time, once it is known what it rests on.
    pub(super) fn verdict(&mut self, now: UtcTime) -> Option<Verdict> {
        self.read.received_at = now;
        let known = self.known.as_ref()?;
        Some(judge(&self.read, known, &self.profile, JudgedAt::now(now)))
    }

    /// What is wrong with the file by itself.
    pub(super) fn own_findings(&self) -> Findings {
        let mut findings = Findings::with_limit(self.profile.files.max_findings);
        if let Some(Err(defect)) = &self.read.signature {
            findings.add(Place::file(), defect.clone());
        }
        if let Some(reading) = &self.read.reading {
            findings.append(reading.findings().clone());
        }
        findings
    }

    /// All that is wrong as far as it is known, without a limit.
    pub(super) fn all_findings(&mut self) -> Findings {
        let now = self.read.received_at;
        let (limited, reading) = (self.profile.clone(), self.read.reading.take());
        let mut unlimited = limited.clone();
        unlimited.files.max_findings = usize::MAX;
        self.read_again(unlimited, now);
        let findings = self
            .verdict(now)
            .map_or_else(|| self.own_findings(), |verdict| verdict.findings);
        // Reading it once more would come to the same.
        (self.profile, self.read.reading) = (limited, reading);
        findings
    }
}
