use std::{
    collections::HashSet,
    sync::{Mutex, PoisonError},
};

use sluice_shared::{identifiers::PersonId, instant::UtcTime};

/// The people whom this instance has noted today, so that each is written down once, and not with every request.
#[derive(Debug, Default)]
pub(crate) struct NotedToday(Mutex<Option<Noted>>);

#[derive(Debug)]
struct Noted {
    day: UtcTime,
    people: HashSet<PersonId>,
}

impl NotedToday {
    /// Whether a person is still to be noted on the day of `now`; from then on they are not.
    pub(crate) fn is_first(&self, person: &PersonId, now: UtcTime) -> bool {
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let day = now.start_of_day();
        let today = match &mut *noted {
            Some(noted) if noted.day == day => noted,
            other => other.insert(Noted {
                day,
                people: HashSet::new(),
            }),
        };
        today.people.insert(person.clone())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn everybody_is_first_once_a_day() {
        let noted = NotedToday::default();
        let (one, two) = (
            PersonId::parse("one").unwrap(),
            PersonId::parse("two").unwrap(),
        );
        let at = |text| UtcTime::parse(text).unwrap();
        assert!(noted.is_first(&one, at("2026-11-30T00:00:00Z")));
        assert!(!noted.is_first(&one, at("2026-11-30T23:59:59Z")));
        assert!(noted.is_first(&two, at("2026-11-30T23:59:59Z")));
        assert!(noted.is_first(&one, at("2026-12-01T00:00:00Z")));
    }
}
