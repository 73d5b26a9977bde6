//! What can be wrong with a submission: one enum, one wording.

use super::{
    AdtDefect, ExitDefect, FileDefect, FindingCode, HeldDefect, RecordDefect, SignatureDefect,
    StatementDefect, ValueDefect,
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
    /// The content of an Exit Quarantine file.
    Exit(ExitDefect),
    /// An Exit Quarantine file beside what is held.
    Held(HeldDefect),
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
            Self::Exit(defect) => defect,
            Self::Held(defect) => defect,
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
    Exit(ExitDefect),
    Held(HeldDefect),
    Signature(SignatureDefect),
    Statement(StatementDefect),
    Record(RecordDefect)
);
