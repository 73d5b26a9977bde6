//! The values that name a held communication: event reference and Request ID.

use super::damage;
use crate::finding::{CommunicationDefect, Defect, ValueDefect};
use crate::identifiers::{
    Eui64, ExchangedFile, QuarantineEventRef, QuarantineEventRefError, RequestId, RequestIdError,
};

/// The largest number of so few digits that a spreadsheet could have lost none of them.
const SHORT_COUNTER: u64 = 9_999_999_999_999_999;

/// An event reference. `last` is that of the row before: rows of one event mostly stand together, and comparing is cheaper than reading.
pub(super) fn event_ref(
    value: &[u8],
    last: Option<QuarantineEventRef>,
    file: ExchangedFile,
) -> Result<QuarantineEventRef, Defect> {
    if let Some(last) = last.filter(|last| last.as_bytes() == value) {
        return Ok(last);
    }
    QuarantineEventRef::parse_bytes(value).map_err(|error| event_ref_defect(value, error, file))
}

/// What a warning says of a reference that may have lost digits.
pub(super) fn event_ref_warning(
    event: QuarantineEventRef,
    file: ExchangedFile,
) -> Option<CommunicationDefect> {
    digits_perhaps_lost(event.as_bytes()).then_some(CommunicationDefect::DigitsPerhapsLost(file))
}

/// A Request ID.
pub(super) fn request_id(value: &[u8], file: ExchangedFile) -> Result<RequestId, Defect> {
    RequestId::parse_bytes(value).map_err(|error| request_id_defect(value, error, file))
}

/// What a warning says of a Request ID whose counter may have lost digits.
pub(super) fn request_id_warning(
    request: RequestId,
    file: ExchangedFile,
) -> Option<CommunicationDefect> {
    let lost = request.counter > SHORT_COUNTER
        && digits_perhaps_lost(request.counter.to_string().as_bytes());
    lost.then_some(CommunicationDefect::DigitsPerhapsLost(file))
}

fn event_ref_defect(value: &[u8], error: QuarantineEventRefError, file: ExchangedFile) -> Defect {
    match damage::of_value(value) {
        Some(defect) => defect.into(),
        None => CommunicationDefect::EventRefForm(error, file).into(),
    }
}

fn request_id_defect(value: &[u8], error: RequestIdError, file: ExchangedFile) -> Defect {
    if let Some(defect) = damage::of_value(value) {
        return defect.into();
    }
    let text = String::from_utf8_lossy(value);
    let parts: Vec<&str> = text.split(':').collect();
    if let [originator, target, counter] = parts[..] {
        if let Some(defect @ ValueDefect::ScientificNotation) = damage::of_value(counter.as_bytes())
        {
            return defect.into();
        }
        let mended = |part: &str| {
            Eui64::parse(part)
                .ok()
                .or_else(|| damage::eui64_with_zeros(part.as_bytes()))
        };
        if let (Some(originator), Some(target)) = (mended(originator), mended(target))
            && let Ok(meant) = RequestId::parse(&format!("{originator}:{target}:{counter}"))
        {
            return ValueDefect::LeadingZerosLost(meant.to_string()).into();
        }
    }
    CommunicationDefect::RequestIdForm(error, file).into()
}

/// Seventeen digits or more with nothing but zeros after the fifteenth: one in a hundred by chance, and what spreadsheets leave.
fn digits_perhaps_lost(digits: &[u8]) -> bool {
    digits.len() > 16 && digits[15..].iter().all(|digit| *digit == b'0')
}
