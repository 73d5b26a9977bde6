//! The domain's words, made into what stands by itself on a page.

/// With a capital first.
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// A sentence: a capital first, a full stop last.
pub fn sentence(words: &str) -> String {
    let end = if words.ends_with('.') { "" } else { "." };
    capital(words) + end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_begins_and_ends_as_one_whatever_it_was() {
        for words in ["keep it short", "Keep it short", "keep it short."] {
            assert_eq!(sentence(words), "Keep it short.");
        }
        assert_eq!(capital(""), "");
    }
}
