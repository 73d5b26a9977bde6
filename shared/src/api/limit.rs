use serde::{Deserialize, Deserializer, Serialize};

/// How many items of a list to read at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Limit(u16);

/// A number is out of the range of [`Limit`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} is not a number from 1 to {most}", most = Limit::MOST)]
pub struct LimitError(u64);

impl Limit {
    /// The most.
    pub const MOST: u16 = 200;

    /// From 1 to [`Limit::MOST`].
    pub fn parse(number: u64) -> Result<Self, LimitError> {
        u16::try_from(number)
            .ok()
            .filter(|number| (1..=Self::MOST).contains(number))
            .map(Self)
            .ok_or(LimitError(number))
    }

    /// The number.
    pub const fn get(self) -> u16 {
        self.0
    }
}

impl Default for Limit {
    fn default() -> Self {
        Self(50)
    }
}

impl<'de> Deserialize<'de> for Limit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = u64::deserialize(deserializer)?;
        Self::parse(number).map_err(serde::de::Error::custom)
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Limit {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::Integer)
            .minimum(Some(1))
            .maximum(Some(usize::from(Self::MOST)))
            .default(Some(serde_json::json!(Self::default().get())))
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Limit {}
