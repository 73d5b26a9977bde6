use super::exit_faults::{Fault, Faults};
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
/// The rows are sorted by Request ID and run beside the pages, which are in that order: a million rows against a
/// million communications take a fraction of a second.
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
    let mut rows: Vec<Row> = rows
        .map(|row| Row {
            request: row.request,
            line: row.line,
            action: row.action,
        })
        .collect();
    rows.sort_unstable_by_key(|row| row.request);
    let mut walk = Walk::new(event, submission);
    for row in &rows {
        walk.take(row, faults);
    }
    walk.finish()
}

/// One way through an event's pages, beside rows in order of Request ID.
struct Walk<'a> {
    event: &'a HeldEvent,
    submission: Option<SubmissionId>,
    page: usize,
    position: usize,
    changes: Vec<Option<PageDecisions>>,
}

impl<'a> Walk<'a> {
    fn new(event: &'a HeldEvent, submission: Option<SubmissionId>) -> Self {
        Self {
            event,
            submission,
            page: 0,
            position: 0,
            changes: vec![None; event.pages.len()],
        }
    }

    fn take(&mut self, row: &Row, faults: &mut Faults<'a>) {
        if row.request.originator != self.event.event.user_id {
            faults.add(row.line, Fault::OtherUser(self.event, row.request));
        } else if !self.advance_to((row.request.target.value(), row.request.counter)) {
            faults.add(row.line, Fault::NotHeld(self.event, row.request));
        } else if self.is_open(row) {
            let rows = self.event.pages[self.page].page.len();
            let change = self.changes[self.page].get_or_insert_with(|| PageDecisions::held(rows));
            change.set(self.position, row.action.into());
        } else {
            faults.add(
                row.line,
                Fault::Decided(self.event, row.request, self.page, self.position),
            );
        }
    }

    /// Moves to the communication with this key; `false` when no page holds it.
    fn advance_to(&mut self, key: (u64, u64)) -> bool {
        while let Some(page) = self.event.pages.get(self.page) {
            let rest = &page.page.rows[self.position..];
            // Files mostly decide whole runs, so the next row is mostly the one.
            let skipped = match rest {
                [first, ..] if first.key() >= key => 0,
                [_, second, ..] if second.key() >= key => 1,
                [.., last] if last.key() < key => rest.len(),
                _ => rest.partition_point(|row| row.key() < key),
            };
            self.position += skipped;
            if let Some(found) = page.page.rows.get(self.position) {
                return found.key() == key;
            }
            self.page += 1;
            self.position = 0;
        }
        false
    }

    /// Whether the row's communication is held, or was decided so by this very submission.
    fn is_open(&self, row: &Row) -> bool {
        let page = &self.event.pages[self.page];
        page.decisions.get(self.position) == HeldState::Held
            || self
                .submission
                .and_then(|submission| page.share_of(submission))
                .is_some_and(|share| {
                    share.decisions.get(self.position) == HeldState::from(row.action)
                })
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
