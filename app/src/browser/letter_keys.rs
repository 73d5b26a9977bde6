//! Keys of one letter: whoever dictates, or has a tremor, presses them without meaning to, and may switch them off (WCAG 2.2, 2.1.4).

use web_sys::Storage;

/// Kept for this browser: the same person uses it tomorrow.
const OFF: &str = "sluice.letter-keys-off";

fn storage() -> Option<Storage> {
    super::window().local_storage().ok().flatten()
}

/// Whether keys of one letter do anything.
pub fn letter_keys_are_on() -> bool {
    let off = storage().and_then(|storage| storage.get_item(OFF).ok().flatten());
    off.is_none()
}

/// Switches them on or off. Where storage is refused they stay on.
pub fn switch_letter_keys(on: bool) {
    let Some(storage) = storage() else { return };
    let _ = if on {
        storage.remove_item(OFF)
    } else {
        storage.set_item(OFF, "yes")
    };
}

/// Whether a key is one letter, digit or sign, as a key event names it.
pub fn is_letter_key(key: &str) -> bool {
    let mut characters = key.chars();
    characters.next().is_some_and(|character| character != ' ') && characters.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_key_is_one_character() {
        for key in ["r", "R", "?", "é"] {
            assert!(is_letter_key(key), "{key}");
        }
        for key in ["Enter", "ArrowDown", "Escape", "F2", " ", ""] {
            assert!(!is_letter_key(key), "{key}");
        }
    }
}
