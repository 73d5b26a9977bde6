//! The service's clock, read on this computer's steady one, which no correction of the time of day moves.

use crate::components::minutes_in_words;
use sluice_shared::instant::UtcTime;
use time::Duration;

/// As far as clocks may be apart before anybody is told.
const TOLERATED: Duration = Duration::minutes(2);

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Clock {
    told: UtcTime,
    /// When that was, in steady milliseconds.
    at: f64,
}

impl Clock {
    /// A clock that told the time somewhere between a question and its answer, both in steady milliseconds.
    pub fn told(told: UtcTime, asked: f64, answered: f64) -> Self {
        Self {
            told,
            at: f64::midpoint(asked, answered),
        }
    }

    pub fn now(&self, steady: f64) -> UtcTime {
        self.told.plus(self.since(steady))
    }

    /// How long ago the service told it, in milliseconds.
    pub fn age(&self, steady: f64) -> f64 {
        steady - self.at
    }

    /// What to say when the computer's clock is another, by more than can be passed over.
    pub fn apart(&self, steady: f64, computer: UtcTime) -> Option<String> {
        let ahead = computer.since(self.now(steady));
        if ahead.abs() <= TOLERATED {
            return None;
        }
        let side = if ahead.is_positive() {
            "ahead of"
        } else {
            "behind"
        };
        Some(format!(
            "The clock of this computer is {} {side} the service's. The service's clock counts: files are checked and signed by it \
             here. Set this computer's clock before you sign anywhere else.",
            minutes_in_words((ahead.abs() + Duration::seconds(30)).whole_minutes())
        ))
    }

    fn since(&self, steady: f64) -> Duration {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "as long as a page is open is far below 2^53"
        )]
        let millis = self.age(steady).round() as i64;
        Duration::milliseconds(millis)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn at(text: &str) -> UtcTime {
        UtcTime::parse(text).unwrap()
    }

    fn clock() -> Clock {
        Clock::told(at("2026-11-03T12:00:00Z"), 1_000.0, 1_400.0)
    }

    #[test]
    fn it_goes_on_with_the_steady_clock() {
        assert_eq!(clock().now(1_200.0), at("2026-11-03T12:00:00Z"));
        assert_eq!(clock().now(61_200.0), at("2026-11-03T12:01:00Z"));
    }

    #[test]
    fn up_to_two_minutes_are_passed_over() {
        for computer in [
            "2026-11-03T11:58:00Z",
            "2026-11-03T12:00:00Z",
            "2026-11-03T12:02:00Z",
        ] {
            assert_eq!(clock().apart(1_200.0, at(computer)), None);
        }
        for computer in ["2026-11-03T11:57:59Z", "2026-11-03T12:02:01Z"] {
            assert!(clock().apart(1_200.0, at(computer)).is_some());
        }
    }

    #[test]
    fn it_is_said_how_far_apart_and_on_which_side() {
        let said = |computer| clock().apart(1_200.0, at(computer)).unwrap();
        for (computer, words) in [
            (
                "2026-11-03T12:06:59Z",
                "is 7 minutes ahead of the service's",
            ),
            ("2026-11-03T09:00:00Z", "is 3 hours behind the service's"),
            ("2026-11-10T12:00:00Z", "is 7 days ahead of the service's"),
        ] {
            assert!(said(computer).contains(words), "{}", said(computer));
        }
    }
}
