//! Where a list goes on: the key of the last item that was shown, opaque to callers.
use std::collections::BTreeMap;

use aws_sdk_dynamodb::types::AttributeValue;
use base64ct::{Base64UrlUnpadded, Encoding};
use sluice_shared::{api, identifiers::OrganisationId};

use super::{
    Partition, SubmissionRecord,
    item::{Item, text},
    listed_at,
};
use crate::schema::{self, Index};

/// What a list is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    /// Submissions.
    Submissions,
    /// Quarantine events, whose lists are called like those of submissions, in a table of their own.
    Events,
}

impl Listed {
    /// How the partition of each goes on, after whose it is.
    const fn prefix(self) -> &'static str {
        match self {
            Self::Submissions => "SUBMISSION#",
            Self::Events => "EVENT#",
        }
    }
}

/// A list: one partition of an index, in one order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    pub(super) index: Index,
    pub(super) partition: String,
    pub(super) oldest_first: bool,
    listed: Listed,
}

impl List {
    /// What all organisations have, newest first.
    pub fn of_all(listed: Listed) -> Self {
        Self {
            index: schema::BY_START,
            partition: "ALL".to_owned(),
            oldest_first: false,
            listed,
        }
    }

    /// What an organisation has, newest first.
    pub fn of_organisation(organisation: &OrganisationId, listed: Listed) -> Self {
        Self {
            index: schema::BY_ORGANISATION,
            partition: organisation.to_string(),
            oldest_first: false,
            listed,
        }
    }

    /// What waits for a reviewer, oldest first.
    pub fn awaiting_review() -> Self {
        Self {
            index: schema::AWAITING_REVIEW,
            partition: "WAITING".to_owned(),
            oldest_first: true,
            listed: Listed::Submissions,
        }
    }

    /// What reviewers decided and waits no longer, newest first.
    pub fn decided() -> Self {
        Self {
            index: schema::AWAITING_REVIEW,
            partition: "DECIDED".to_owned(),
            oldest_first: false,
            listed: Listed::Submissions,
        }
    }

    /// Whether a partition may be in it by its key.
    fn has(&self, pk: &str) -> bool {
        Partition::owner(pk).is_some_and(|(organisation, what)| {
            let is_one_of_it = what.starts_with(self.listed.prefix());
            let is_of_all = self.index != schema::BY_ORGANISATION;
            is_one_of_it && (is_of_all || organisation.as_str() == self.partition)
        })
    }

    /// The names that a place in it has, each once.
    fn names(&self) -> [&'static str; 4] {
        ["pk", "sk", self.index.partition, self.index.sort]
    }
}

/// A place in a list. It names keys only; which partition is read never comes from it, so that a forged cursor can show
/// nothing that its bearer may not see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor(BTreeMap<String, String>);

impl Cursor {
    /// Reads a place in `list`; `None` for all that [`Cursor::encode`] did not make of one. DynamoDB answers any other names, types
    /// and empty texts with an error that looks like a failure of ours.
    pub fn decode(cursor: &api::Cursor, list: &List) -> Option<Self> {
        let json = Base64UrlUnpadded::decode_vec(cursor.as_str()).ok()?;
        let pairs: Vec<(String, String)> = serde_json::from_slice(&json).ok()?;
        if pairs.len() != list.names().len() {
            return None;
        }
        let key: BTreeMap<_, _> = pairs.into_iter().collect();
        let is_of_list = list
            .names()
            .iter()
            .all(|name| key.get(*name).is_some_and(|value| !value.is_empty()))
            && key.get(list.index.partition) == Some(&list.partition)
            && key.get("pk").is_some_and(|pk| list.has(pk));
        is_of_list.then_some(Self(key))
    }

    /// The place of a submission in `list`, in whichever table it is: a list may go on after what is not in its index at all.
    pub(crate) fn at_submission(list: &List, record: &SubmissionRecord) -> Self {
        let what = format!("{}{}", list.listed.prefix(), record.id);
        let pk = Partition::owned_by(&record.organisation, what);
        let places = [
            ("pk", pk.into()),
            ("sk", "META".to_owned()),
            (list.index.partition, list.partition.clone()),
            (list.index.sort, listed_at(record.started_at, &record.id)),
        ];
        Self(places.map(|(name, value)| (name.to_owned(), value)).into())
    }

    /// What lists are in order of: of a list that has the newest first, what comes later is less.
    pub(crate) fn listed_at(&self, list: &List) -> &str {
        self.0.get(list.index.sort).map_or("", String::as_str)
    }

    /// The form that callers see.
    pub fn encode(&self) -> Option<api::Cursor> {
        let pairs: Vec<_> = self.0.iter().collect();
        let json = serde_json::to_vec(&pairs).ok()?;
        api::Cursor::parse(&Base64UrlUnpadded::encode_string(&json)).ok()
    }

    /// From the last evaluated key; `None` at the end of the list.
    pub(crate) fn after(key: Option<Item>) -> Option<Self> {
        let pairs: BTreeMap<_, _> = key?
            .into_iter()
            .filter_map(|(name, value)| match value {
                AttributeValue::S(value) => Some((name, value)),
                _ => None,
            })
            .collect();
        (!pairs.is_empty()).then_some(Self(pairs))
    }

    /// As an exclusive start key in `list`: a cursor of another list cannot leave it.
    pub(crate) fn start_key(self, list: &List) -> Item {
        let mut key: Item = self
            .0
            .into_iter()
            .map(|(name, value)| (name, text(value)))
            .collect();
        key.insert(list.index.partition.to_owned(), text(&list.partition));
        key
    }
}
