//! The values of an ADT file.

use time::Duration;

use crate::finding::{AdtDefect, Defect, ValueDefect};
use crate::instant::UtcTime;
use crate::period::Period;

use super::damage;

/// A period.
pub(super) fn period(value: &[u8]) -> Result<Period, Defect> {
    let text = std::str::from_utf8(value).unwrap_or_default();
    Period::parse(text).map_err(|_| match damage::of_value(value) {
        Some(defect) => defect.into(),
        None => AdtDefect::UnknownPeriod(period_meant(text)).into(),
    })
}

fn period_meant(text: &str) -> Option<Period> {
    match text.to_ascii_uppercase().as_str() {
        "PT1H" | "PT60M" | "P1H" | "1H" | "HOUR" | "HOURLY" => Some(Period::Hour),
        "P1D" | "PT24H" | "PT1D" | "1D" | "DAY" | "DAILY" => Some(Period::Day),
        "P7D" | "P1W" | "PT168H" | "PT7D" | "7D" | "1W" | "WEEK" | "WEEKLY" => Some(Period::Week),
        _ => None,
    }
}

/// A threshold up to `limit`, in digits only.
pub(super) fn threshold(value: &[u8], limit: u64) -> Result<u64, Defect> {
    let plain = !value.is_empty()
        && value.iter().all(u8::is_ascii_digit)
        && (value[0] != b'0' || value.len() == 1);
    if plain {
        let number = value.iter().try_fold(0_u64, |number, digit| {
            number.checked_mul(10)?.checked_add(u64::from(digit - b'0'))
        });
        return number
            .filter(|number| *number <= limit)
            .ok_or(AdtDefect::ThresholdTooLarge(limit).into());
    }
    Err(match damage::of_value(value) {
        Some(ValueDefect::Dash(_)) if is_negative(value) => AdtDefect::NegativeThreshold.into(),
        Some(defect) => defect.into(),
        None => threshold_defect(value).into(),
    })
}

/// Digits after a dash of some kind.
fn is_negative(value: &[u8]) -> bool {
    let text = std::str::from_utf8(value).unwrap_or_default();
    text.strip_prefix(damage::is_dash)
        .is_some_and(|digits| digits.starts_with(|digit: char| digit.is_ascii_digit()))
}

fn threshold_defect(value: &[u8]) -> AdtDefect {
    let digits = |bytes: &[u8]| !bytes.is_empty() && bytes.iter().all(u8::is_ascii_digit);
    let (negative, number) = match value {
        [b'-', rest @ ..] => (true, rest),
        other => (false, other),
    };
    let fraction = number
        .iter()
        .position(|byte| *byte == b'.')
        .map(|point| number.split_at(point));
    match fraction {
        _ if negative && number.first().is_some_and(u8::is_ascii_digit) => {
            AdtDefect::NegativeThreshold
        }
        Some((whole, fraction)) if digits(whole) && digits(&fraction[1..]) => {
            AdtDefect::FractionalThreshold
        }
        _ => AdtDefect::ThresholdForm,
    }
}

/// What lies this far ahead was written for "no end": 31 December 9999 and 2099, 6 June 2079.
const FAR_AHEAD: Duration = Duration::days(50 * 365);

/// From when to when a row says that it is in force.
#[derive(Clone, Copy)]
pub(super) struct Instants {
    pub(super) from: Option<UtcTime>,
    pub(super) to: Option<UtcTime>,
}

/// Which of the two.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    From,
    To,
}

impl Instants {
    /// Whether the end was written for "no end".
    pub(super) fn never_end(self, now: UtcTime) -> bool {
        self.to.is_some_and(|to| to.since(now) > FAR_AHEAD)
    }

    /// What is wrong with the two, and with which of them.
    pub(super) fn defect(self, now: UtcTime) -> Option<(Side, AdtDefect)> {
        match (self.from, self.to) {
            (Some(from), _) if from < now => Some((Side::From, AdtDefect::StartPast)),
            (Some(from), _) if from.since(now) > FAR_AHEAD => {
                Some((Side::From, AdtDefect::StartFarAhead))
            }
            _ if self.never_end(now) => Some((Side::To, AdtDefect::EndFarAhead)),
            (_, Some(to)) if to <= now => Some((Side::To, AdtDefect::EndPast)),
            (Some(from), Some(to)) if to <= from => Some((Side::To, AdtDefect::IntervalEmpty)),
            _ => None,
        }
    }
}
