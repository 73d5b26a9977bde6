use serde::{Deserialize, Serialize};

use super::{Counts, HeldState, PAGE_ROWS};
use crate::identifiers::SubmissionId;
use crate::instant::UtcTime;

const RELEASE: u8 = 1;
const DELETE: u8 = 2;

/// What is decided about the communications of one page, by position: two bits each, 2 KiB for a full page.
///
/// The same form says what one submission decides on a page: there, `Held` means that it leaves the row alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageDecisions {
    rows: usize,
    bits: Vec<u8>,
}

/// Why bytes are not the decisions of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the stored decisions of a page of {rows} communications are damaged")]
pub struct DecisionsDamage {
    /// How many rows the page has.
    pub rows: usize,
}

/// One submission's decisions on one page, once they are recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageShare {
    /// The submission that decided.
    pub submission: SubmissionId,
    /// When its decisions were recorded.
    pub decided_at: UtcTime,
    /// What it decided.
    pub decisions: PageDecisions,
}

/// What recording a submission's decisions on a page comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deciding {
    /// The page's decisions are to become these.
    Change(PageDecisions),
    /// They were recorded before: there is nothing to do.
    Done,
}

/// Why a submission's decisions cannot be recorded on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum CannotDecide {
    /// Somebody else's decision about this row came first.
    #[error("row {position} of the page is decided already")]
    Taken {
        /// The position on the page.
        position: usize,
    },
    /// The same submission recorded other decisions on this page before.
    #[error("the submission recorded other decisions on this page before")]
    Different,
    /// They are for a page with another number of rows.
    #[error("the decisions are for another page")]
    OtherPage,
}

impl PageDecisions {
    /// Everything held, on a page of so many rows.
    ///
    /// # Panics
    /// When there are more rows than a page has.
    pub fn held(rows: usize) -> Self {
        assert!(rows <= PAGE_ROWS, "a page has at most {PAGE_ROWS} rows");
        Self {
            rows,
            bits: vec![0; rows.div_ceil(4)],
        }
    }

    /// Reads the stored form for a page of so many rows.
    pub fn decode(rows: usize, bytes: &[u8]) -> Result<Self, DecisionsDamage> {
        let decisions = Self {
            rows,
            bits: bytes.to_vec(),
        };
        let both_bits_somewhere = bytes
            .iter()
            .any(|byte| byte & (byte >> 1) & 0b0101_0101 != 0);
        let used_in_last = rows % 4 * 2;
        let padding = bytes
            .last()
            .is_some_and(|last| used_in_last != 0 && last >> used_in_last != 0);
        if rows > PAGE_ROWS || bytes.len() != rows.div_ceil(4) || both_bits_somewhere || padding {
            return Err(DecisionsDamage { rows });
        }
        Ok(decisions)
    }

    /// The stored form: four rows a byte, the first in the lowest bits.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bits
    }

    /// How many rows the page has.
    pub const fn rows(&self) -> usize {
        self.rows
    }

    /// The state of the row at a position; rows that the page has not are held by nobody and decided by nobody.
    pub fn get(&self, position: usize) -> HeldState {
        let bits = self
            .bits
            .get(position / 4)
            .map_or(0, |byte| byte >> (position % 4 * 2) & 0b11);
        match bits {
            RELEASE => HeldState::Release,
            DELETE => HeldState::Delete,
            _ => HeldState::Held,
        }
    }

    /// Sets the state of the row at a position.
    ///
    /// # Panics
    /// When the page has no such row.
    pub fn set(&mut self, position: usize, state: HeldState) {
        assert!(position < self.rows, "the page has {} rows", self.rows);
        let shift = position % 4 * 2;
        let bits = match state {
            HeldState::Held => 0,
            HeldState::Release => RELEASE,
            HeldState::Delete => DELETE,
        };
        let byte = &mut self.bits[position / 4];
        *byte = *byte & !(0b11 << shift) | bits << shift;
    }

    /// How many rows stand where.
    pub fn counts(&self) -> Counts {
        let ones = |mask: u8| {
            self.bits
                .iter()
                .map(|byte| u64::from((byte & mask).count_ones()))
                .sum::<u64>()
        };
        let release = ones(0b0101_0101);
        let delete = ones(0b1010_1010);
        Counts {
            held: self.rows as u64 - release - delete,
            release,
            delete,
        }
    }

    /// Whether nothing is decided.
    pub fn is_untouched(&self) -> bool {
        self.bits.iter().all(|byte| *byte == 0)
    }

    /// What recording one submission's decisions on this page comes to.
    ///
    /// `recorded` is what the same submission recorded on this page before, if it did: with it, asking again after
    /// a crash changes nothing.
    ///
    /// # Errors
    /// [`CannotDecide`] when a row is decided already, or when the submission decided differently before.
    pub fn decide(&self, share: &Self, recorded: Option<&Self>) -> Result<Deciding, CannotDecide> {
        if share.rows != self.rows {
            return Err(CannotDecide::OtherPage);
        }
        match recorded {
            Some(recorded) if recorded == share => return Ok(Deciding::Done),
            Some(_) => return Err(CannotDecide::Different),
            None => {}
        }
        if let Some(position) = self.first_taken(share) {
            return Err(CannotDecide::Taken { position });
        }
        let bits = self
            .bits
            .iter()
            .zip(&share.bits)
            .map(|(old, new)| old | new)
            .collect();
        Ok(Deciding::Change(Self {
            rows: self.rows,
            bits,
        }))
    }

    /// The first row that both have decided.
    fn first_taken(&self, share: &Self) -> Option<usize> {
        let byte = self
            .bits
            .iter()
            .zip(&share.bits)
            .position(|(old, new)| any_bit(*old) & any_bit(*new) != 0)?;
        let shared = any_bit(self.bits[byte]) & any_bit(share.bits[byte]);
        Some(byte * 4 + shared.trailing_zeros() as usize / 2)
    }
}

/// The lower bit of each pair set where the pair is not zero.
const fn any_bit(byte: u8) -> u8 {
    (byte | byte >> 1) & 0b0101_0101
}
