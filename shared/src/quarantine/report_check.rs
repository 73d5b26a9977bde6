//! A Report File beside what is held: what becomes of each row, and of each event.

use super::event_growth::NewEvent;
use super::page_walk::rows_on_page;
use super::report_warnings::{Refused, Warnings};
use super::{
    AnswerCounts, AnsweredRow, Breach, EventGrowth, HeldCommunication, HeldEvent, HeldEvents,
    HeldPageError, HeldState, RowAnswer, UserIdOwners,
};
use crate::files::{ReportRow, ReportRows};
use crate::finding::Findings;
use crate::identifiers::{Action, Eui64, OrganisationId, QuarantineEventRef};

/// A Report File beside what is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportCheck {
    /// What there is to say of rows that change nothing although they are not mere repeats, in the order of the file. Warnings only: the
    /// other rows count all the same.
    pub findings: Findings,
    /// How many rows have which answer.
    pub counts: AnswerCounts,
    /// The events that the file names, in the order in which it first names them.
    pub events: Vec<ReportedEvent>,
}

/// What a Report File says of one event, and what becomes of that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportedEvent {
    /// The event.
    pub event: QuarantineEventRef,
    /// Its rows, in the order of the file.
    pub rows: Vec<AnsweredRow>,
    /// What becomes of the event.
    pub outcome: EventOutcome,
    /// The organisation that has the User ID now, where that is not the one that the event was opened for. The event stays where it is.
    pub moved_to: Option<OrganisationId>,
}

/// What becomes of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EventOutcome {
    /// It was not there, and is now.
    Opened(EventGrowth),
    /// It holds more.
    Grown(EventGrowth),
    /// Nothing changes.
    Unchanged,
}

/// Checks a Report File against what is held, and whose the User IDs are.
///
/// A report in parts, in whatever order, and each of them however often, comes to the same events in the end, but for how their
/// communications lie on pages. At most `max_findings` findings are kept whole.
///
/// # Errors
/// Only where two communications are held since times that lie 8,900 years apart.
pub fn check_report<H: HeldEvents + ?Sized, U: UserIdOwners + ?Sized>(
    rows: &ReportRows,
    held: &H,
    owners: &U,
    max_findings: usize,
) -> Result<ReportCheck, HeldPageError> {
    let mut counts = AnswerCounts::default();
    let mut warnings = Warnings::default();
    let mut events = Vec::new();
    for (reference, rows) in rows.by_event().iter() {
        let known = held.find(&reference);
        let Some(event) = Beside::new(reference, known, owners, rows) else {
            continue;
        };
        let event = event.answer(&mut warnings)?;
        event.rows.iter().for_each(|row| counts.add(row.answer));
        events.push(event);
    }
    Ok(ReportCheck {
        findings: warnings.into_findings(max_findings),
        counts,
        events,
    })
}

/// A row without what it shares with its event.
#[derive(Clone, Copy)]
struct Row {
    line: u64,
    held: HeldCommunication,
}

/// The rows of one event beside what is known of it.
struct Beside<'a> {
    reference: QuarantineEventRef,
    known: Option<&'a HeldEvent>,
    owner: Option<&'a OrganisationId>,
    user_id: Eui64,
    breach: Breach,
    /// The rows of this User ID and this breach, in order of Request ID, then of the file.
    rows: Vec<Row>,
    /// The others.
    others: Vec<(ReportRow, RowAnswer)>,
}

impl<'a> Beside<'a> {
    /// `None` where there are no rows.
    fn new<U: UserIdOwners + ?Sized>(
        reference: QuarantineEventRef,
        known: Option<&'a HeldEvent>,
        owners: &'a U,
        rows: impl Iterator<Item = ReportRow>,
    ) -> Option<Self> {
        let mut rows = rows.peekable();
        // The event decides, and of one that is not there the first row.
        let first = rows.peek()?;
        let (user_id, breach) = known.map_or((first.user_id(), first.breach), |known| {
            (known.event.user_id, known.event.breach)
        });
        let mut own = Vec::with_capacity(rows.size_hint().0);
        let mut others = Vec::new();
        for row in rows {
            if row.user_id() != user_id {
                others.push((row, RowAnswer::OtherUserId(user_id)));
            } else if row.breach != breach {
                others.push((row, RowAnswer::OtherBreach(breach)));
            } else {
                let (line, held) = (row.line, row.held());
                own.push(Row { line, held });
            }
        }
        own.sort_unstable_by_key(|row| (row.held.request, row.line));
        Some(Self {
            reference,
            known,
            owner: owners.owner(user_id),
            user_id,
            breach,
            rows: own,
            others,
        })
    }

