//! The rows of an Exit Quarantine file, one by one and beside each other.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

use super::fields::Fields;
use super::table::RowCheck;
use super::{Action, ExitRows, FileKind, Sender, damage};
use crate::finding::{Defect, ExitDefect, Findings, Place, ValueDefect};
use crate::identifiers::{Eui64, QuarantineEventRef, RequestId, RequestIdError};

const EVENT: usize = 0;
const REQUEST: usize = 1;
const ACTION: usize = 2;

/// Checks the rows of an Exit Quarantine file.
#[derive(Debug)]
pub(super) struct ExitCheck {
    own: Vec<Eui64>,
    rows: ExitRows,
    release: u64,
    /// The rows by communication.
    seen: HashTable<Seen>,
    hasher: DefaultHashBuilder,
}

/// Where a communication is. Its hash is kept, so that the table grows without looking at the rows again.
#[derive(Clone, Copy, Debug)]
struct Seen {
    hash: u32,
    row: u32,
}

impl Seen {
    /// What the table goes by: it looks at both ends of the number.
    fn spread(hash: u32) -> u64 {
        u64::from(hash).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }
}

impl ExitCheck {
    pub(super) fn new(sender: &Sender) -> Self {
        Self {
            own: sender.user_ids.iter().map(|user_id| user_id.id).collect(),
            rows: ExitRows::default(),
            release: 0,
            seen: HashTable::new(),
            hasher: DefaultHashBuilder::default(),
        }
    }

    /// The rows, and how many of them release.
    pub(super) fn finish(mut self) -> (ExitRows, u64) {
        self.rows.seal();
        (self.rows, self.release)
    }

    /// Adds a row, unless its communication is there already: then the line of that one, and its action.
    fn add(
        &mut self,
        line: u64,
        event: QuarantineEventRef,
        request: RequestId,
        action: Action,
    ) -> Option<(u64, Action)> {
        let key = self.rows.key(event, request);
        #[expect(
            clippy::cast_possible_truncation,
            reason = "half of a hash tells a million communications apart; the rows decide"
        )]
        let hash = self.hasher.hash_one(key) as u32;
        let rows = &self.rows;
        let same = |seen: &Seen| seen.hash == hash && rows.key_at(seen.row) == key;
        if let Some(seen) = self.seen.find(Seen::spread(hash), same) {
            let first = rows.row(seen.row);
            return Some((first.line, first.action));
        }
        let row = self.rows.push(line, &key, action);
        self.seen
            .insert_unique(Seen::spread(hash), Seen { hash, row }, |seen| {
                Seen::spread(seen.hash)
            });
        self.release += u64::from(action == Action::Release);
        None
    }
}

impl RowCheck for ExitCheck {
    const KIND: FileKind = FileKind::ExitQuarantine;

    fn looks_like_row(fields: &Fields<'_>) -> bool {
        fields
            .at(REQUEST)
            .is_some_and(|value| RequestId::parse_bytes(value).is_ok())
            || fields.at(ACTION).is_some_and(|value| action(value).is_ok())
    }

    fn row(&mut self, line: u64, fields: &Fields<'_>, findings: &mut Findings) {
        let place = |column: usize, value| {
            Place::line(line)
                .column(FileKind::ExitQuarantine.columns()[column])
                .bytes(value)
        };
        let event = fields.get(EVENT).and_then(|value| {
            // Rows of one event mostly stand together, and comparing is cheaper than reading.
            let last = self
                .rows
                .last_event()
                .filter(|last| last.as_bytes() == value);
            let event =
                last.map_or_else(|| QuarantineEventRef::parse_bytes(value), |last| Ok(*last));
            if value.len() > 16 && event.is_ok() && digits_perhaps_lost(value) {
                findings.add(place(EVENT, value), ExitDefect::DigitsPerhapsLost);
            }
            event
                .map_err(|error| findings.add(place(EVENT, value), event_defect(value, error)))
                .ok()
        });
        let request = fields
            .get(REQUEST)
            .and_then(|value| match RequestId::parse_bytes(value) {
                Ok(request) if !self.own.contains(&request.originator) => {
                    findings.add(
                        place(REQUEST, value),
                        ExitDefect::ForeignRequest(request.originator),
                    );
                    None
                }
                Ok(request) => {
                    if request.counter > 9_999_999_999_999_999
                        && digits_perhaps_lost(request.counter.to_string().as_bytes())
                    {
                        findings.add(place(REQUEST, value), ExitDefect::DigitsPerhapsLost);
                    }
                    Some(request)
                }
                Err(error) => {
                    findings.add(place(REQUEST, value), request_defect(value, error));
                    None
                }
            });
        let action = fields.get(ACTION).and_then(|value| {
            action(value)
                .map_err(|defect| findings.add(place(ACTION, value), defect))
                .ok()
        });
        let (Some(event), Some(request), Some(action)) = (event, request, action) else {
            return;
        };
        if let Some((first, earlier)) = self.add(line, event, request, action) {
            let value = fields.get(REQUEST).unwrap_or_default();
            findings.add(
                place(REQUEST, value),
                ExitDefect::Duplicate {
                    first,
                    same_action: earlier == action,
                },
            );
        }
    }
}

fn action(value: &[u8]) -> Result<Action, Defect> {
    match value {
        b"Release" => Ok(Action::Release),
        b"Delete" => Ok(Action::Delete),
        other => Err(match damage::of_value(other) {
            Some(defect) => defect.into(),
            None => ExitDefect::UnknownAction(action_meant(other)).into(),
        }),
    }
}

fn action_meant(value: &[u8]) -> Option<&'static str> {
    match value.to_ascii_lowercase().as_slice() {
        b"release" | b"released" | b"process" | b"processed" | b"r" => {
            Some(Action::Release.in_file())
        }
        b"delete" | b"deleted" | b"d" => Some(Action::Delete.in_file()),
        _ => None,
    }
}

fn event_defect(value: &[u8], error: crate::identifiers::QuarantineEventRefError) -> Defect {
    match damage::of_value(value) {
        Some(defect) => defect.into(),
        None => ExitDefect::EventRefForm(error).into(),
    }
}

fn request_defect(value: &[u8], error: RequestIdError) -> Defect {
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
    ExitDefect::RequestIdForm(error).into()
}

/// Seventeen digits or more with nothing but zeros after the fifteenth: one in a hundred by chance, and what spreadsheets leave.
fn digits_perhaps_lost(digits: &[u8]) -> bool {
    digits.len() > 16 && digits[15..].iter().all(|digit| *digit == b'0')
}
