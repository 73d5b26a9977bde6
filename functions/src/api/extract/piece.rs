//! JSON, or a query, as it was sent: an object's names in order, and twice where they stand twice.
use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{
        self, IntoDeserializer, MapAccess, SeqAccess, Unexpected, Visitor,
        value::{MapDeserializer, SeqDeserializer},
    },
    forward_to_deserialize_any,
};

use super::fault::Fault;

/// A value of a request.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    Null,
    Bool(bool),
    Whole(u64),
    Negative(i64),
    Fraction(f64),
    Text(String),
    /// Text of an address, where numbers are text, too.
    InQuery(String),
    List(Vec<Self>),
    Object(Vec<(String, Self)>),
}

impl Piece {
    pub(super) fn of_query(pairs: Vec<(String, String)>) -> Self {
        let pairs = pairs.into_iter();
        Self::Object(
            pairs
                .map(|(name, text)| (name, Self::InQuery(text)))
                .collect(),
        )
    }

    fn unexpected(&self) -> Unexpected<'_> {
        match self {
            Self::Null => Unexpected::Unit,
            Self::Bool(value) => Unexpected::Bool(*value),
            Self::Whole(value) => Unexpected::Unsigned(*value),
            Self::Negative(value) => Unexpected::Signed(*value),
            Self::Fraction(value) => Unexpected::Float(*value),
            Self::Text(text) | Self::InQuery(text) => Unexpected::Str(text),
            Self::List(_) => Unexpected::Seq,
            Self::Object(_) => Unexpected::Map,
        }
    }
}

impl<'de> Deserialize<'de> for Piece {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AsSent)
    }
}

struct AsSent;

impl<'de> Visitor<'de> for AsSent {
    type Value = Piece;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Piece, E> {
        Ok(Piece::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Piece, E> {
        Ok(Piece::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Piece, E> {
        Ok(Piece::Whole(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Piece, E> {
        Ok(u64::try_from(value).map_or(Piece::Negative(value), Piece::Whole))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Piece, E> {
        Ok(Piece::Fraction(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Piece, E> {
        Ok(Piece::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Piece, A::Error> {
        let mut pieces = Vec::new();
        while let Some(piece) = list.next_element()? {
            pieces.push(piece);
        }
        Ok(Piece::List(pieces))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Piece, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        Ok(Piece::Object(pairs))
    }
}

/// What serde expects where it sets a value aside, to look at it again when it knows the variant.
const SET_ASIDE: &str = "any value";

fn visit_list<'de, V: Visitor<'de>>(pieces: Vec<Piece>, visitor: V) -> Result<V::Value, Fault> {
    let mut list = SeqDeserializer::new(pieces.into_iter());
    let value = visitor.visit_seq(&mut list)?;
    list.end()?;
    Ok(value)
}

impl IntoDeserializer<'_, Fault> for Piece {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Piece {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self {
            Self::Null => visitor.visit_unit(),
            Self::Bool(value) => visitor.visit_bool(value),
            Self::Whole(value) => visitor.visit_u64(value),
            Self::Negative(value) => visitor.visit_i64(value),
            Self::Fraction(value) => visitor.visit_f64(value),
            Self::Text(text) | Self::InQuery(text) => visitor.visit_string(text),
            // Serde would take a list for an object whose values stand in the order of its fields: one is read where it is asked for, and where
            // serde sets aside what belongs to a variant.
            Self::List(pieces) if (&visitor as &dyn de::Expected).to_string() == SET_ASIDE => {
                visit_list(pieces, visitor)
            }
            Self::List(_) => Err(de::Error::invalid_type(Unexpected::Seq, &visitor)),
            Self::Object(pairs) => visitor.visit_map(MapDeserializer::new(pairs.into_iter())),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self {
            Self::Null => visitor.visit_none(),
            some => visitor.visit_some(some),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match self {
            Self::Text(text) | Self::InQuery(text) => visitor.visit_enum(text.into_deserializer()),
            other => other.deserialize_any(visitor),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self {
            Self::List(pieces) => visit_list(pieces, visitor),
            other => other.deserialize_any(visitor),
        }
    }

    /// A name, as of a variant: serde would take its position, too.
    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self {
            Self::Text(text) | Self::InQuery(text) => visitor.visit_string(text),
            other => Err(de::Error::invalid_type(other.unexpected(), &visitor)),
        }
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let Self::InQuery(text) = &self else {
            return self.deserialize_any(visitor);
        };
        let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        match text.parse() {
            Ok(number) if is_number => visitor.visit_u64(number),
            _ if is_number => Err(Fault::Range(text.chars().take(40).collect())),
            _ => Err(de::Error::invalid_type(Unexpected::Str(text), &visitor)),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u128 f32 f64 char str string bytes byte_buf unit unit_struct tuple
        tuple_struct map struct ignored_any
    }
}
