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
}

/// Declares the codes of one group and the list of them that [`FindingCode::all`] gives.
macro_rules! finding_codes {
    ($($name:ident = $severity:ident $code:literal, $title:literal, $explanation:literal;)*) => {
        $(
            #[doc = $title]
            pub(super) static $name: $crate::finding::FindingCode = $crate::finding::FindingCode {
                code: $code,
                severity: $crate::finding::Severity::$severity,
                title: $title,
            };
        )*
        /// Every code of this group.
        pub(super) static CODES: &[&$crate::finding::FindingCode] = &[$(&$name),*];
        /// Apart, since most pages name codes, and one explains them.
        pub(super) static EXPLANATIONS: &[(&str, &str)] = &[$(($code, $explanation)),*];
    };
}

pub(super) use finding_codes;
