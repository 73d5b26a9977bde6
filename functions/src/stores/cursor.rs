//! Where a list goes on: the key of the last item that was shown, opaque to callers.
use aws_sdk_dynamodb::types::AttributeValue;
use base64ct::{Base64UrlUnpadded, Encoding};
use sluice_shared::api;

use super::item::{Item, text};

/// A place in a list. It names keys only; which partition is read never comes from it, so that a forged cursor can show
/// nothing that its bearer may not see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor(Vec<(String, String)>);

impl Cursor {
    /// Reads what [`Cursor::encode`] made; `None` for anything else.
    pub fn decode(cursor: &api::Cursor) -> Option<Self> {
        let json = Base64UrlUnpadded::decode_vec(cursor.as_str()).ok()?;
        serde_json::from_slice(&json).ok().map(Self)
    }

    /// The form that callers see.
    pub fn encode(&self) -> Option<api::Cursor> {
        let json = serde_json::to_vec(&self.0).ok()?;
        api::Cursor::parse(&Base64UrlUnpadded::encode_string(&json)).ok()
    }

    /// From the last evaluated key; `None` at the end of the list.
    pub(crate) fn after(key: Option<Item>) -> Option<Self> {
        let mut pairs: Vec<_> = key?
            .into_iter()
            .filter_map(|(name, value)| match value {
                AttributeValue::S(value) => Some((name, value)),
                _ => None,
            })
            .collect();
        pairs.sort();
        (!pairs.is_empty()).then_some(Self(pairs))
    }

    /// As an exclusive start key in the index partition `partition` = `value`: a cursor of another list cannot leave it.
    pub(crate) fn start_key(self, partition: &str, value: &str) -> Item {
        let mut key: Item = self
            .0
            .into_iter()
            .map(|(name, value)| (name, text(value)))
            .collect();
        key.insert(partition.to_owned(), text(value));
        key
    }
}
