//! A date and time as a value.

use super::damage;
use super::instant_meant::instant_meant;
use crate::finding::{Defect, InstantDefect};
use crate::instant::{UtcTime, UtcTimeError};

/// An instant; `None` when the value is empty.
pub(super) fn instant_or_empty(value: &[u8]) -> Result<Option<UtcTime>, Defect> {
    if value.is_empty() {
        return Ok(None);
    }
    parse_as(value, true).map(Some)
}

/// An instant.
pub(super) fn instant(value: &[u8]) -> Result<UtcTime, Defect> {
    parse_as(value, false)
}

fn parse_as(value: &[u8], or_empty: bool) -> Result<UtcTime, Defect> {
    let text = std::str::from_utf8(value).unwrap_or_default();
    UtcTime::parse(text).map_err(|error| {
        if let Some(defect) = damage::of_value(value) {
            return defect.into();
        }
        let meant = instant_meant(text);
        match error {
            UtcTimeError::Form => InstantDefect::Form { meant, or_empty },
            UtcTimeError::NotUtc => InstantDefect::NotUtc(meant),
            UtcTimeError::Impossible => InstantDefect::Impossible(meant),
            UtcTimeError::TooFine => InstantDefect::TooFine,
        }
        .into()
    })
}
