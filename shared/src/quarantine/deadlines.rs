use serde::{Deserialize, Serialize};
use time::Duration;

use crate::instant::UtcTime;
use crate::profile::QuarantineRules;

/// The instants that follow from when communications were held.
///
/// The clock alone never deletes or releases anything: it reminds, and at last it lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadlines {
    /// When a decision is due.
    pub due_at: UtcTime,
    /// When to remind, earliest first.
    pub reminders: Vec<Reminder>,
    /// From when DCC staff find it listed, to delete what is still held.
    pub listed_at: UtcTime,
}

/// A reminder before, or at, the time when a decision is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reminder {
    /// How much of the time is over by then, in per cent.
    pub percent: u32,
    /// When.
    pub at: UtcTime,
}

/// How urgent what is held has become.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Deadline {
    /// No reminder is due.
    InTime,
    /// A reminder is due, the decision not yet.
    Reminded,
    /// A decision was due.
    Overdue,
    /// Undecided for so long that DCC staff may delete it.
    Listed,
}

impl Deadlines {
    /// The deadlines of what was held at an instant.
    pub fn from_quarantine(quarantined_at: UtcTime, rules: &QuarantineRules) -> Self {
        let given = Duration::hours(i64::from(rules.decision_hours));
        let mut reminders: Vec<_> = rules
            .remind_at_percent
            .iter()
            .map(|percent| Reminder {
                percent: *percent,
                at: quarantined_at.plus(given * *percent / 100),
            })
            .collect();
        reminders.sort_by_key(|reminder| reminder.at);
        Self {
            due_at: quarantined_at.plus(given),
            reminders,
            listed_at: quarantined_at.plus(Duration::days(i64::from(rules.list_after_days))),
        }
    }

    /// How urgent it is at `now`.
    pub fn at(&self, now: UtcTime) -> Deadline {
        if now >= self.listed_at {
            Deadline::Listed
        } else if now >= self.due_at {
            Deadline::Overdue
        } else if self.reminders.iter().any(|reminder| now >= reminder.at) {
            Deadline::Reminded
        } else {
            Deadline::InTime
        }
    }

    /// The reminders that fell due after `last` and no later than `now`: each is sent once.
    pub fn reminders_between(
        &self,
        last: UtcTime,
        now: UtcTime,
    ) -> impl Iterator<Item = Reminder> + '_ {
        self.reminders
            .iter()
            .copied()
            .filter(move |reminder| last < reminder.at && reminder.at <= now)
    }
}
