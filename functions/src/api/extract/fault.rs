//! What is wrong with a request, as serde tells it: in facts, which are made a sentence here.
use std::fmt::Display;

use serde::de::{self, Expected, Unexpected};

/// The longest sentence of a value's own type that is passed on: it may repeat what was sent.
const LONGEST: usize = 300;

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Fault {
    #[error("{0} is missing")]
    Missing(&'static str),
    #[error("{0} is not known here: /api/docs lists what is")]
    Unknown(String),
    #[error("{0} is there twice")]
    Twice(&'static str),
    #[error("{value:?} is not one of {known}")]
    NotOneOf { value: String, known: String },
    #[error("{needed} is needed, not {given}")]
    Type {
        needed: &'static str,
        given: &'static str,
    },
    #[error("{0} is out of range")]
    Range(String),
    /// What the type of the value says.
    #[error("{0}")]
    Said(String),
}

impl Fault {
    /// The sentence, with where it is.
    pub(super) fn at(&self, path: &str) -> String {
        // What is missing, twice there or unknown is named by the fault: its place is what it is in.
        let named = match self {
            Self::Missing(name) | Self::Twice(name) => *name,
            Self::Unknown(name) => name,
            _ => "",
        };
        let place = match path.strip_suffix(named).unwrap_or(path) {
            "" | "." | "?" => "",
            place => place.trim_end_matches(['.', '?']),
        };
        let said = self.to_string();
        if place.is_empty() {
            let mut letters = said.chars();
            match (named, letters.next()) {
                ("", Some(first)) => format!("{}{}.", first.to_uppercase(), letters.as_str()),
                _ => format!("{said}."),
            }
        } else {
            format!("{place}: {said}.")
        }
    }
}

impl de::Error for Fault {
    fn custom<T: Display>(said: T) -> Self {
        let said = said.to_string();
        let said = said.trim_end_matches('.');
        Self::Said(match said.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{}…", &said[..end]),
            None => said.to_owned(),
        })
    }

    fn invalid_type(given: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::Type {
            needed: needed(&expected.to_string()),
            given: in_words(given),
        }
    }

    fn invalid_value(given: Unexpected<'_>, expected: &dyn Expected) -> Self {
        match given {
            Unexpected::Unsigned(number) => Self::Range(number.to_string()),
            given => Self::invalid_type(given, expected),
        }
    }

    fn unknown_variant(value: &str, known: &'static [&'static str]) -> Self {
        let value = value.chars().take(40).collect();
        let known = known.join(", ");
        Self::NotOneOf { value, known }
    }

    fn unknown_field(name: &str, _known: &'static [&'static str]) -> Self {
        Self::Unknown(name.chars().take(40).collect())
    }

    fn missing_field(name: &'static str) -> Self {
        Self::Missing(name)
    }

    fn duplicate_field(name: &'static str) -> Self {
        Self::Twice(name)
    }
}

/// What a type asks for, from serde's name of it.
fn needed(expected: &str) -> &'static str {
    match expected {
        "a boolean" => "true or false",
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number from 0",
        text if text.contains("string") => "text",
        text if text.starts_with("enum ") || text.starts_with("variant ") => "text",
        _ => "an object",
    }
}

/// The first whole number above all that an unsigned one of 64 bits can be.
const TOO_LARGE: f64 = 18_446_744_073_709_551_616.0;

fn in_words(given: Unexpected<'_>) -> &'static str {
    match given {
        Unexpected::Bool(_) => "true or false",
        Unexpected::Unsigned(_) => "a number",
        Unexpected::Signed(_) => "a number below it",
        // Above it, JSON's numbers are read as floating ones however they are written.
        Unexpected::Float(number) if number.abs() >= TOO_LARGE => "a number as large as that",
        Unexpected::Float(number) if number.fract() == 0.0 => "one with a decimal point",
        Unexpected::Float(_) => "a fraction",
        Unexpected::Str(_) | Unexpected::Char(_) | Unexpected::Bytes(_) => "text",
        Unexpected::Seq => "a list",
        Unexpected::Map => "an object",
        _ => "null",
    }
}
