use super::{Act, ActivityRecord, Day, OutcomeName};
use crate::identifiers::PersonId;
use crate::instant::UtcTime;

/// What narrows a list of activity; what is absent narrows nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ActivityFilter {
    /// The first day.
    pub from: Option<Day>,
    /// The last day.
    pub to: Option<Day>,
    /// Who acted.
    pub person: Option<PersonId>,
    /// What was done.
    pub act: Option<Act>,
    /// What came of it.
    pub outcome: Option<OutcomeName>,
}

impl ActivityFilter {
    /// The first instant that is in it, if there is one.
    pub fn begins(&self) -> Option<UtcTime> {
        self.from.map(Day::begins)
    }

    /// The first instant after it, if there is one.
    pub fn ends(&self) -> Option<UtcTime> {
        self.to.map(Day::ends)
    }

    /// Whether a record is in it.
    pub fn fits(&self, record: &ActivityRecord) -> bool {
        let is_theirs = |wanted: &PersonId| {
            let person = record.person.as_ref();
            person.is_some_and(|person| person.id == *wanted)
        };
        self.begins().is_none_or(|begins| begins <= record.at)
            && self.ends().is_none_or(|ends| record.at < ends)
            && self.person.as_ref().is_none_or(is_theirs)
            && self.act.is_none_or(|act| act == record.act)
            && self
                .outcome
                .is_none_or(|outcome| outcome == record.outcome.name())
    }
}
