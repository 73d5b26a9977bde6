//! An item as a line of text: `DynamoDB`'s own JSON, names in order, so that equal items are equal lines.

use std::collections::{BTreeMap, HashMap};

use aws_sdk_dynamodb::types::AttributeValue;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// An item as the SDK has it.
pub(crate) type Item = HashMap<String, AttributeValue>;

/// Which item.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Key {
    pub(crate) partition: String,
    pub(crate) sort: String,
}

/// What a line says of itself without its item.
pub(crate) struct Line {
    pub(crate) key: Key,
    pub(crate) text: String,
    pub(crate) item: Item,
}

/// SHA-256 of a line: a million of them fit in memory, a million items may not.
pub(crate) type Print = [u8; 32];

impl Line {
    pub(crate) fn from_item(item: Item) -> Result<Self, String> {
        let value = serde_dynamo::Item::from(item.clone());
        let value = serde_json::to_value(value).map_err(|error| error.to_string())?;
        Ok(Self {
            key: key(&item)?,
            text: ordered(value).to_string(),
            item,
        })
    }

    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let item: serde_dynamo::Item =
            serde_json::from_str(text).map_err(|error| error.to_string())?;
        Self::from_item(item.into())
    }

    pub(crate) fn print(&self) -> Print {
        Sha256::digest(&self.text).into()
    }
}

fn key(item: &Item) -> Result<Key, String> {
    let part = |name: &str| {
        let value = item.get(name).and_then(|value| value.as_s().ok());
        value
            .cloned()
            .ok_or_else(|| format!("an item has no text {name}"))
    };
    Ok(Key {
        partition: part("pk")?,
        sort: part("sk")?,
    })
}

fn ordered(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let map: BTreeMap<_, _> = map.into_iter().collect();
            let map = map.into_iter();
            Value::Object(map.map(|(name, value)| (name, ordered(value))).collect())
        }
        Value::Array(values) => Value::Array(values.into_iter().map(ordered).collect()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use aws_sdk_dynamodb::primitives::Blob;

    use super::*;

    #[test]
    fn an_item_comes_back_as_it_was() {
        let text = |text: &str| AttributeValue::S(text.to_owned());
        let inner = HashMap::from([
            ("b".to_owned(), AttributeValue::Bool(true)),
            ("a".to_owned(), AttributeValue::Null(true)),
        ]);
        let item = Item::from([
            ("pk".to_owned(), text("X#1")),
            ("sk".to_owned(), text("META")),
            (
                "number".to_owned(),
                AttributeValue::N("18446744073709551617".to_owned()),
            ),
            (
                "bytes".to_owned(),
                AttributeValue::B(Blob::new([0, 255, 10])),
            ),
            ("map".to_owned(), AttributeValue::M(inner)),
            (
                "list".to_owned(),
                AttributeValue::L(vec![text("\n"), text("é")]),
            ),
        ]);
        let line = Line::from_item(item.clone()).unwrap();
        assert!(!line.text.contains('\n'), "one item, one line");
        let again = Line::parse(&line.text).unwrap();
        assert_eq!((again.item, again.text), (item, line.text));
    }

    #[test]
    fn what_is_no_item_is_refused() {
        for text in [
            "",
            "{}",
            "[]",
            r#"{"pk":{"S":"X"}}"#,
            r#"{"pk":"X","sk":"Y"}"#,
        ] {
            assert!(Line::parse(text).is_err(), "{text}");
        }
    }
}
