//! Narrowing a list of submissions by what their files are.

use super::{DayRange, Search, choice_field};
use crate::address::{Address, Parameter};
use leptos::prelude::AnyView;
use sluice_shared::{api::SubmissionSummary, files::FileKind, instant::UtcTime};

/// What is looked for in the file's name and the reference, the kind of the file, and days.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FileFilter {
    pub search: Search,
    pub kind: Option<FileKind>,
    pub days: DayRange,
}

impl FileFilter {
    /// As the address says.
    pub fn from_address(address: Address) -> Self {
        let value = |parameter| address.parameter(parameter);
        let (from, to) = (value(Parameter::From), value(Parameter::To));
        let kind = value(Parameter::Kind);
        Self {
            search: Search::parse(value(Parameter::Search).as_deref()),
            kind: kind.and_then(|kind| FileKind::parse(&kind).ok()),
            days: DayRange::parse(from.as_deref(), to.as_deref()),
        }
    }

    /// Whether a submission fits; `at` is the time by which the list has its days.
    pub fn fits(&self, submission: &SubmissionSummary, at: UtcTime) -> bool {
        let reference = submission.reference.to_string();
        self.kind.is_none_or(|kind| kind == submission.kind)
            && self.days.has(at)
            && self
                .search
                .finds(&[&reference, submission.file_name.as_str()])
    }
}

/// The kind of file, as a field.
pub fn kind_field(address: Address) -> AnyView {
    let kinds = FileKind::ALL.map(|kind| (kind.as_str().to_owned(), kind.name().to_owned()));
    choice_field(address, Parameter::Kind, "Kind of file", "All", kinds)
}
