//! The codes of findings: stable names, each with a title and an explanation for the Help page.

use super::Severity;

/// A kind of finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FindingCode {
    /// The stable name, such as `warning-above-quarantine`.
    pub code: &'static str,
    /// Whether a file with it can be accepted.
    pub severity: Severity,
    /// What it is, in a few words.
    pub title: &'static str,
    /// Why it matters and what to do, for someone who never met it.
    pub explanation: &'static str,
}

impl FindingCode {
    /// Every code, in the order in which the Help page lists them.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        [
            super::file_defects::CODES,
            super::value_defects::CODES,
            super::adt_defects::CODES,
            super::exit_defects::CODES,
            super::held_defects::CODES,
            super::statement_defects::CODES,
            super::signature_defects::CODES,
            super::record_defects::CODES,
        ]
        .into_iter()
        .flatten()
        .copied()
    }

    /// The codes of what a file shows by itself, in the order of [`FindingCode::all`].
    pub fn of_files() -> impl Iterator<Item = &'static Self> {
        [
            super::file_defects::CODES,
            super::value_defects::CODES,
            super::adt_defects::CODES,
            super::exit_defects::CODES,
        ]
        .into_iter()
        .flatten()
        .copied()
    }

    /// The code with this name.
    pub fn find(code: &str) -> Option<&'static Self> {
        Self::all().find(|known| known.code == code)
    }
}

/// Declares the codes of one group and the list of them that [`FindingCode::all`] reads.
macro_rules! finding_codes {
    ($($name:ident = $severity:ident $code:literal, $title:literal, $explanation:literal;)*) => {
        $(
            #[doc = $title]
            pub(super) static $name: $crate::finding::FindingCode = $crate::finding::FindingCode {
                code: $code,
                severity: $crate::finding::Severity::$severity,
                title: $title,
                explanation: $explanation,
            };
        )*
        /// Every code of this group.
        pub(super) static CODES: &[&$crate::finding::FindingCode] = &[$(&$name),*];
    };
}

pub(super) use finding_codes;
