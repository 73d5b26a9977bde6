//! The rows of an Exit Quarantine file, one by one and beside each other.

use super::columns::ExitColumn;
use super::communication_values::{event_ref, event_ref_warning, request_id, request_id_warning};
use super::communications_once::CommunicationsOnce;
use super::exit_usual::UsualRows;
use super::fields::Fields;
use super::row_check::RowCheck;
use super::rows::ExitDetails;
use super::{Action, ExitRow, ExitRows, Sender, damage};
use crate::finding::{Defect, ExitDefect, Findings, Place};
use crate::identifiers::{Eui64, ExchangedFile, QuarantineEventRef, RequestId};

/// Checks the rows of an Exit Quarantine file.
#[derive(Debug)]
pub(super) struct ExitRowCheck {
    own: Vec<Eui64>,
    rows: CommunicationsOnce<ExitRow>,
    usual: UsualRows,
    last_event: Option<QuarantineEventRef>,
}

impl ExitRowCheck {
    pub(super) fn new(sender: &Sender) -> Self {
        Self {
            own: sender.user_ids.iter().map(|user_id| user_id.id).collect(),
            rows: CommunicationsOnce::new(ExitColumn::Request.name()),
            usual: UsualRows::default(),
            last_event: None,
        }
    }

    /// Makes room for so many rows.
    pub(super) fn reserve(&mut self, rows: u64) {
        self.rows.reserve(rows);
    }

    /// The rows. Only what was settled is among them.
    pub(super) fn finish(self) -> ExitRows {
        self.rows.finish()
    }

    /// A Request ID of the sender's own.
    fn request(&self, value: &[u8]) -> Result<RequestId, Defect> {
        let request = request_id(value, Self::FILE)?;
        if self.own.contains(&request.originator) {
            Ok(request)
        } else {
            Err(ExitDefect::ForeignRequest(request.originator).into())
        }
    }
}

impl RowCheck for ExitRowCheck {
    const FILE: ExchangedFile = ExchangedFile::ExitQuarantine;
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
            event_ref(value, self.last_event, Self::FILE)
                .map_err(|defect| found.push((ExitColumn::Event, defect)))
                .ok()
        });
        if let Some(warning) = event.and_then(|event| event_ref_warning(event, Self::FILE)) {
            found.push((ExitColumn::Event, warning.into()));
        }
        let request = fields.get(ExitColumn::Request).and_then(|value| {
            self.request(value)
                .map_err(|defect| found.push((ExitColumn::Request, defect)))
                .ok()
        });
        if let Some(warning) = request.and_then(|request| request_id_warning(request, Self::FILE)) {
            found.push((ExitColumn::Request, warning.into()));
        }
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
            let details = ExitDetails::new(line, action);
            self.rows.wait(key, details, text, findings);
        }
    }

    fn usual_row(&mut self, line: u64, data: &[u8], findings: &mut Findings) -> Option<usize> {
        let row = self.usual.usual_row(data)?;
        let details = ExitDetails::new(line, row.action);
        self.rows.wait(row.key, details, None, findings);
        Some(row.length)
    }

    fn settle(&mut self, findings: &mut Findings) {
        self.rows.settle(findings);
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
