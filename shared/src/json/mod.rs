//! Reading JSON.

mod by_name;

use by_name::ByName;
use serde::de::DeserializeOwned;

/// Reads a value that is described in JSON. A struct is read by the names of its members; a list of their values is none.
///
/// # Errors
/// In words for a report, not for people.
pub fn read_json<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    let mut reader = serde_json::Deserializer::from_str(text);
    T::deserialize(ByName(&mut reader))
        .and_then(|value| reader.end().map(|()| value))
        .map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::read_json;
    use serde::{Deserialize, Serialize};

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Inner {
        level: u64,
        share: Option<f64>,
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    enum Kind {
        Plain,
        Newtype(Inner),
        Pair(u8, Inner),
        Struct { inner: Inner },
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Outer {
        #[serde(flatten)]
        inner: Inner,
        kinds: Vec<Kind>,
        by_name: std::collections::BTreeMap<String, Inner>,
        pair: (String, Inner),
        #[serde(default)]
        absent: Vec<Inner>,
    }

    fn inner(level: u64) -> Inner {
        Inner {
            level,
            share: (level > 1).then_some(0.5),
        }
    }

    #[test]
    fn what_serde_writes_is_read_whatever_it_is_made_of() {
        let outer = Outer {
            inner: inner(u64::MAX),
            kinds: vec![
                Kind::Plain,
                Kind::Newtype(inner(1)),
                Kind::Pair(2, inner(2)),
                Kind::Struct { inner: inner(3) },
            ],
            by_name: [("one".to_owned(), inner(4))].into(),
            pair: ("two".to_owned(), inner(5)),
            absent: Vec::new(),
        };
        let text = serde_json::to_string(&outer).unwrap();
        assert_eq!(read_json::<Outer>(&text), Ok(outer));
    }

    #[test]
    fn a_struct_is_read_by_its_names_alone_wherever_it_stands() {
        assert_eq!(
            read_json::<Inner>(r#"{"level":1,"share":null}"#),
            Ok(inner(1))
        );
        assert!(serde_json::from_str::<Inner>("[1,null]").is_ok());
        assert!(read_json::<Inner>("[1,null]").is_err());
        assert!(read_json::<Vec<Inner>>("[[1,null]]").is_err());
        assert!(read_json::<Kind>(r#"{"Struct":[{"level":1}]}"#).is_err());
    }

    #[test]
    fn what_follows_is_an_error() {
        assert!(read_json::<u8>("1 ").is_ok());
        assert!(read_json::<u8>("1 2").is_err());
    }
}
