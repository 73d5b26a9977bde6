//! Looking for words in a list.

/// What somebody looks for: words that all have to be found, in any order and case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    words: Vec<String>,
}

impl Search {
    /// Reads what was typed.
    pub fn parse(typed: Option<&str>) -> Self {
        let typed = typed.unwrap_or_default();
        Self {
            words: typed.split_whitespace().map(plain).collect(),
        }
    }

    /// Whether each word is in one of the texts. Hyphens do not count: references and User IDs are copied with and without them.
    pub fn finds(&self, texts: &[&str]) -> bool {
        let texts: Vec<String> = texts.iter().map(|text| plain(text)).collect();
        self.words
            .iter()
            .all(|word| texts.iter().any(|text| text.contains(word.as_str())))
    }
}

fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| *c != '-')
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_to_be_in_one_of_the_texts() {
        let texts = ["4F7K-2M9Q-XW3T-8HBD", "ADT_large-supplier_20261121.csv"];
        for (typed, found) in [
            ("", true),
            ("4f7k-2m9q", true),
            ("4f7k2m9q", true),
            ("LARGE-supplier", true),
            ("20261121 4F7K", true),
            ("20261121 network", false),
            ("20261122", false),
        ] {
            assert_eq!(Search::parse(Some(typed)).finds(&texts), found, "{typed}");
        }
        assert!(Search::parse(None).finds(&[]));
    }
}
