//! Which decisions of an event are in a submission already: they look sent, and are nobody's to choose until it is settled.

use super::{Choice, Choices};

/// What was sent of each row: as it was decided, or [`Choice::Hold`] where only that it was is known. Nothing for rows that were not sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SentRows {
    of: Vec<Option<Choice>>,
    count: usize,
}

impl SentRows {
    /// What was sent of a row.
    pub fn get(&self, row: usize) -> Option<Choice> {
        self.of.get(row).copied().flatten()
    }

    /// How many rows were sent.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Adds the choices of a file that was sent.
    pub fn add(&mut self, file: &Choices) {
        for row in 0..file.len() {
            match file.get(row) {
                Choice::Hold => {}
                choice => self.set(row, choice),
            }
        }
    }

    /// Adds rows of which it is known that they were sent, and `choice` where it is known what was decided.
    pub fn add_rows(&mut self, rows: impl IntoIterator<Item = usize>, choice: Choice) {
        for row in rows {
            if self.get(row).is_none() {
                self.set(row, choice);
            }
        }
    }

    /// The kept form of choices, with what was sent among them: it is there to be chosen again, should the submission fail.
    #[must_use]
    pub fn among(&self, choices: &Choices) -> Vec<u8> {
        let mut bytes = choices.to_bytes();
        for (row, byte) in bytes.iter_mut().enumerate() {
            if let Some(choice) = self.get(row) {
                *byte = choice as u8;
            }
        }
        bytes
    }

    fn set(&mut self, row: usize, choice: Choice) {
        if self.of.len() <= row {
            self.of.resize(row + 1, None);
        }
        if self.of[row].replace(choice).is_none() {
            self.count += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sent_is_kept_beside_what_is_chosen() {
        let mut file = Choices::none(4);
        file.choose([1, 2], Choice::Delete);
        let mut sent = SentRows::default();
        sent.add(&file);
        sent.add_rows([2], Choice::Hold);
        assert_eq!((sent.count(), sent.get(2)), (2, Some(Choice::Delete)));
        let mut choices = Choices::none(4);
        choices.choose([3], Choice::Release);
        assert_eq!(sent.among(&choices), [0, 2, 2, 1]);
    }
}
