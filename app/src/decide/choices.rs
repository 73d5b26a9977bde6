//! What has been chosen for each row, with undo and redo until it is submitted.

use crate::components::{counted, grouped_count};
use sluice_shared::files::Action;

/// What is to become of a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Choice {
    /// Nothing chosen: it is kept held.
    #[default]
    Hold = 0,
    Release = 1,
    Delete = 2,
}

impl Choice {
    /// As it stands in the file; none for rows that are left out.
    pub const fn action(self) -> Option<Action> {
        match self {
            Self::Hold => None,
            Self::Release => Some(Action::Release),
            Self::Delete => Some(Action::Delete),
        }
    }

    const fn from_byte(byte: u8) -> Self {
        match byte {
            1 => Self::Release,
            2 => Self::Delete,
            _ => Self::Hold,
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub release: usize,
    pub delete: usize,
}

impl Tally {
    /// Rows with a choice.
    pub const fn decided(self) -> usize {
        self.release + self.delete
    }
}

/// What a step back or forth came to: how many rows are now what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Played {
    pub held: usize,
    pub release: usize,
    pub delete: usize,
}

impl Played {
    fn count(&mut self, choice: Choice) {
        *match choice {
            Choice::Hold => &mut self.held,
            Choice::Release => &mut self.release,
            Choice::Delete => &mut self.delete,
        } += 1;
    }

    /// `2 communications are held again, 1 is to be deleted again`; `again` stands after each. Nothing where nothing changed.
    pub fn in_words(self, again: &str) -> Option<String> {
        let parts = [
            (self.held, "held"),
            (self.release, "to be released"),
            (self.delete, "to be deleted"),
        ];
        let mut words: Vec<String> = Vec::new();
        for (count, what) in parts.into_iter().filter(|(count, _)| *count > 0) {
            let number = if words.is_empty() {
                counted(count as u64, "communication", "communications")
            } else {
                grouped_count(count)
            };
            let verb = if count == 1 { "is" } else { "are" };
            words.push(format!("{number} {verb} {what}{again}"));
        }
        (!words.is_empty()).then(|| words.join(", "))
    }
}

#[derive(Clone, Debug, Default)]
pub struct Choices {
    of: Vec<Choice>,
    tally: Tally,
    done: Vec<Step>,
    undone: Vec<Step>,
}

/// One change of many rows, as runs of rows that had the same choice before.
#[derive(Clone, Debug)]
struct Step {
    after: Choice,
    runs: Vec<Run>,
}

#[derive(Clone, Copy, Debug)]
struct Run {
    start: u32,
    length: u32,
    before: Choice,
}

impl Choices {
    /// Nothing chosen for `rows` rows.
    pub fn none(rows: usize) -> Self {
        Self {
            of: vec![Choice::Hold; rows],
            ..Self::default()
        }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.of.len()
    }

    pub fn is_empty(&self) -> bool {
        self.of.is_empty()
    }

    pub fn get(&self, row: usize) -> Choice {
        self.of[row]
    }

    pub fn tally(&self) -> Tally {
        self.tally
    }

    /// Chooses for all `rows` at once (ascending), as one step to undo. Returns how many that changed.
    pub fn choose(&mut self, rows: impl IntoIterator<Item = usize>, choice: Choice) -> usize {
        let mut runs: Vec<Run> = Vec::new();
        let mut changed = 0;
        for row in rows {
            let before = self.of[row];
            if before == choice {
                continue;
            }
            self.set(row, choice);
            changed += 1;
            let row = u32::try_from(row).unwrap_or(u32::MAX);
            match runs.last_mut() {
                Some(run) if run.before == before && run.start + run.length == row => {
                    run.length += 1;
                }
                _ => runs.push(Run {
                    start: row,
                    length: 1,
                    before,
                }),
            }
        }
        if changed > 0 {
            self.done.push(Step {
                after: choice,
                runs,
            });
            self.undone.clear();
        }
        changed
    }

    pub fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    pub fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// Takes the last step back.
    pub fn undo(&mut self) -> Played {
        let Some(step) = self.done.pop() else {
            return Played::default();
        };
        let changed = self.play(&step, |run| run.before);
        self.undone.push(step);
        changed
    }

    /// Does the step that was taken back last once more.
    pub fn redo(&mut self) -> Played {
        let Some(step) = self.undone.pop() else {
            return Played::default();
        };
        let after = step.after;
        let changed = self.play(&step, |_| after);
        self.done.push(step);
        changed
    }

    /// One byte a row, to be kept in the browser. Steps are not kept.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.of.iter().map(|choice| *choice as u8).collect()
    }

    /// Reads kept choices; rows that `may_choose` refuses (decided at the service meanwhile) lose theirs.
    pub fn from_bytes(bytes: &[u8], may_choose: impl Fn(usize) -> bool) -> Self {
        let mut choices = Self::none(bytes.len());
        for (row, byte) in bytes.iter().enumerate().filter(|(row, _)| may_choose(*row)) {
            choices.set(row, Choice::from_byte(*byte));
        }
        choices
    }

    fn play(&mut self, step: &Step, choice: impl Fn(&Run) -> Choice) -> Played {
        let mut played = Played::default();
        for run in &step.runs {
            let choice = choice(run);
            for row in run.start..run.start + run.length {
                self.set(row as usize, choice);
                played.count(choice);
            }
        }
        played
    }

    fn set(&mut self, row: usize, choice: Choice) {
        let before = std::mem::replace(&mut self.of[row], choice);
        for (choice, by) in [(before, usize::MAX), (choice, 1)] {
            // Adding the largest number is taking one away.
            match choice {
                Choice::Hold => {}
                Choice::Release => self.tally.release = self.tally.release.wrapping_add(by),
                Choice::Delete => self.tally.delete = self.tally.delete.wrapping_add(by),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn undo_gives_each_row_back_what_it_had() {
        let mut choices = Choices::none(6);
        choices.choose([1, 2], Choice::Delete);
        assert_eq!(choices.choose(0..6, Choice::Release), 6);
        assert_eq!(
            choices.tally(),
            Tally {
                release: 6,
                delete: 0
            }
        );
        assert_eq!(
            choices.undo().in_words(" again").as_deref(),
            Some("4 communications are held again, 2 are to be deleted again")
        );
        assert_eq!(choices.to_bytes(), [0, 2, 2, 0, 0, 0]);
        assert_eq!(
            choices.tally(),
            Tally {
                release: 0,
                delete: 2
            }
        );
        assert_eq!(
            choices.redo().in_words("").as_deref(),
            Some("6 communications are to be released")
        );
        assert_eq!(choices.to_bytes(), [1; 6]);
        assert_eq!(choices.redo().in_words(""), None);
    }

    #[test]
    fn a_new_step_forgets_what_was_undone() {
        let mut choices = Choices::none(2);
        choices.choose([0], Choice::Release);
        choices.undo();
        choices.choose([1], Choice::Delete);
        assert!(!choices.can_redo());
    }

    #[test]
    fn a_step_that_changes_nothing_is_none() {
        let mut choices = Choices::none(2);
        assert_eq!(choices.choose([0, 1], Choice::Hold), 0);
        assert!(!choices.can_undo());
    }

    #[test]
    fn kept_choices_of_decided_rows_are_dropped() {
        let mut choices = Choices::none(3);
        choices.choose(0..3, Choice::Release);
        let read = Choices::from_bytes(&choices.to_bytes(), |row| row != 1);
        assert_eq!(read.to_bytes(), [1, 0, 1]);
        assert_eq!(read.tally().release, 2);
    }
}
