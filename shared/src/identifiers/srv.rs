//! Service Reference Variants.

use std::cmp::Ordering;
use std::fmt;

use super::inline_text::InlineText;
use super::text_form;

/// A Service Reference Variant: two or three numbers below 100 joined by points, such as `7.2` or `6.15.1`.
///
/// Text, never a number: `7.10` is not `7.1`. Sorts by its parts (`7.2` before `7.10`). Copied without an allocation.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Srv(InlineText<8>);

/// Why a text is not a Service Reference Variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SrvError {
    /// Not two or three numbers joined by points.
    #[error("is not two or three numbers joined by points, such as 7.2 or 6.15.1")]
    Form,
}

impl Srv {
    /// Reads the text form. That it is well formed does not mean that such a service exists: see [`crate::services`].
    pub fn parse(text: &str) -> Result<Self, SrvError> {
        let mut parts = 0;
        for part in text.split('.') {
            parts += 1;
            let digits =
                (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
            let leading_zero = part.len() == 2 && part.starts_with('0');
            if !digits || leading_zero {
                return Err(SrvError::Form);
            }
        }
        if !(2..=3).contains(&parts) {
            return Err(SrvError::Form);
        }
        InlineText::new(text.as_bytes())
            .map(Self)
            .ok_or(SrvError::Form)
    }

    /// The text, as written.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    fn parts(&self) -> impl Iterator<Item = u8> + '_ {
        self.as_str().split('.').map(|part| {
            part.bytes()
                .fold(0, |value, digit| value * 10 + (digit - b'0'))
        })
    }
}

impl Ord for Srv {
    fn cmp(&self, other: &Self) -> Ordering {
        self.parts().cmp(other.parts())
    }
}

impl PartialOrd for Srv {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Srv {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Srv {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

text_form!(
    Srv,
    SrvError,
    "A Service Reference Variant, as text",
    "6.15.1",
    r"^(0|[1-9][0-9]?)(\.(0|[1-9][0-9]?)){1,2}$"
);

/// One service, or all communications of a User ID together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SrvOrAll {
    /// All communications of the User ID; written `ALL`.
    All,
    /// Those of one Service Reference Variant.
    One(Srv),
}

impl SrvOrAll {
    /// Reads `ALL` or a Service Reference Variant.
    pub fn parse(text: &str) -> Result<Self, SrvError> {
        if text == "ALL" {
            Ok(Self::All)
        } else {
            Srv::parse(text).map(Self::One)
        }
    }

    /// The Service Reference Variant, unless it is `ALL`.
    pub fn srv(self) -> Option<Srv> {
        match self {
            Self::All => None,
            Self::One(srv) => Some(srv),
        }
    }
}

impl From<Srv> for SrvOrAll {
    fn from(srv: Srv) -> Self {
        Self::One(srv)
    }
}

impl fmt::Display for SrvOrAll {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.pad("ALL"),
            Self::One(srv) => srv.fmt(f),
        }
    }
}

text_form!(
    SrvOrAll,
    SrvError,
    "A Service Reference Variant, or ALL for the User ID's total",
    "ALL",
    r"^(ALL|(0|[1-9][0-9]?)(\.(0|[1-9][0-9]?)){1,2})$"
);
