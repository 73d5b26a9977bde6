use super::exit_faults::{Fault, Faults};
use super::page_walk::rows_on_page;
use super::srv_tally::SrvTally;
use super::{Counts, HeldEvent, HeldEvents, HeldState, PageDecisions, SrvCounts};
use crate::files::{Action, ExitRow, ExitRows};
use crate::finding::Findings;
use crate::identifiers::{Eui64, QuarantineEventRef, RequestId, SubmissionId};

/// An Exit Quarantine File beside what is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExitCheck {
    /// What is wrong, in the order of the file.
    pub findings: Findings,
    /// The rows without a fault, and what stays held in the same events.
    pub counts: Counts,
    /// The same by event, in the order in which the file first names them; unknown events are left out.
    pub events: Vec<EventCheck>,
}

/// What the file says of one event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventCheck {
    /// The event.
    pub event: QuarantineEventRef,
    /// Whose communications it holds.
    pub user_id: Eui64,
    /// How many the file releases and deletes, and how many stay held.
    pub counts: Counts,
    /// The same by service, in order of service; services with nothing to count are left out.
    pub by_srv: Vec<SrvCounts>,
    /// What to record on each page that the file touches, in order of page.
    pub pages: Vec<PageChange>,
}

/// What a file decides on one page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageChange {
    /// The number of the page.
    pub page: u32,
    /// Its decisions; `Held` for rows that it leaves alone.
    pub decisions: PageDecisions,
}

/// Checks an Exit Quarantine File against what is held.
///
/// Rows that `submission` itself decided in an earlier try are not at fault and count as its own, so a try after a
/// crash comes to the same result as the first. At most `max_findings` findings are kept whole.
///
/// Pages are each in order of Request ID, and one after the other in any order: an event that grew has pages that begin anew.
pub fn check_exit<H: HeldEvents + ?Sized>(
    rows: &ExitRows,
    held: &H,
    submission: Option<SubmissionId>,
    max_findings: usize,
) -> ExitCheck {
    let mut faults = Faults::default();
    let mut events = Vec::new();
    for (reference, rows) in rows.by_event().iter() {
        if let Some(event) = held.find(&reference) {
            events.push(check_event(event, submission, rows, &mut faults));
        } else {
            for row in rows {
                faults.add(row.line, Fault::UnknownEvent(reference));
            }
        }
    }
    let counts = events
        .iter()
        .fold(Counts::default(), |sum, event| sum.plus(event.counts));
    ExitCheck {
        findings: faults.into_findings(max_findings),
        counts,
        events,
    }
}

/// A row without its event.
#[derive(Clone, Copy)]
struct Row {
    request: RequestId,
    line: u64,
    action: Action,
}

fn check_event<'a>(
    event: &'a HeldEvent,
    submission: Option<SubmissionId>,
    rows: impl Iterator<Item = ExitRow>,
    faults: &mut Faults<'a>,
) -> EventCheck {
    let rows = rows.map(|row| Row {
        request: row.request,
        line: row.line,
        action: row.action,
    });
    let user_id = event.event.user_id;
    let (mut own, others): (Vec<Row>, Vec<Row>) =
        rows.partition(|row| row.request.originator == user_id);
    for row in &others {
        faults.add(row.line, Fault::OtherUser(event, row.request));
    }
    drop(others);
    own.sort_unstable_by_key(|row| row.request);
    let mut deciding = DecidingEvent::new(event, submission);
    let mut is_held = vec![false; own.len()];
    for (page, held) in event.pages.iter().enumerate() {
        for (place, position) in rows_on_page(&own, |row| row.request, &held.page) {
            is_held[place] = true;
            deciding.take(&own[place], page, position, faults);
        }
    }
    for (row, _) in own.iter().zip(is_held).filter(|(_, is_held)| !is_held) {
        faults.add(row.line, Fault::NotHeld(event, row.request));
    }
    deciding.finish()
}

/// What a file decides in one event.
struct DecidingEvent<'a> {
    event: &'a HeldEvent,
    submission: Option<SubmissionId>,
    changes: Vec<Option<PageDecisions>>,
}

impl<'a> DecidingEvent<'a> {
    fn new(event: &'a HeldEvent, submission: Option<SubmissionId>) -> Self {
        Self {
            event,
            submission,
            changes: vec![None; event.pages.len()],
        }
    }

    /// Takes a row whose communication stands at this position of this page.
    fn take(&mut self, row: &Row, page: usize, position: usize, faults: &mut Faults<'a>) {
        if self.is_open(row, page, position) {
            let rows = self.event.pages[page].page.len();
            let change = self.changes[page].get_or_insert_with(|| PageDecisions::held(rows));
            change.set(position, row.action.into());
        } else {
            let decided = Fault::Decided(self.event, row.request, page, position);
            faults.add(row.line, decided);
        }
    }

    /// Whether the row's communication is held, or was decided so by this very submission.
    fn is_open(&self, row: &Row, page: usize, position: usize) -> bool {
        let page = &self.event.pages[page];
        page.decisions.get(position) == HeldState::Held
            || self
                .submission
                .and_then(|submission| page.share_of(submission))
                .is_some_and(|share| share.decisions.get(position) == row.action.into())
    }

    fn finish(self) -> EventCheck {
        let mut tally = SrvTally::default();
        for (page, change) in self.event.pages.iter().zip(&self.changes) {
            tally.add_page(&page.page, |position| {
                let now = change
                    .as_ref()
                    .map_or(HeldState::Held, |change| change.get(position));
                let before = page.decisions.get(position);
                // What others decided is neither this file's doing nor left held by it.
                (now != HeldState::Held || before == HeldState::Held).then_some(now)
            });
        }
        let by_srv = tally.into_counts();
        let counts = by_srv
            .iter()
            .fold(Counts::default(), |sum, srv| sum.plus(srv.counts));
        let pages = self.event.pages.iter().zip(self.changes);
        let pages = pages
            .filter_map(|(page, change)| {
                Some(PageChange {
                    page: page.number,
                    decisions: change?,
                })
            })
            .collect();
        let event = &self.event.event;
        EventCheck {
            event: event.reference,
            user_id: event.user_id,
            counts,
            by_srv,
            pages,
        }
    }
}
