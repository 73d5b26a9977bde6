//! What there is to say of a Report File beside what is held, in the order of the file.

use super::{Breach, HeldCommunication, QuarantineEvent, RowAnswer};
use crate::files::ReportColumn;
use crate::finding::{Findings, Place, ReportedDefect};
use crate::identifiers::{OrganisationId, QuarantineEventRef};

/// A row that changes nothing, small: a file may have a million.
#[derive(Clone, Copy, Debug)]
pub(super) struct Refused {
    pub(super) event: QuarantineEventRef,
    pub(super) held: HeldCommunication,
    pub(super) breach: Breach,
}

/// Warnings as they are met; findings come in the order of the file.
#[derive(Debug, Default)]
pub(super) struct Warnings {
    rows: Vec<(u64, RowAnswer, Refused)>,
    /// Events whose User ID is another organisation's by now, by the line that names them first.
    moved: Vec<(u64, ReportedDefect, String)>,
}

impl Warnings {
    /// Adds what there is to say of a row; of one that is new, or a mere repeat, that is nothing.
    pub(super) fn add(&mut self, line: u64, answer: RowAnswer, row: Refused) {
        if !matches!(answer, RowAnswer::New | RowAnswer::Known) {
            self.rows.push((line, answer, row));
        }
    }

    /// Adds that an event grew which is not the organisation's that has its User ID now.
    pub(super) fn moved(&mut self, line: u64, event: &QuarantineEvent, now: &OrganisationId) {
        let moved = ReportedDefect::Moved {
            event: event.reference,
            user_id: event.user_id,
            organisation: event.organisation.clone(),
            now: now.clone(),
        };
        self.moved.push((line, moved, event.user_id.to_string()));
    }

    pub(super) fn into_findings(mut self, limit: usize) -> Findings {
        self.rows.sort_unstable_by_key(|(line, ..)| *line);
        self.moved.sort_by_key(|(line, ..)| *line);
        let mut findings = Findings::with_limit(limit);
        let mut moved = self.moved.into_iter().peekable();
        for (line, answer, row) in self.rows {
            while let Some((line, defect, value)) = moved.next_if(|(first, ..)| *first <= line) {
                findings.add(user_id_on(line).value(&value), defect);
            }
            let Some((column, defect)) = described(answer, &row) else {
                continue;
            };
            // What is only counted needs no text.
            let value = if findings.findings.len() < limit {
                value_in(column, &row)
            } else {
                String::new()
            };
            let place = Place::line(line).column(column.name());
            findings.add(place.value(&value), defect);
        }
        for (line, defect, value) in moved {
            findings.add(user_id_on(line).value(&value), defect);
        }
        findings
    }
}

fn user_id_on(line: u64) -> Place<'static> {
    Place::line(line).column(ReportColumn::UserId.name())
}

/// What a row has in one of the columns that a warning can be about.
fn value_in(column: ReportColumn, row: &Refused) -> String {
    match column {
        ReportColumn::UserId => row.held.request.originator.to_string(),
        ReportColumn::Breach => row.breach.to_string(),
        _ => row.held.request.to_string(),
    }
}

fn described(answer: RowAnswer, row: &Refused) -> Option<(ReportColumn, ReportedDefect)> {
    let (event, request) = (row.event, row.held.request);
    match answer {
        RowAnswer::New | RowAnswer::Known => None,
        RowAnswer::Decided(action) => Some((
            ReportColumn::Request,
            ReportedDefect::AfterDecision {
                event,
                request,
                action,
            },
        )),
        RowAnswer::OtherDetails {
            srv,
            quarantined_at,
        } => Some((
            ReportColumn::Request,
            ReportedDefect::Otherwise {
                event,
                srvs: (srv, row.held.srv),
                times: (quarantined_at, row.held.quarantined_at),
            },
        )),
        RowAnswer::UnknownUserId => Some((
            ReportColumn::UserId,
            ReportedDefect::UnknownUserId(request.originator),
        )),
        RowAnswer::OtherUserId(user_id) => Some((
            ReportColumn::UserId,
            ReportedDefect::OtherUserId { event, user_id },
        )),
        RowAnswer::OtherBreach(breach) => Some((
            ReportColumn::Breach,
            ReportedDefect::OtherBreach {
                event,
                breach: breach.as_str(),
            },
        )),
    }
}
