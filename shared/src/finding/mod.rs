//! Findings: what is wrong with a submission, where, and what to do about it.
//!
//! A finding is made from a [`Defect`], so that the page and the functions use the same words for the same thing.

mod adt_defects;
mod all_codes;
mod certificate_codes;
mod code;
mod communication_defects;
mod defect;
mod exit_defects;
mod file_defects;
mod findings;
mod held_defects;
mod instant_defects;
mod place;
mod record_defects;
mod report_defects;
mod reported_defects;
mod service_defects;
mod signature_defects;
mod signature_reasons;
mod statement_defects;
mod value_defects;

use serde::{Deserialize, Serialize};

pub use adt_defects::AdtDefect;
pub use code::FindingCode;
pub use communication_defects::{CommunicationDefect, RowsDiffer};
pub use defect::{Defect, Describe};
pub use exit_defects::ExitDefect;
pub(crate) use file_defects::grouped;
pub use file_defects::{FileDefect, OtherFormat};
pub use findings::Findings;
pub use held_defects::HeldDefect;
pub use instant_defects::InstantDefect;
pub use place::Place;
pub use record_defects::RecordDefect;
pub use report_defects::ReportDefect;
pub use reported_defects::ReportedDefect;
pub use service_defects::ServiceDefect;
pub use signature_defects::SignatureDefect;
pub use signature_reasons::{AttributeFault, NoFileInside, NotCms, TooMuch};
pub use statement_defects::StatementDefect;
pub use value_defects::ValueDefect;

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Severity {
    /// The submission cannot be accepted.
    Error,
    /// Worth a look; the submission can be accepted.
    Warning,
}

/// One thing that is wrong: where, what, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Finding {
    /// The stable name of this kind of finding, such as `warning-above-quarantine`.
    pub code: String,
    /// How grave it is.
    pub severity: Severity,
    /// The line of the file, from 1, on which the record starts; none for what concerns the whole file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// The name of the column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// The value at fault, shortened, control characters made visible.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub remedy: String,
}

impl Finding {
    /// The finding that a defect makes at this place.
    pub fn new(place: Place<'_>, defect: &Defect) -> Self {
        let code = defect.code();
        Self {
            code: code.code.to_owned(),
            severity: code.severity,
            line: place.line,
            column: place.column.map(str::to_owned),
            value: place.shortened_value(),
            message: defect.message(),
            remedy: defect.remedy(),
        }
    }
}
