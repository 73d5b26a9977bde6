//! Submission references: what a person reads out over the telephone.

use std::fmt;

use super::text_form;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The reference of a submission: 80 random bits in Crockford's base 32, four groups of four: `4F7K-2M9Q-XW3T-8HBD`.
///
/// Reading forgives case, missing or misplaced hyphens, spaces, and the look-alikes O (0), I and L (1).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SubmissionId(u128);

/// Why a text is not a submission reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SubmissionIdError {
    /// Not 16 letters and digits.
    #[error("has {0} letters and digits; a reference has 16")]
    Length(usize),
    /// A letter or sign that references do not use.
    #[error("has {0:?} in it, which references do not use")]
    Character(char),
}

impl SubmissionId {
    /// The reference made of these random bytes.
    pub fn from_random(bytes: [u8; 10]) -> Self {
        Self(
            bytes
                .iter()
                .fold(0, |value, byte| value << 8 | u128::from(*byte)),
        )
    }

    /// Reads the text form, forgiving what people change when they copy by hand.
    pub fn parse(text: &str) -> Result<Self, SubmissionIdError> {
        let mut value = 0_u128;
        let mut count = 0;
        for character in text.chars().filter(|c| !matches!(c, '-' | ' ')) {
            let digit = digit_of(character).ok_or(SubmissionIdError::Character(character))?;
            count += 1;
            if count <= 16 {
                value = value << 5 | digit;
            }
        }
        if count == 16 {
            Ok(Self(value))
        } else {
            Err(SubmissionIdError::Length(count))
        }
    }
}

fn digit_of(character: char) -> Option<u128> {
    let plain = match character.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    ALPHABET
        .iter()
        .zip(0..)
        .find(|(letter, _)| char::from(**letter) == plain)
        .map(|(_, value)| value)
}

impl fmt::Display for SubmissionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for place in 0..16 {
            if place > 0 && place % 4 == 0 {
                f.write_str("-")?;
            }
            let digit = (self.0 >> (75 - 5 * place)) & 31;
            let letter = usize::try_from(digit).map_or(b'0', |digit| ALPHABET[digit]);
            write!(f, "{}", char::from(letter))?;
        }
        Ok(())
    }
}

impl fmt::Debug for SubmissionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

text_form!(
    SubmissionId,
    SubmissionIdError,
    "The reference of a submission",
    "4F7K-2M9Q-XW3T-8HBD",
    "^[- ]*([0-9A-TV-Za-tv-z][- ]*){16}$"
);
