//! What every identifier has in common: `FromStr`, JSON as text, and a description for OpenAPI.

/// Gives a type with `parse(&str)` and `Display` its `FromStr`, its serde form and its OpenAPI description.
macro_rules! text_form {
    ($type:ident, $error:ty, $description:literal, $example:literal, $pattern:expr) => {
        impl std::str::FromStr for $type {
            type Err = $error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::parse(text)
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text =
                    <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(deserializer)?;
                Self::parse(&text)
                    .map_err(|error| serde::de::Error::custom(format!("{text:?} {error}")))
            }
        }

        $crate::identifiers::text_schema!($type, $description, $example, $pattern);
    };
}

/// What the `OpenAPI` document says of a text: `$pattern` (ECMA 262) matches what is read, and nothing else as far as a pattern can
/// say that.
macro_rules! text_schema {
    ($type:ident, $description:literal, $example:literal, $pattern:expr) => {
        #[cfg(feature = "openapi")]
        impl utoipa::PartialSchema for $type {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .description(Some($description))
                    .pattern(Some($pattern))
                    .examples([$example])
                    .into()
            }
        }

        #[cfg(feature = "openapi")]
        impl utoipa::ToSchema for $type {
            fn name() -> std::borrow::Cow<'static, str> {
                std::borrow::Cow::Borrowed(stringify!($type))
            }
        }
    };
}

pub(crate) use {text_form, text_schema};
