//! The columns of the three files, in words.

use sluice_shared::files::{AdtColumn, ExitColumn};

pub(super) struct Column {
    pub(super) name: &'static str,
    pub(super) form: &'static str,
    pub(super) rule: &'static str,
}

const fn column(name: &'static str, form: &'static str, rule: &'static str) -> Column {
    Column { name, form, rule }
}

pub(super) const ADT: &[Column] = &[
    column(
        AdtColumn::UserId.name(),
        "An EUI-64, such as 90-B3-D5-1F-30-01-00-00",
        "One of your organisation's User IDs",
    ),
    column(
        AdtColumn::Service.name(),
        "Such as 7.2 or 6.15.1, or ALL for everything that the User ID sends",
        "A critical service that the User ID's role may send",
    ),
    column(
        AdtColumn::Period.name(),
        "PT1H, P1D or P7D",
        "The hour, the day, or the week from Monday 00:00, in UTC",
    ),
    column(
        AdtColumn::Warning.name(),
        "A whole number, 0 or more",
        "Not above the quarantine threshold",
    ),
    column(
        AdtColumn::Quarantine.name(),
        "A whole number, 0 or more",
        "What comes above it in a period is held",
    ),
    column(
        AdtColumn::From.name(),
        "Such as 2026-11-03T14:05:00Z, or empty",
        "Empty: from acceptance. Not in the past",
    ),
    column(
        AdtColumn::To.name(),
        "The same, or empty",
        "Empty: a standing threshold. Given: an exception, in force only up to that time",
    ),
];

pub(super) const REPORT: &[Column] = &[
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

pub(super) const EXIT: &[Column] = &[
    column(
        ExitColumn::Event.name(),
        "1 to 20 digits",
        "As the report has it. It is text: keep every digit",
    ),
    column(
        ExitColumn::Request.name(),
        "ORIGINATOR:TARGET:COUNTER",
        "Held, not decided yet, and sent by one of your User IDs",
    ),
    column(
        ExitColumn::Action.name(),
        "Release or Delete",
        "Leave out the rows that are to be kept held",
    ),
];
