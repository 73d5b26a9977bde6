//! Many durations, and what one says of them.

use std::time::Duration;

/// Durations in order.
#[derive(Debug, Clone, Default)]
pub struct Times(Vec<Duration>);

impl Times {
    /// The duration that `percent` of all do not exceed (nearest rank); zero if there is none.
    pub fn percentile(&self, percent: usize) -> Duration {
        let rank = (self.0.len() * percent).div_ceil(100).max(1);
        self.0.get(rank - 1).copied().unwrap_or_default()
    }

    /// `p50 12 ms, p99 34 ms`.
    pub fn words(&self, percents: &[usize]) -> String {
        let words: Vec<_> = percents
            .iter()
            .map(|percent| format!("p{percent} {}", words(self.percentile(*percent))))
            .collect();
        words.join(", ")
    }
}

impl FromIterator<Duration> for Times {
    fn from_iter<I: IntoIterator<Item = Duration>>(durations: I) -> Self {
        let mut all: Vec<_> = durations.into_iter().collect();
        all.sort_unstable();
        Self(all)
    }
}

/// With as many digits as one can believe.
fn words(time: Duration) -> String {
    let millis = time.as_secs_f64() * 1_000.0;
    match millis {
        ..10.0 => format!("{millis:.1} ms"),
        ..1_000.0 => format!("{millis:.0} ms"),
        _ => format!("{:.2} s", millis / 1_000.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_one_of_the_durations() {
        let times: Times = (1..=200).rev().map(Duration::from_millis).collect();
        assert_eq!(times.percentile(50), Duration::from_millis(100));
        assert_eq!(times.percentile(99), Duration::from_millis(198));
        assert_eq!(times.percentile(100), Duration::from_millis(200));
        assert_eq!(times.words(&[50, 99]), "p50 100 ms, p99 198 ms");
    }

    #[test]
    fn one_duration_is_every_percentile_and_none_is_zero() {
        let one = Times::from_iter([Duration::from_micros(4_321)]);
        assert_eq!(one.words(&[1, 99]), "p1 4.3 ms, p99 4.3 ms");
        assert_eq!(Times::default().percentile(50), Duration::ZERO);
    }
}
