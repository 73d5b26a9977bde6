//! How much a threshold has grown, as an exact fraction.

use std::fmt;

use crate::identifiers::text_form;

/// A factor of at least 1, as a fraction in lowest terms; written `3/2`.
///
/// Exact as long as both terms fit 64 bits; beyond that it is rounded up, so that growth is never understated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Growth {
    num: u64,
    den: u64,
}

/// Why a text is not a growth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is not a fraction of at least 1, such as 3/2")]
pub struct GrowthError;

impl Growth {
    /// No growth.
    pub const ONE: Self = Self { num: 1, den: 1 };

    /// From nothing to something; also what every larger growth is rounded to.
    pub const UNBOUNDED: Self = Self {
        num: u64::MAX,
        den: 1,
    };

    /// The growth from `old` to `new`: 1 when it is no raise.
    pub fn between(old: u128, new: u128) -> Self {
        if new <= old {
            Self::ONE
        } else if old == 0 {
            Self::UNBOUNDED
        } else {
            Self::rounded_up(new, old)
        }
    }

    /// Reads `3/2`.
    pub fn parse(text: &str) -> Result<Self, GrowthError> {
        let (num, den) = text.split_once('/').ok_or(GrowthError)?;
        let (num, den): (u64, u64) = (
            num.parse().map_err(|_| GrowthError)?,
            den.parse().map_err(|_| GrowthError)?,
        );
        if den == 0 || num < den {
            return Err(GrowthError);
        }
        Ok(Self::rounded_up(num.into(), den.into()))
    }

    /// This growth and another one after it.
    #[must_use]
    pub fn times(self, other: Self) -> Self {
        Self::rounded_up(
            u128::from(self.num) * u128::from(other.num),
            u128::from(self.den) * u128::from(other.den),
        )
    }

    /// Whether it is more than this factor.
    pub fn exceeds(self, factor: u64) -> bool {
        u128::from(self.num) > u128::from(self.den) * u128::from(factor)
    }

    /// The form in a sentence, to two decimals, rounded up: "1.34".
    pub fn in_words(self) -> String {
        let hundredths = (u128::from(self.num) * 100).div_ceil(u128::from(self.den));
        let (whole, rest) = (hundredths / 100, hundredths % 100);
        match (rest / 10, rest % 10) {
            (0, 0) => whole.to_string(),
            (tenths, 0) => format!("{whole}.{tenths}"),
            _ => format!("{whole}.{rest:02}"),
        }
    }

    /// The fraction in lowest terms; `den` is not 0, and `num` is no less.
    fn rounded_up(num: u128, den: u128) -> Self {
        let divisor = gcd(num, den);
        let (mut num, mut den) = (num / divisor, den / divisor);
        while num > u128::from(u64::MAX) {
            num = num.div_ceil(2);
            den /= 2;
        }
        match (u64::try_from(num), u64::try_from(den)) {
            (Ok(num), Ok(den)) if den > 0 => Self { num, den },
            _ => Self::UNBOUNDED,
        }
    }
}

impl Ord for Growth {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let left = u128::from(self.num) * u128::from(other.den);
        left.cmp(&(u128::from(other.num) * u128::from(self.den)))
    }
}

impl PartialOrd for Growth {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Growth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.num, self.den)
    }
}

text_form!(
    Growth,
    GrowthError,
    "How much a threshold has grown: a fraction of at least 1",
    "3/2",
    "^[0-9]+/[0-9]+$"
);

fn gcd(a: u128, b: u128) -> u128 {
    if b == 0 { a } else { gcd(b, a % b) }
}
