//! Where in a file something is wrong.

/// As many characters of a value as a finding shows.
const SHOWN: usize = 60;

/// A place in a file, from the whole of it down to one value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place<'a> {
    pub(super) line: Option<u64>,
    pub(super) column: Option<&'a str>,
    pub(super) value: Option<&'a [u8]>,
}

impl<'a> Place<'a> {
    /// The whole file.
    pub fn file() -> Self {
        Self::default()
    }

    /// The record that starts on this line, counted from 1.
    pub fn line(line: u64) -> Self {
        Self {
            line: Some(line),
            ..Self::default()
        }
    }

    /// The column of this name.
    #[must_use]
    pub fn column(self, column: &'a str) -> Self {
        Self {
            column: Some(column),
            ..self
        }
    }

    /// This value.
    #[must_use]
    pub fn value(self, value: &'a str) -> Self {
        self.bytes(value.as_bytes())
    }

    /// This value, which may not be text.
    #[must_use]
    pub fn bytes(self, value: &'a [u8]) -> Self {
        Self {
            value: Some(value),
            ..self
        }
    }

    pub(super) fn shortened_value(&self) -> Option<String> {
        self.value.map(shortened)
    }
}

/// The start of a value, safe to show: control characters as their pictures, bytes that are not text as �.
fn shortened(value: &[u8]) -> String {
    // Four bytes a character at most: what is cut off here would not be shown anyway.
    let head = &value[..value.len().min(4 * SHOWN + 4)];
    let text = String::from_utf8_lossy(head);
    let mut shown: String = text.chars().take(SHOWN).map(visible).collect();
    if text.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}

fn visible(character: char) -> char {
    match character {
        '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(character)).unwrap_or('�'),
        '\x7f' => '␡',
        '\u{feff}' | '\u{200b}' => '␣',
        other if other.is_control() => '�',
        other => other,
    }
}
