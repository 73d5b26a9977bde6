//! What this browser keeps of a person beside the key, by what names it: their drafts, and nothing of anybody else's.

use crate::{
    keep::{self, KeepError, ObjectStore},
    send::{drafts, remove_draft},
};
use sluice_shared::identifiers::{Eui64, FileDigest, PersonId, QuarantineEventRef};

/// Names of what is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Kept {
    /// Files that are not sent.
    pub(super) files: Vec<String>,
    /// Decisions on held communications, of each event and of each file that was written of it.
    pub(super) decisions: Vec<String>,
    /// Thresholds of each User ID, and as a file was written of them.
    pub(super) thresholds: Vec<String>,
}

impl Kept {
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Looks.
    pub(crate) async fn of(person: &PersonId) -> Result<Self, KeepError> {
        let files = drafts(person).await?;
        Ok(Self {
            files: files.into_iter().map(|draft| draft.id).collect(),
            decisions: names(ObjectStore::Decisions, person, is_of_event).await?,
            thresholds: names(ObjectStore::Thresholds, person, is_of_user_id).await?,
        })
    }

    /// Removes all of it.
    pub(super) async fn remove(&self) -> Result<(), KeepError> {
        for id in &self.files {
            remove_draft(id).await?;
        }
        for name in &self.decisions {
            keep::remove(ObjectStore::Decisions, name).await?;
        }
        for name in &self.thresholds {
            keep::remove(ObjectStore::Thresholds, name).await?;
        }
        Ok(())
    }
}

async fn names(
    place: ObjectStore,
    person: &PersonId,
    is_below: fn(&str) -> bool,
) -> Result<Vec<String>, KeepError> {
    let mut names = keep::keys(place).await?;
    names.retain(|name| belongs_to(person, name, is_below));
    Ok(names)
}

/// A sign-in may have a slash in it, so that what begins with one person's may be another's.
fn belongs_to(person: &PersonId, name: &str, is_below: fn(&str) -> bool) -> bool {
    let below = name.strip_prefix(person.as_str());
    below
        .and_then(|below| below.strip_prefix('/'))
        .is_some_and(is_below)
}

fn is_of_event(name: &str) -> bool {
    let (event, file) = parts(name);
    QuarantineEventRef::parse(event).is_ok()
        && file.is_none_or(|file| FileDigest::parse(file).is_ok())
}

fn is_of_user_id(name: &str) -> bool {
    let (user_id, written) = parts(name);
    Eui64::parse(user_id).is_ok() && written.is_none_or(|written| written == "written")
}

fn parts(name: &str) -> (&str, Option<&str>) {
    match name.split_once('/') {
        Some((first, second)) => (first, Some(second)),
        None => (name, None),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_begins_with_a_sign_in_may_be_somebody_elses() {
        let person = PersonId::parse("idp").unwrap();
        let other = PersonId::parse("idp/ann").unwrap();
        let digest = "ab".repeat(32);
        for (name, of_event) in [
            ("idp/1201".to_owned(), true),
            (format!("idp/1201/{digest}"), true),
            ("idp/ann/1201".to_owned(), false),
            ("idp/1201/ann".to_owned(), false),
            ("idp2/1201".to_owned(), false),
            ("idp".to_owned(), false),
        ] {
            assert_eq!(belongs_to(&person, &name, is_of_event), of_event, "{name}");
        }
        assert!(belongs_to(&other, "idp/ann/1201", is_of_event));
        let of_user_id = "idp/90-B3-D5-1F-30-01-00-00";
        for (name, is_theirs) in [
            (of_user_id.to_owned(), true),
            (format!("{of_user_id}/written"), true),
            (format!("{of_user_id}/ann"), false),
        ] {
            let found = belongs_to(&person, &name, is_of_user_id);
            assert_eq!(found, is_theirs, "{name}");
        }
    }
}
