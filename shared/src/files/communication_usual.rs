//! How the usual row of a file begins that names a communication in each row.
//!
//! Nearly every row of a large file has the event and the originator of the row before it, and is written as Sluice writes rows. Such a
//! row is compared and read in one go, without looking for its end and its commas first; each other row goes the long way, which
//! says of this one the same.

use super::communication_rows::RowKey;
use crate::identifiers::{Eui64, HYPHENATED, QuarantineEventRef};

/// Digits of a counter that is read here; one of more may have lost some to a spreadsheet.
const COUNTER: usize = 16;

/// What usual rows start with.
#[derive(Debug, Default)]
pub(super) struct UsualStart {
    /// The event, a comma, the originator and a colon, as text.
    start: Vec<u8>,
    event: u32,
    originator: u32,
}

impl UsualStart {
    /// The longest that a usual row has before the comma behind its Request ID.
    pub(super) const LONGEST: usize = 20 + 2 * (1 + HYPHENATED) + 1 + COUNTER;

    /// From now on a usual row has the event and the originator of this one, which was read the long way and has nothing odd. Answers
    /// whether that is another one than before.
    pub(super) fn follow(
        &mut self,
        key: &RowKey,
        event: QuarantineEventRef,
        originator: Eui64,
    ) -> bool {
        let is_other =
            self.start.is_empty() || (self.event, self.originator) != (key.event, key.originator);
        if is_other {
            self.start = format!("{event},{originator}:").into_bytes();
            (self.event, self.originator) = (key.event, key.originator);
        }
        is_other
    }

    /// The communication that `data` starts with, if it is a usual one, and what follows its Request ID.
    pub(super) fn communication<'a>(&self, data: &'a [u8]) -> Option<(RowKey, &'a [u8])> {
        let rest = after(data, &self.start)?;
        let (target, rest) = rest.split_first_chunk()?;
        let target = Eui64::parse_written(target)?;
        let (counter, rest) = written_counter(rest.strip_prefix(b":")?)?;
        let key = RowKey {
            target: target.value(),
            counter,
            event: self.event,
            originator: self.originator,
        };
        Some((key, rest))
    }
}

/// What follows the line end that `data` starts with.
pub(super) fn after_line_end(data: &[u8]) -> Option<&[u8]> {
    data.strip_prefix(b"\r").unwrap_or(data).strip_prefix(b"\n")
}

/// What follows `start`, which is of eight bytes at the least, in `data`. Eight bytes at a time: a call for so few costs more than
/// comparing them.
pub(super) fn after<'a>(data: &'a [u8], start: &[u8]) -> Option<&'a [u8]> {
    let (head, rest) = data.split_at_checked(start.len())?;
    let ((whole, _), (same, _)) = (head.as_chunks::<8>(), start.as_chunks::<8>());
    (whole == same && head.last_chunk::<8>()? == start.last_chunk::<8>()?).then_some(rest)
}

/// A counter as Sluice writes it, and what follows it.
fn written_counter(text: &[u8]) -> Option<(u64, &[u8])> {
    let mut counter = 0;
    for (place, byte) in text.iter().enumerate() {
        if !byte.is_ascii_digit() {
            let whole = place == 1 || (place > 0 && text[0] != b'0');
            return whole.then_some((counter, &text[place..]));
        }
        if place == COUNTER {
            return None;
        }
        counter = counter * 10 + u64::from(byte - b'0');
    }
    None
}
