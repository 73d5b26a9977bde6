//! The columns of the DCC's Report File, in words: no program of ours takes that file, so its columns have no list of their own.

use sluice_shared::files::ColumnHelp;

const fn column(name: &'static str, form: &'static str, rule: &'static str) -> ColumnHelp {
    ColumnHelp { name, form, rule }
}

pub(super) const REPORT: &[ColumnHelp] = &[
    column(
        "QuarantineEventRef",
        "1 to 20 digits",
        "Groups the communications of one breach",
    ),
    column(
        "RequestID",
        "ORIGINATOR:TARGET:COUNTER",
        "The communication",
    ),
    column("UserID", "An EUI-64", "Whose communication it is"),
    column("ServiceReferenceVariant", "Such as 7.2", "What it asks for"),
    column(
        "Breach",
        "ADUserThresholdBreach, ADDCCThresholdBreach or ADAttributeLimitsBreach",
        "Why it is held",
    ),
    column(
        "QuarantinedAt",
        "Such as 2026-11-03T14:05:00Z",
        "Since when",
    ),
];
