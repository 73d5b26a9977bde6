//! What an Exit Quarantine File would write: pages of decisions, events with new counts, accounts.

use super::KnownForExit;
use crate::finding::RecordDefect;
use crate::identifiers::{Eui64, QuarantineEventRef, SubmissionId};
use crate::instant::UtcTime;
use crate::quarantine::{
    Deciding, EventCheck, ExitCheck, HeldEvent, HeldEvents as _, PageDecisions, QuarantineEvent,
};
use crate::risk::{Released, Releaser, Releases};

/// What a lawful Exit Quarantine File would write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExitChanges {
    /// Its decisions, event by event.
    pub events: Vec<EventChange>,
    /// Whose accounts it counts on.
    pub accounts: Vec<AccountChange>,
    /// The thresholds that it was held to, with their versions: they have to be the same when it takes effect.
    pub held_to: Vec<(Eui64, Option<u64>)>,
}

/// What a file decides in one event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventChange {
    /// The pages that are still to be written, in order.
    pub pages: Vec<PlannedPage>,
    /// The event with its new counts.
    pub finished: QuarantineEvent,
}

/// What a file decides on one page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedPage {
    /// The event.
    pub event: QuarantineEventRef,
    /// The number of the page.
    pub page: u32,
    /// What was decided on it before.
    pub before: PageDecisions,
    /// What is decided on it then.
    pub after: PageDecisions,
    /// The file's own decisions among them.
    pub share: PageDecisions,
}

/// An account, with what the file adds to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountChange {
    /// Whose.
    pub releaser: Releaser,
    /// The version that the file was held to; `None` for the first change.
    pub replaces: Option<u64>,
    /// What is in it then.
    pub after: Released,
}

impl ExitChanges {
    pub(super) fn plan(
        check: &ExitCheck,
        known: &KnownForExit,
        releases: &Releases,
        submission: Option<SubmissionId>,
        now: UtcTime,
    ) -> Result<Self, RecordDefect> {
        let events = check.events.iter().map(|decided| {
            let held = known.events.as_slice().find(&decided.event);
            let held = held.ok_or(RecordDefect::EventChanged {
                event: decided.event,
            })?;
            Ok(EventChange {
                pages: pages(held, decided, submission)?,
                finished: finished(&held.event, decided),
            })
        });
        let accounts = releases.iter().map(|(releaser, counts)| {
            let account = known.accounts.account(releaser);
            let before = account.map(|account| account.released.clone());
            AccountChange {
                releaser: releaser.clone(),
                replaces: account.and_then(|account| account.version),
                after: before.unwrap_or_default().plus(counts, now),
            }
        });
        let held_to = releases.keys().filter_map(|releaser| match releaser {
            Releaser::User(user_id) => {
                let mut users = known.accounts.users.iter();
                let user = users.find(|user| user.thresholds.user_id == *user_id);
                Some((*user_id, user.map(|user| user.version)))
            }
            Releaser::Organisation(_) => None,
        });
        Ok(Self {
            events: events.collect::<Result<_, _>>()?,
            accounts: accounts.collect(),
            held_to: held_to.collect(),
        })
    }
}

/// Every page that is not written yet. Nobody else decides in a locked event meanwhile.
fn pages(
    held: &HeldEvent,
    decided: &EventCheck,
    submission: Option<SubmissionId>,
) -> Result<Vec<PlannedPage>, RecordDefect> {
    let event = decided.event;
    let changed = RecordDefect::EventChanged { event };
    let mut pages = Vec::with_capacity(decided.pages.len());
    for change in &decided.pages {
        let page = held.pages.get(change.page as usize);
        let page = page.ok_or_else(|| changed.clone())?;
        let own = submission.and_then(|submission| page.share_of(submission));
        let deciding = page
            .decisions
            .decide(&change.decisions, own.map(|share| &share.decisions))
            .map_err(|_| changed.clone())?;
        if let Deciding::Change(after) = deciding {
            pages.push(PlannedPage {
                event,
                page: change.page,
                before: page.decisions.clone(),
                after,
                share: change.decisions.clone(),
            });
        }
    }
    Ok(pages)
}

/// The event with its new counts.
fn finished(event: &QuarantineEvent, decided: &EventCheck) -> QuarantineEvent {
    let mut event = event.clone();
    let (release, delete) = (decided.counts.release, decided.counts.delete);
    event.counts = event.counts.decided(release, delete);
    for srv in &mut event.by_srv {
        if let Some(more) = decided.by_srv.iter().find(|more| more.srv == srv.srv) {
            srv.counts = srv.counts.decided(more.counts.release, more.counts.delete);
        }
    }
    event
}
