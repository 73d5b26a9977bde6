//! Which rows are selected.

/// A set of rows, a bit each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    words: Vec<u64>,
    count: usize,
    /// Where the last selection without Shift was made: Shift selects from here.
    anchor: Option<usize>,
}

impl Selection {
    /// Nothing of `rows` rows.
    pub fn none(rows: usize) -> Self {
        Self {
            words: vec![0; rows.div_ceil(64)],
            count: 0,
            anchor: None,
        }
    }

    pub fn count(&self) -> usize {
        self.count
    }

    pub fn contains(&self, row: usize) -> bool {
        self.words[row / 64] >> (row % 64) & 1 == 1
    }

    /// Selects a row, or takes it out.
    pub fn set(&mut self, row: usize, selected: bool) {
        if self.contains(row) != selected {
            self.words[row / 64] ^= 1 << (row % 64);
            self.count = if selected {
                self.count + 1
            } else {
                self.count - 1
            };
        }
    }

    /// Turns one row, and remembers it as the start of ranges.
    pub fn toggle(&mut self, row: usize) {
        self.set(row, !self.contains(row));
        self.anchor = Some(row);
    }

    /// Selects all rows shown between the last row turned and `row`, in the order in which they are `shown`.
    pub fn extend_to(&mut self, row: usize, shown: &[u32], selectable: impl Fn(usize) -> bool) {
        let place = |row: usize| shown.iter().position(|other| *other as usize == row);
        let Some(end) = place(row) else { return };
        let start = self.anchor.and_then(place).unwrap_or(end);
        for row in &shown[start.min(end)..=start.max(end)] {
            let row = *row as usize;
            if selectable(row) {
                self.set(row, true);
            }
        }
        self.anchor.get_or_insert(row);
    }

    pub fn clear(&mut self) {
        self.words.fill(0);
        self.count = 0;
        self.anchor = None;
    }

    /// The selected rows, ascending.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.words.iter().enumerate().flat_map(|(index, word)| {
            (0..64)
                .filter(move |bit| word >> bit & 1 == 1)
                .map(move |bit| index * 64 + bit)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_follows_the_order_shown_and_leaves_out_what_cannot_be_selected() {
        let mut selection = Selection::none(100);
        selection.toggle(70);
        selection.extend_to(3, &[9, 70, 5, 64, 3, 1], |row| row != 5);
        assert_eq!(selection.iter().collect::<Vec<_>>(), [3, 64, 70]);
        assert_eq!(selection.count(), 3);
    }

    #[test]
    fn a_row_set_twice_counts_once() {
        let mut selection = Selection::none(2);
        selection.set(1, true);
        selection.set(1, true);
        assert_eq!(selection.count(), 1);
        selection.clear();
        assert_eq!(selection.iter().count(), 0);
    }
}
