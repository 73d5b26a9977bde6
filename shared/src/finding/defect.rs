//! What can be wrong with a submission: one enum, one wording.

use super::{
    AdtDefect, CommunicationDefect, ExitDefect, FileDefect, FindingCode, HeldDefect, InstantDefect,
    RecordDefect, ReportDefect, ReportedDefect, ServiceDefect, SignatureDefect, StatementDefect,
    ValueDefect,
};

/// One thing that is wrong, with the facts that its wording needs.
///
/// Each group has its codes, its variants and its wording in one file of this folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Defect {
    /// The file as such: its encoding, its shape, its columns.
    File(FileDefect),
    /// A value that is damaged, whatever its column.
    Value(ValueDefect),
    /// The content of an ADT file.
    Adt(AdtDefect),
    /// A Service Reference Variant.
    Service(ServiceDefect),
    /// A date and time by itself.
    Instant(InstantDefect),
    /// What names a held communication.
    Communication(CommunicationDefect),
    /// The content of an Exit Quarantine file.
    Exit(ExitDefect),
    /// The content of a Report File.
    Report(ReportDefect),
    /// An Exit Quarantine file beside what is held.
    Held(HeldDefect),
    /// A Report File beside what is held.
    Reported(ReportedDefect),
    /// The signature.
    Signature(SignatureDefect),
    /// A statement of thresholds beside the one in force, and when it was signed.
    Statement(StatementDefect),
    /// The submission beside what was announced and what is recorded.
    Record(RecordDefect),
}

/// What each group of defects can say about itself.
pub trait Describe {
    /// Its code, which also says how grave it is.
    fn code(&self) -> &'static FindingCode;
    /// What is wrong, in one sentence.
    fn message(&self) -> String;
    /// What to do about it, in one sentence.
    fn remedy(&self) -> String;
}

impl Defect {
    fn group(&self) -> &dyn Describe {
        match self {
            Self::File(defect) => defect,
            Self::Value(defect) => defect,
            Self::Adt(defect) => defect,
            Self::Service(defect) => defect,
            Self::Instant(defect) => defect,
            Self::Communication(defect) => defect,
            Self::Exit(defect) => defect,
            Self::Report(defect) => defect,
            Self::Held(defect) => defect,
            Self::Reported(defect) => defect,
            Self::Signature(defect) => defect,
            Self::Statement(defect) => defect,
            Self::Record(defect) => defect,
        }
    }
}

impl Describe for Defect {
    fn code(&self) -> &'static FindingCode {
        self.group().code()
    }

    fn message(&self) -> String {
        self.group().message()
    }

    fn remedy(&self) -> String {
        self.group().remedy()
    }
}

macro_rules! from_group {
    ($($variant:ident($group:ty)),*) => {
        $(impl From<$group> for Defect {
            fn from(defect: $group) -> Self {
                Self::$variant(defect)
            }
        })*
    };
}

from_group!(
    File(FileDefect),
    Value(ValueDefect),
    Adt(AdtDefect),
    Service(ServiceDefect),
    Instant(InstantDefect),
    Communication(CommunicationDefect),
    Exit(ExitDefect),
    Report(ReportDefect),
    Held(HeldDefect),
    Reported(ReportedDefect),
    Signature(SignatureDefect),
    Statement(StatementDefect),
    Record(RecordDefect)
);
