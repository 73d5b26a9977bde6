//! Which row has which communication.

/// The rows by the hash of their communication. Who asks knows the rows themselves, and tells which of the same hash is the same.
///
/// A table of our own since it has to be looked at in two steps. At a million rows it is in no cache: a look costs more than all else
/// that is done to a row. [`RowIndex::touch`] asks for many places at a time, so that their memory is waited for once, and each place
/// is one number, where `hashbrown` looks at two. That made reading a large file a quarter quicker in the browser.
#[derive(Debug, Default)]
pub(super) struct RowIndex {
    /// Hash above, row below, as [`RowIndex::slot`] makes it; 0: free. As many as a power of two, at most half of them taken.
    slots: Vec<u64>,
    taken: usize,
}

impl RowIndex {
    /// Makes room for so many rows: else all are put elsewhere each time it doubles.
    pub(super) fn reserve(&mut self, rows: usize) {
        let wanted = (2 * rows).next_power_of_two();
        if wanted > self.slots.len() {
            let before = std::mem::replace(&mut self.slots, vec![0; wanted]);
            for slot in before.into_iter().filter(|slot| *slot != 0) {
                let free = self
                    .places(hash_of(slot))
                    .find(|place| self.slots[*place] == 0);
                self.slots[free.expect("half of them are free")] = slot;
            }
        }
    }

    /// Has the memory brought that looking for these hashes will need.
    pub(super) fn touch(&self, hashes: impl Iterator<Item = u32>) {
        let places = hashes.filter_map(|hash| self.places(hash).next());
        // Nothing follows from what is there; without the hint the compiler would see that.
        std::hint::black_box(places.fold(0, |all, place| all | self.slots[place]));
    }

    /// Adds a row, unless there is one of this hash that is the `same`: then answers that one.
    pub(super) fn add(&mut self, hash: u32, row: u32, same: impl Fn(u32) -> bool) -> Option<u32> {
        self.reserve(self.taken + 1);
        for place in self.places(hash) {
            let slot = self.slots[place];
            if slot == 0 {
                self.slots[place] = (u64::from(hash) << 32) | (u64::from(row) + 1);
                self.taken += 1;
                return None;
            }
            if hash_of(slot) == hash && same(row_of(slot)) {
                return Some(row_of(slot));
            }
        }
        None
    }

    /// Where a row of this hash may be: from the first place on, until one is free.
    fn places(&self, hash: u32) -> impl Iterator<Item = usize> + use<> {
        let mask = self.slots.len().wrapping_sub(1);
        (0..self.slots.len()).map(move |step| (hash as usize).wrapping_add(step) & mask)
    }
}

fn hash_of(slot: u64) -> u32 {
    (slot >> 32) as u32
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "it was put there from 32 bits"
)]
fn row_of(slot: u64) -> u32 {
    (slot as u32).wrapping_sub(1)
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::RowIndex;

    proptest! {
        /// Hashes that collide, wrap around at the end and are 0 are among them.
        #[test]
        fn the_first_row_of_each_value_is_found_whatever_their_hashes(
            rows in vec((prop_oneof![0..4_u32, u32::MAX - 3..=u32::MAX], 0..6_u32), 0..200),
            reserved in 0..64_usize,
        ) {
            let mut index = RowIndex::default();
            index.reserve(reserved);
            let mut firsts = HashMap::new();
            for (row, value) in (0..).zip(&rows) {
                index.touch(rows.iter().map(|(hash, _)| *hash));
                let known = index.add(value.0, row, |other| rows[other as usize] == *value);
                let first = *firsts.entry(*value).or_insert(row);
                prop_assert_eq!(known, (first != row).then_some(first));
            }
        }
    }
}
