//! Numbers as people read them.

/// A whole number with its thousands set apart: `1,000,000`. On screen only, never in files.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place) % 3 == 0 {
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
    format!("{} {}", grouped(number), if number == 1 { one } else { more })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        let texts = [0, 999, 1_000, 999_999_999_999_999].map(grouped);
        assert_eq!(texts, ["0", "999", "1,000", "999,999,999,999,999"]);
    }
}
