//! Days between which something happened, as two fields give them.

use sluice_shared::instant::UtcTime;

/// From the beginning of one day to the end of another, in UTC; each may be open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DayRange {
    from: Option<UtcTime>,
    /// The first instant after it.
    end: Option<UtcTime>,
}

impl DayRange {
    /// Reads the days of an address, `2026-11-03`; what is no day leaves its side open.
    pub fn parse(from: Option<&str>, to: Option<&str>) -> Self {
        Self {
            from: from.and_then(beginning),
            end: to
                .and_then(beginning)
                .map(|day| day.plus(time::Duration::DAY)),
        }
    }

    /// Whether its last day comes before its first: nothing lies in it.
    pub fn is_backwards(self) -> bool {
        self.from
            .zip(self.end)
            .is_some_and(|(from, end)| end <= from)
    }

    /// Whether it lies in it.
    pub fn has(self, at: UtcTime) -> bool {
        self.from.is_none_or(|from| from <= at) && self.end.is_none_or(|end| at < end)
    }
}

fn beginning(day: &str) -> Option<UtcTime> {
    UtcTime::parse(&format!("{day}T00:00:00Z")).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn both_days_count_from_their_beginning_to_their_end() {
        let days = DayRange::parse(Some("2026-11-03"), Some("2026-11-04"));
        let has = |text| days.has(UtcTime::parse(text).unwrap());
        assert!(!has("2026-11-02T23:59:59Z"));
        assert!(has("2026-11-03T00:00:00Z"));
        assert!(has("2026-11-04T23:59:59Z"));
        assert!(!has("2026-11-05T00:00:00Z"));
    }

    #[test]
    fn a_last_day_before_the_first_is_backwards_and_what_is_no_day_is_not() {
        let is_backwards = |from, to| DayRange::parse(Some(from), Some(to)).is_backwards();
        assert!(is_backwards("2026-11-04", "2026-11-03"));
        assert!(!is_backwards("2026-11-03", "2026-11-03"));
        assert!(!is_backwards("20266-11-03", "2026-11-03"));
        assert!(!is_backwards("abc", "2026-11-03"));
    }

    #[test]
    fn a_side_without_a_day_is_open() {
        let at = UtcTime::parse("2026-11-03T12:00:00Z").unwrap();
        assert!(DayRange::parse(None, None).has(at));
        assert!(DayRange::parse(Some("2026-11-03"), None).has(at));
        assert!(!DayRange::parse(None, Some("2026-11-02")).has(at));
        assert!(DayRange::parse(Some("yesterday"), Some("")).has(at));
    }
}
