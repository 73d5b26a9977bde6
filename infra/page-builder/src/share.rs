//! Which of the files that parts share become one.
//!
//! The cut makes a file for every set of parts that share something: with a dozen parts that is hundreds, most of some hundred bytes. A
//! browser fetches a file more quickly than two, and compresses it better; but what is put together is fetched by every part that needs
//! either. So two become one for as long as that costs less than a file.

use std::collections::BTreeMap;

/// What as many parts of the page share goes into the main file: nearly everybody needs it, and there it compresses best. Fewer, and what is
/// seen first grows by what it does not need itself; more, and each part by what most parts have.
const MOST: u64 = 17;

/// What fetching a file costs, in bytes of code before compression: its headers, its own tables, what it compresses worse.
const PER_FILE: u64 = 2_000;

/// A file, or several that become one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Shared {
    /// The files' stems, in order.
    pub(crate) files: Vec<String>,
    /// Bytes of all of them.
    size: u64,
    /// The parts that fetch it.
    parts: PartSet,
}

/// Some of the parts, a bit each: two files are compared a hundred thousand times.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct PartSet(Vec<u64>);

impl PartSet {
    fn add(&mut self, part: usize) {
        let (word, bit) = (part / 64, part % 64);
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << bit;
    }

    fn len(&self) -> u64 {
        self.0.iter().map(|word| u64::from(word.count_ones())).sum()
    }

    fn len_with(&self, other: &Self) -> u64 {
        self.words_with(other)
            .map(|word| u64::from(word.count_ones()))
            .sum()
    }

    fn words_with(&self, other: &Self) -> impl Iterator<Item = u64> {
        let word = |words: &[u64], place: usize| words.get(place).copied().unwrap_or_default();
        let places = 0..self.0.len().max(other.0.len());
        places.map(move |place| word(&self.0, place) | word(&other.0, place))
    }
}

impl Shared {
    /// Files that become one, where their sizes do not matter.
    #[cfg(test)]
    pub(crate) fn by_files(files: &[&str]) -> Self {
        Self {
            files: files.iter().map(|file| (*file).to_owned()).collect(),
            size: 0,
            parts: PartSet::default(),
        }
    }

    fn with(&self, other: &Self) -> Self {
        let mut files = [&self.files[..], &other.files[..]].concat();
        files.sort();
        Self {
            files,
            size: self.size + other.size,
            parts: PartSet(self.parts.words_with(&other.parts).collect()),
        }
    }

    fn cost(&self) -> u64 {
        self.parts.len() * (self.size + PER_FILE)
    }
}

/// Where the files that parts share go.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Sharing {
    /// Into the main file.
    pub(crate) main: Vec<String>,
    /// Each a file.
    pub(crate) files: Vec<Shared>,
}

/// Puts files together. `parts` says of each part which files it fetches, `size` how large each is; files of one part stay as they are.
pub(crate) fn put_together(
    parts: &BTreeMap<String, Vec<String>>,
    size: impl Fn(&str) -> u64,
) -> Sharing {
    let mut users: BTreeMap<&str, PartSet> = BTreeMap::new();
    for (part, files) in parts.values().enumerate() {
        for file in files {
            users.entry(file).or_default().add(part);
        }
    }
    let (main, users): (BTreeMap<_, _>, BTreeMap<_, _>) = users
        .into_iter()
        .partition(|(_, parts)| parts.len() >= MOST);
    let mut shared: Vec<Shared> = users
        .into_iter()
        .filter(|(_, parts)| parts.len() > 1)
        .map(|(file, parts)| Shared {
            files: vec![file.to_owned()],
            size: size(file),
            parts,
        })
        .collect();
    while let Some((one, other)) = best_pair(&shared) {
        let together = shared[one].with(&shared[other]);
        shared.swap_remove(other.max(one));
        shared.swap_remove(other.min(one));
        shared.push(together);
    }
    shared.sort_by(|one, other| one.files.cmp(&other.files));
    Sharing {
        main: main.into_keys().map(str::to_owned).collect(),
        files: shared,
    }
}

/// The two that save most as one, if any two do.
fn best_pair(shared: &[Shared]) -> Option<(usize, usize)> {
    let mut best: Option<(u64, usize, usize)> = None;
    for (one, first) in shared.iter().enumerate() {
        for (other, second) in shared.iter().enumerate().skip(one + 1) {
            let parts = first.parts.len_with(&second.parts);
            let together = parts * (first.size + second.size + PER_FILE);
            let saved = (first.cost() + second.cost()).saturating_sub(together);
            if saved > best.map_or(0, |(most, ..)| most) {
                best = Some((saved, one, other));
            }
        }
    }
    best.map(|(_, one, other)| (one, other))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sharing(files: &[(&str, u64, &[&str])]) -> Sharing {
        let mut parts: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (file, _, users) in files {
            for part in *users {
                let fetched = parts.entry((*part).to_owned()).or_default();
                fetched.push((*file).to_owned());
            }
        }
        let size = |wanted: &str| {
            let found = files.iter().find(|(file, ..)| *file == wanted);
            found.map_or(0, |(_, size, _)| *size)
        };
        put_together(&parts, size)
    }

    fn groups(files: &[(&str, u64, &[&str])]) -> Vec<Vec<String>> {
        let shared = sharing(files).files.into_iter();
        shared.map(|shared| shared.files).collect()
    }

    #[test]
    fn a_set_holds_more_parts_than_a_word_has_bits() {
        let (mut few, mut many) = (PartSet::default(), PartSet::default());
        few.add(3);
        for part in [3, 63, 64, 200] {
            many.add(part);
        }
        assert_eq!((few.len(), many.len()), (1, 4));
        assert_eq!((few.len_with(&many), many.len_with(&few)), (4, 4));
        few.add(65);
        assert_eq!(many.len_with(&few), 5);
    }

    #[test]
    fn what_most_parts_share_goes_into_the_main_file() {
        let most = usize::try_from(MOST).unwrap_or_default();
        let names = ('a'..).take(most).map(String::from).collect::<Vec<_>>();
        let all: Vec<&str> = names.iter().map(String::as_str).collect();
        let sharing = sharing(&[("chunk_1", 90_000, &all), ("chunk_2", 90_000, &all[1..])]);
        assert_eq!(sharing.main, ["chunk_1"]);
        assert_eq!(sharing.files.len(), 1);
    }

    #[test]
    fn small_files_of_like_parts_become_one() {
        let small: &[(&str, u64, &[&str])] = &[
            ("a", 100, &["send", "help"]),
            ("b", 200, &["send", "help", "review"]),
        ];
        assert_eq!(groups(small), [["a", "b"]]);
    }

    #[test]
    fn no_part_is_made_to_fetch_a_large_file_of_others() {
        let large: &[(&str, u64, &[&str])] = &[
            ("a", 90_000, &["send", "check"]),
            ("b", 90_000, &["send", "help"]),
        ];
        assert_eq!(groups(large), [["a"], ["b"]]);
    }

    #[test]
    fn the_file_of_one_part_stays_its_own() {
        assert_eq!(
            groups(&[("split_help", 10, &["help"])]),
            <[[&str; 1]; 0]>::default()
        );
    }
}
