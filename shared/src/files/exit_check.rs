//! The rows of an Exit Quarantine file, one by one and beside each other.

use std::hash::BuildHasher;

use hashbrown::DefaultHashBuilder;

use super::columns::ExitColumn;
use super::exit_index::RowIndex;
use super::exit_rows::RowKey;
use super::exit_usual::UsualRows;
use super::exit_waiting::{Waiting, WaitingRow};
use super::fields::Fields;
use super::row_check::RowCheck;
use super::{Action, ExitRows, FileKind, Sender, damage};
use crate::finding::{Defect, ExitDefect, Findings, Place, ValueDefect};
use crate::identifiers::{Eui64, QuarantineEventRef, RequestId, RequestIdError};

/// Checks the rows of an Exit Quarantine file.
#[derive(Debug)]
pub(super) struct ExitRowCheck {
    own: Vec<Eui64>,
    rows: ExitRows,
    release: u64,
    /// The rows by communication.
    seen: RowIndex,
    hasher: DefaultHashBuilder,
    waiting: Waiting,
    usual: UsualRows,
    last_event: Option<QuarantineEventRef>,
}

impl ExitRowCheck {
    pub(super) fn new(sender: &Sender) -> Self {
        Self {
            own: sender.user_ids.iter().map(|user_id| user_id.id).collect(),
            rows: ExitRows::default(),
            release: 0,
            seen: RowIndex::default(),
            hasher: DefaultHashBuilder::default(),
            waiting: Waiting::default(),
            usual: UsualRows::default(),
            last_event: None,
        }
    }

    /// Makes room for so many rows: else the table is built anew each time it doubles.
    pub(super) fn reserve(&mut self, rows: u64) {
        let rows = usize::try_from(rows).unwrap_or_default();
        self.rows.reserve(rows);
        self.seen.reserve(rows);
    }

    /// The rows, and how many of them release. Only what was settled is among them.
    pub(super) fn finish(mut self) -> (ExitRows, u64) {
        self.rows.seal();
        (self.rows, self.release)
    }

    /// A Request ID of the sender's own.
    fn request(
        &self,
        value: &[u8],
        found: &mut Vec<(ExitColumn, Defect)>,
    ) -> Result<RequestId, Defect> {
        let request =
            RequestId::parse_bytes(value).map_err(|error| request_defect(value, error))?;
        if !self.own.contains(&request.originator) {
            return Err(ExitDefect::ForeignRequest(request.originator).into());
        }
        if request.counter > 9_999_999_999_999_999
            && digits_perhaps_lost(request.counter.to_string().as_bytes())
        {
            found.push((ExitColumn::Request, ExitDefect::DigitsPerhapsLost.into()));
        }
        Ok(request)
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "half of a hash tells a million communications apart; the rows decide"
    )]
    fn hash(&self, key: RowKey) -> u32 {
        self.hasher.hash_one(key) as u32
    }

    /// Lets a row wait for its turn at the table.
    fn wait(
        &mut self,
        line: u64,
        key: RowKey,
        action: Action,
        request: Option<&[u8]>,
        findings: &mut Findings,
    ) {
        let row = WaitingRow {
            line,
            key,
            hash: self.hash(key),
            action,
        };
        self.waiting.push(row, request);
        if self.waiting.is_full() {
            self.settle(findings);
        }
    }

    /// Adds a row that waited, unless its communication is there already: then the index of that one.
    fn add(&mut self, row: &WaitingRow) -> Option<u32> {
        let rows = &self.rows;
        let first = self
            .seen
            .add(row.hash, rows.next(), |other| rows.key_at(other) == row.key);
        if first.is_some() {
            return first;
        }
        self.rows.push(row.line, &row.key, row.action);
        self.release += u64::from(row.action == Action::Release);
        None
    }
}

impl RowCheck for ExitRowCheck {
    const KIND: FileKind = FileKind::ExitQuarantine;
    const LONGEST_USUAL_ROW: usize = UsualRows::LONGEST;

    fn looks_like_row(fields: &Fields<'_>) -> bool {
        fields
            .at(ExitColumn::Request.into())
            .is_some_and(|value| RequestId::parse_bytes(value).is_ok())
            || fields
                .at(ExitColumn::Action.into())
                .is_some_and(|value| action(value).is_ok())
    }

    fn row(&mut self, line: u64, fields: &Fields<'_>, findings: &mut Findings) {
        let mut found: Vec<(ExitColumn, Defect)> = Vec::new();
        let event = fields.get(ExitColumn::Event).and_then(|value| {
            // Rows of one event mostly stand together, and comparing is cheaper than reading.
            let last = self.last_event.filter(|last| last.as_bytes() == value);
            let event = last.map_or_else(|| QuarantineEventRef::parse_bytes(value), Ok);
            if value.len() > 16 && event.is_ok() && digits_perhaps_lost(value) {
                found.push((ExitColumn::Event, ExitDefect::DigitsPerhapsLost.into()));
            }
            event
                .map_err(|error| found.push((ExitColumn::Event, event_defect(value, error))))
                .ok()
        });
        let request = fields.get(ExitColumn::Request).and_then(|value| {
            self.request(value, &mut found)
                .map_err(|defect| found.push((ExitColumn::Request, defect)))
                .ok()
        });
        let action = fields.get(ExitColumn::Action).and_then(|value| {
            action(value)
                .map_err(|defect| found.push((ExitColumn::Action, defect)))
                .ok()
        });
        let odd = !found.is_empty();
        if odd {
            self.settle(findings);
        }
        for (column, defect) in found {
            findings.add(
                place(line, column, fields.get(column).unwrap_or_default()),
                defect,
            );
        }
        self.last_event = event.or(self.last_event);
        if let (Some(event), Some(request), Some(action)) = (event, request, action) {
            let key = self.rows.key(event, request);
            if !odd {
                self.usual.follow(&key, event, request.originator);
            }
            let text = fields.get(ExitColumn::Request);
            self.wait(line, key, action, text, findings);
        }
    }

    fn usual_row(&mut self, line: u64, data: &[u8], findings: &mut Findings) -> Option<usize> {
        let row = self.usual.usual_row(data)?;
        self.wait(line, row.key, row.action, None, findings);
        Some(row.length)
    }

    fn settle(&mut self, findings: &mut Findings) {
        let waiting = std::mem::take(&mut self.waiting);
        self.seen.touch(waiting.rows().map(|(row, _)| row.hash));
        for (row, request) in waiting.rows() {
            if let Some(first) = self.add(row) {
                let first = self.rows.row(first);
                let defect = ExitDefect::Duplicate {
                    first: first.line,
                    same_action: first.action == row.action,
                };
                let written = || self.rows.request(&row.key).to_string().into_bytes();
                let request = request.map_or_else(written, <[u8]>::to_vec);
                findings.add(place(row.line, ExitColumn::Request, &request), defect);
            }
        }
        self.waiting = waiting;
        self.waiting.clear();
    }
}

/// A value of an Exit Quarantine file.
fn place(line: u64, column: ExitColumn, value: &[u8]) -> Place<'_> {
    Place::line(line).column(column.name()).bytes(value)
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
