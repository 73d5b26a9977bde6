use base64ct::{Base64, Encoding};
use serde::{Deserialize, Serialize};

/// Bytes that travel in JSON as padded base64 (RFC 4648, section 4).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, format = Byte))]
#[serde(try_from = "String", into = "String")]
pub struct Base64Bytes(pub Vec<u8>);

impl TryFrom<String> for Base64Bytes {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Base64::decode_vec(&text)
            .map(Self)
            .map_err(|_| "is not base64 with padding".to_owned())
    }
}

impl From<Base64Bytes> for String {
    fn from(bytes: Base64Bytes) -> Self {
        Base64::encode_string(&bytes.0)
    }
}
