//! Numbers and sizes as people read them.

use leptos::{html::span, prelude::*};

/// A whole number with its thousands set apart: `1,000,000`. On screen only, never in files.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// As [`grouped`], for counts of things in memory.
pub fn grouped_count(number: usize) -> String {
    grouped(number as u64)
}

/// A number with its noun: `1 communication`, `1,000 communications`.
pub fn counted(number: u64, one: &str, more: &str) -> String {
    format!(
        "{} {}",
        grouped(number),
        if number == 1 { one } else { more }
    )
}

/// A number in tabular figures, thousands set apart.
pub fn figure(number: u64) -> AnyView {
    span().class("app-number").child(grouped(number)).into_any()
}

/// A size in bytes, kilobytes (1,000 bytes) or megabytes: `640 bytes`, `12.4 kB`, `50.2 MB`.
pub fn size(bytes: u64) -> String {
    let tenths = |unit: u64| {
        let tenths = (bytes * 10 + unit / 2) / unit;
        format!("{}.{}", grouped(tenths / 10), tenths % 10)
    };
    match bytes {
        0..=999 => counted(bytes, "byte", "bytes"),
        1_000..=999_949 => format!("{} kB", tenths(1_000)),
        _ => format!("{} MB", tenths(1_000_000)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        let texts = [0, 999, 1_000, 999_999_999_999_999].map(grouped);
        assert_eq!(texts, ["0", "999", "1,000", "999,999,999,999,999"]);
    }

    #[test]
    fn sizes_change_their_unit_before_they_grow_long() {
        let shown = [1, 640, 12_449, 999_949, 999_950, 50_200_000].map(size);
        assert_eq!(
            shown,
            [
                "1 byte",
                "640 bytes",
                "12.4 kB",
                "999.9 kB",
                "1.0 MB",
                "50.2 MB"
            ]
        );
    }
}
