//! What was begun in this browser and is in no file yet: decisions on an event, thresholds of a User ID.

use crate::{
    address::PagePath,
    components::counted,
    keep::{self, ObjectStore},
};
use js_sys::Uint8Array;
use sluice_shared::identifiers::{Eui64, PersonId, QuarantineEventRef};
use wasm_bindgen::{JsCast, JsValue};

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Begun {
    /// Where it goes on.
    pub(super) page: PagePath,
    pub(super) what: String,
}

/// All of this person.
pub(super) async fn all(person: &PersonId) -> Vec<Begun> {
    let decisions = unwritten(ObjectStore::Decisions, person).await;
    let decisions = decisions.into_iter().filter_map(|(name, choices)| {
        let event = QuarantineEventRef::parse(&name).ok()?;
        let chosen = choices.iter().filter(|choice| **choice != 0).count() as u64;
        (chosen > 0).then(|| Begun {
            page: PagePath::QuarantineEvent(event),
            what: format!(
                "{} on event {event}",
                counted(chosen, "decision", "decisions")
            ),
        })
    });
    let thresholds = unwritten(ObjectStore::Thresholds, person).await;
    let thresholds = thresholds.into_iter().filter_map(|(name, _)| {
        let user_id = Eui64::parse(&name).ok()?;
        Some(Begun {
            page: PagePath::WriteThresholds(user_id),
            what: format!("Thresholds of {user_id}"),
        })
    });
    decisions.chain(thresholds).collect()
}

/// What an object store keeps of a person by name, without what stands in a file as it is: that is kept below the same name.
async fn unwritten(place: ObjectStore, person: &PersonId) -> Vec<(String, Vec<u8>)> {
    let start = format!("{person}/");
    let entries = keep::entries(place).await.unwrap_or_default();
    let entries = entries.into_iter().filter_map(|(name, value)| {
        Some((name.strip_prefix(&start)?.to_owned(), bytes_of(&value)?))
    });
    without_written(entries.collect())
}

fn bytes_of(value: &JsValue) -> Option<Vec<u8>> {
    match value.as_string() {
        Some(text) => Some(text.into_bytes()),
        None => Some(value.dyn_ref::<Uint8Array>()?.to_vec()),
    }
}

fn without_written(entries: Vec<(String, Vec<u8>)>) -> Vec<(String, Vec<u8>)> {
    let (written, begun): (Vec<_>, Vec<_>) = entries
        .into_iter()
        .partition(|(name, _)| name.contains('/'));
    let is_written = |(name, value): &(String, Vec<u8>)| {
        written.iter().any(|(file, content)| {
            content == value && file.split_once('/').is_some_and(|(of, _)| of == name)
        })
    };
    begun
        .into_iter()
        .filter(|entry| !is_written(entry))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(name: &str, value: u8) -> (String, Vec<u8>) {
        (name.to_owned(), vec![value])
    }

    #[test]
    fn what_stands_in_a_file_as_it_is_was_not_merely_begun() {
        let begun = without_written(vec![
            kept("1", 1),
            kept("1/ab", 1),
            kept("12", 1),
            kept("2", 1),
            kept("2/ab", 2),
        ]);
        assert_eq!(begun, [kept("12", 1), kept("2", 1)]);
    }
}
