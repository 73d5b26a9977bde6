//! What spreadsheets and editors do to values, recognised by name.
//!
//! Asked only about values that could not be read, so it may take its time.

use crate::finding::ValueDefect;
use crate::identifiers::{Eui64, Eui64Error, Srv};
use crate::services::ServiceTable;

/// Damage that any value can have; `None`: it is none of these.
pub(super) fn of_value(value: &[u8]) -> Option<ValueDefect> {
    if value.is_empty() {
        return Some(ValueDefect::Missing);
    }
    if value.contains(&0) {
        return Some(ValueDefect::NulByte);
    }
    let Ok(text) = std::str::from_utf8(value) else {
        return Some(ValueDefect::NotUtf8);
    };
    if let Some(first) = read_in_another_encoding(text) {
        return Some(ValueDefect::ForeignCharacter(first));
    }
    if let Some(defect) = text.chars().find_map(of_character) {
        return Some(defect);
    }
    if text.starts_with('\'') || text.ends_with('\'') {
        return Some(ValueDefect::Apostrophe);
    }
    if text.trim() != text {
        return Some(ValueDefect::SurroundingSpace);
    }
    if text.starts_with(['=', '@']) || is_error_of_a_cell(text) {
        return Some(ValueDefect::Formula);
    }
    if is_scientific(text) {
        return Some(ValueDefect::ScientificNotation);
    }
    let foreign = text.chars().find(|character| !character.is_ascii());
    foreign.map(ValueDefect::ForeignCharacter)
}

/// Damage that looks, in a column's name, like the right name.
pub(super) fn that_cannot_be_seen(name: &[u8]) -> Option<ValueDefect> {
    of_value(name).filter(|defect| {
        matches!(
            defect,
            ValueDefect::Invisible(_) | ValueDefect::NonBreakingSpace | ValueDefect::NulByte
        )
    })
}

/// UTF-8 that was read as Windows-1252 and saved so: "â€“" was a dash. The first of such characters; what follows it looks like quotation
/// marks, and is none.
fn read_in_another_encoding(text: &str) -> Option<char> {
    let pairs = text.chars().zip(text.chars().skip(1));
    pairs
        .map(|(first, second)| (first, (first, second)))
        .find_map(|(first, pair)| {
            let is_one = matches!(pair, ('â', '€' | 'ˆ') | ('Â' | 'Ã', _));
            is_one.then_some(first)
        })
}

fn of_character(character: char) -> Option<ValueDefect> {
    match character {
        '\u{a0}' | '\u{2007}' | '\u{202f}' => Some(ValueDefect::NonBreakingSpace),
        '\u{2018}'..='\u{201f}' | '\u{ab}' | '\u{bb}' => Some(ValueDefect::SmartQuotes),
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}' => Some(ValueDefect::Invisible(character)),
        dash if is_dash(dash) => Some(ValueDefect::Dash(dash)),
        other if other.is_control() => Some(ValueDefect::Invisible(other)),
        _ => None,
    }
}

/// What word processors and web pages have in place of the hyphen that is on the keyboard.
pub(super) fn is_dash(character: char) -> bool {
    matches!(
        character,
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}'
    )
}

/// `#N/A`, `#REF!`, or the `####` of a column that is too narrow.
fn is_error_of_a_cell(text: &str) -> bool {
    text.strip_prefix('#')
        .is_some_and(|rest| rest.starts_with(|next: char| next == '#' || next.is_ascii_uppercase()))
}

/// `9.01E+15`, with a point or a comma.
fn is_scientific(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else {
        return false;
    };
    let mantissa = mantissa.strip_prefix('-').unwrap_or(mantissa);
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, "0"));
    digits(whole) && digits(fraction) && digits(exponent)
}

/// What is wrong with a value that is not an EUI-64.
pub(super) fn of_eui64(value: &[u8], error: Eui64Error) -> ValueDefect {
    of_value(value)
        .or_else(|| {
            eui64_with_zeros(value).map(|meant| ValueDefect::LeadingZerosLost(meant.to_string()))
        })
        .unwrap_or(ValueDefect::Eui64Form(error))
}

/// The EUI-64 that a value was before its leading zeros went: `0012345678901234` became a number, or `0A` became `A`.
pub(super) fn eui64_with_zeros(value: &[u8]) -> Option<Eui64> {
    let text = std::str::from_utf8(value).ok()?;
    let pairs: Vec<&str> = text.split('-').collect();
    if pairs.len() == 8 && pairs.iter().all(|pair| matches!(pair.len(), 1 | 2)) {
        let padded: Vec<String> = pairs.iter().map(|pair| format!("{pair:0>2}")).collect();
        return Eui64::parse(&padded.join("-")).ok();
    }
    let number = (8..16).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if number {
        Eui64::parse(&format!("{text:0>16}")).ok()
    } else {
        None
    }
}

/// A date where a service belongs.
pub(super) struct ServiceDate {
    /// The service that it was before a spreadsheet made a date of it, if that can be told.
    pub(super) meant: Option<Srv>,
}

/// The date that a value is; `None` when it is none.
pub(super) fn service_from_date(text: &str) -> Option<ServiceDate> {
    let text = text.split([' ', 'T']).next().unwrap_or(text);
    let parts: Vec<&str> = text.split(['/', '-', '.']).collect();
    // With points alone it would be a service that is written so.
    let has_month = parts.iter().any(|part| month(part).is_some());
    let has_year = parts
        .iter()
        .any(|part| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit()));
    let points_only = !text.contains(['/', '-']);
    if !(2..=3).contains(&parts.len()) || (points_only && !has_month && !has_year) {
        return None;
    }
    let numbers: Vec<u32> = parts
        .iter()
        .map(|part| number_of(part))
        .collect::<Option<_>>()?;
    let meant = match numbers[..] {
        [a, b] => existing(&[&[a, b], &[b, a]]),
        [a, b, c] if parts[0].len() == 4 => existing(&[&[c, b, a], &[b, c, a]]),
        [a, b, c] => existing(&[&[a, b, c], &[b, a, c]]),
        _ => None,
    };
    Some(ServiceDate { meant })
}

/// A day, a month by number or name, or a year without its century.
fn number_of(part: &str) -> Option<u32> {
    month(part).or_else(|| {
        let value: u32 = part.parse().ok()?;
        (part.len() <= 4).then_some(value % 100)
    })
}

fn month(part: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let start = part.get(..3)?.to_ascii_lowercase();
    if !part.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    MONTHS
        .iter()
        .zip(1..)
        .find(|(name, _)| **name == start)
        .map(|(_, number)| number)
}

fn existing(candidates: &[&[u32]]) -> Option<Srv> {
    candidates.iter().find_map(|numbers| {
        let text: Vec<String> = numbers.iter().map(u32::to_string).collect();
        let srv = Srv::parse(&text.join(".")).ok()?;
        ServiceTable::standard()
            .get(&srv)
            .map(|service| service.srv)
    })
}

/// The service that this one was before its last zero went: `7.10` for `7.1`, if there is such a service.
pub(super) fn with_last_zero(srv: Srv) -> Option<Srv> {
    let longer = Srv::parse(&format!("{srv}0")).ok()?;
    ServiceTable::standard()
        .get(&longer)
        .map(|service| service.srv)
}