    fn answer(self, warnings: &mut Warnings) -> Result<ReportedEvent, HeldPageError> {
        let mut answers = self.of_known();
        let new = self.take_new(&mut answers);
        let growth = match (self.known, self.owner) {
            (Some(known), _) => known.grow(new)?,
            (None, Some(organisation)) => NewEvent {
                reference: self.reference,
                user_id: self.user_id,
                organisation,
                breach: self.breach,
            }
            .open(new)?,
            (None, None) => None,
        };
        let moved_to = self.moved_to().cloned();
        let rows = self.answered(&answers, warnings);
        if let (Some(now), Some(growth), Some(first)) = (&moved_to, &growth, rows.first()) {
            warnings.moved(first.line, &growth.event, now);
        }
        let outcome = match (self.known, growth) {
            (Some(_), Some(growth)) => EventOutcome::Grown(growth),
            (None, Some(growth)) => EventOutcome::Opened(growth),
            (_, None) => EventOutcome::Unchanged,
        };
        Ok(ReportedEvent {
            event: self.reference,
            rows,
            outcome,
            moved_to,
        })
    }

    /// What is said of the rows whose communications are on a page.
    fn of_known(&self) -> Vec<Option<RowAnswer>> {
        let mut answers = vec![None; self.rows.len()];
        for page in self.known.iter().flat_map(|known| &known.pages) {
            for (place, position) in rows_on_page(&self.rows, |row| row.held.request, &page.page) {
                let held = page.page.get(position);
                let state = page.decisions.get(position);
                answers[place] = held.map(|held| beside_held(&self.rows[place].held, &held, state));
            }
        }
        answers
    }

    /// The communications that are on no page, if somebody has their User ID; what is said of their rows goes into `answers`.
    fn take_new(&self, answers: &mut [Option<RowAnswer>]) -> Vec<HeldCommunication> {
        let mut new: Vec<HeldCommunication> = Vec::new();
        for (row, answer) in self.rows.iter().zip(answers) {
            if answer.is_some() {
                continue;
            }
            let before = new.last().filter(|new| new.request == row.held.request);
            *answer = Some(match (self.owner, before) {
                (None, _) => RowAnswer::UnknownUserId,
                (Some(_), Some(before)) => beside_held(&row.held, before, HeldState::Held),
                (Some(_), None) => {
                    new.push(row.held);
                    RowAnswer::New
                }
            });
        }
        new
    }

    fn moved_to(&self) -> Option<&'a OrganisationId> {
        let opened_for = &self.known?.event.organisation;
        self.owner.filter(|owner| *owner != opened_for)
    }

    /// All rows with their answers, in the order of the file.
    fn answered(&self, answers: &[Option<RowAnswer>], warnings: &mut Warnings) -> Vec<AnsweredRow> {
        let mut rows = Vec::with_capacity(self.rows.len() + self.others.len());
        let mut say = |line, held, breach, answer| {
            rows.push(AnsweredRow { line, answer });
            let event = self.reference;
            warnings.add(
                line,
                answer,
                Refused {
                    event,
                    held,
                    breach,
                },
            );
        };
        for (row, answer) in self.rows.iter().zip(answers) {
            say(
                row.line,
                row.held,
                self.breach,
                answer.unwrap_or(RowAnswer::UnknownUserId),
            );
        }
        for (row, answer) in &self.others {
            say(row.line, row.held(), row.breach, *answer);
        }
        rows.sort_unstable_by_key(|row| row.line);
        rows
    }
}

/// What is said of a communication that was reported before.
fn beside_held(row: &HeldCommunication, held: &HeldCommunication, state: HeldState) -> RowAnswer {
    if row != held {
        return RowAnswer::OtherDetails {
            srv: held.srv,
            quarantined_at: held.quarantined_at,
        };
    }
    match state {
        HeldState::Held => RowAnswer::Known,
        HeldState::Release => RowAnswer::Decided(Action::Release),
        HeldState::Delete => RowAnswer::Decided(Action::Delete),
    }
}
