//! The account of what was released and deleted stays small, and never counts too little.

use proptest::prelude::*;
use sluice_shared::identifiers::{Srv, SrvOrAll};
use sluice_shared::instant::UtcTime;
use sluice_shared::risk::{ExitCounts, ReleaseCounts, Released};
use sluice_shared::services::ServiceTable;
use sluice_shared::thresholds::Period;
use time::Duration;

use crate::make::hour;

fn counts(srv: &str, released: u64, deleted: u64) -> ExitCounts {
    let srv: SrvOrAll = srv.parse().unwrap();
    ExitCounts {
        released: ReleaseCounts::from([(SrvOrAll::All, released), (srv, released)]),
        deleted,
    }
}

fn minute(minutes: i64) -> UtcTime {
    hour(0).plus(Duration::minutes(minutes))
}

#[test]
fn one_instant_is_one_entry() {
    let account = Released::default()
        .plus(&counts("7.2", 5, 1), hour(1))
        .plus(&counts("7.1", 2, 1), hour(1));
    assert_eq!(account.entries().len(), 1);
    let sum = account.within(Period::Hour, hour(1));
    let srvs = ["ALL", "7.1", "7.2"].map(|srv| sum.released(srv.parse().unwrap()));
    assert_eq!((srvs, sum.deleted), ([7, 2, 5], 2));
    let json = serde_json::to_string(&account).unwrap();
    assert_eq!(serde_json::from_str::<Released>(&json).unwrap(), account);
}

#[test]
fn what_is_older_than_any_period_leaves() {
    let account = Released::default().plus(&counts("7.2", 5, 0), hour(0));
    let later = account.plus(&counts("7.2", 1, 0), hour(8 * 24 - 1));
    assert_eq!(
        later.entries().len(),
        2,
        "a day more than the longest period"
    );
    let later = account.plus(&counts("7.2", 1, 0), hour(8 * 24));
    assert_eq!(later.entries().len(), 1);
}

#[test]
fn a_clock_that_ran_ahead_for_hours_makes_nothing_forgotten() {
    let account = Released::default()
        .plus(&counts("7.2", 5, 0), hour(0))
        .plus(&counts("7.2", 1, 0), hour(7 * 24 + 20));
    let sum = account.within(Period::Week, hour(7 * 24 - 1));
    assert_eq!(sum.released(SrvOrAll::All), 6);
}

#[test]
fn a_file_a_minute_is_kept_small_and_the_last_ones_apart() {
    let mut account = Released::default();
    for number in 0..2_000 {
        account = account.plus(&counts("7.2", 1, 1), minute(number));
    }
    assert_eq!(account.entries().len(), Released::MOST_ENTRIES);
    let hour = account.within(Period::Hour, minute(1_999)).deleted;
    // Entries are some 8 minutes apart: 2,000 minutes in 256.
    assert!((60..80).contains(&hour), "{hour}");
    assert_eq!(account.within(Period::Week, minute(1_999)).deleted, 2_000);
}

#[test]
fn the_accounts_of_the_largest_file_fit_into_a_transaction() {
    let services: Vec<Srv> = ServiceTable::standard()
        .iter()
        .map(|known| known.srv)
        .collect();
    // All services in each file, and as many as leave both bounds reached.
    for at_once in [services.len(), 3] {
        let mut account = Released::default();
        for number in 0..600 {
            let mut counts = ExitCounts::default();
            counts.released.insert(SrvOrAll::All, 1_000_000);
            let some = services.iter().rev().take(at_once);
            counts
                .released
                .extend(some.map(|srv| ((*srv).into(), 1_000_000)));
            let now = minute(10 * number).plus(Duration::milliseconds(1));
            account = account.plus(&counts, now);
        }
        let size = serde_json::to_string(&account).unwrap().len();
        assert!(46 * size < 1_800_000, "{at_once}: {size} bytes");
        assert!(at_once > 3 || account.entries().len() == Released::MOST_ENTRIES);
    }
}

proptest! {
    /// Beside a list of all releases ever, whatever the clocks say, up to a day apart.
    #[test]
    fn no_span_is_counted_too_low(
        files in prop::collection::vec((0..40_i64, -700..700_i64, 0..50_u64, 0..3_usize), 1..600),
        ask in prop::collection::vec((0..600_usize, -700..700_i64), 20),
    ) {
        let mut account = Released::default();
        let mut all = Vec::new();
        let mut now = 0;
        for (number, (gap, skew, count, srv)) in files.into_iter().enumerate() {
            now += gap;
            let srv = ["7.1", "7.2", "4.8.1"][srv];
            let at = minute(now + skew);
            account = account.plus(&counts(srv, count, count), at);
            all.push((at, srv, count));
            prop_assert!(account.entries().len() <= Released::MOST_ENTRIES);
            for (_, skew) in ask.iter().filter(|(at, _)| *at == number) {
                let at = minute(now + skew);
                for period in Period::ALL {
                    let sum = account.within(period, at);
                    let start = at.plus(-period.length());
                    let in_span = || all.iter().filter(|(at, ..)| *at > start);
                    let deleted: u64 = in_span().map(|(.., count)| count).sum();
                    prop_assert!(sum.deleted >= deleted);
                    let of = |srv: &str| -> u64 {
                        in_span().filter(|known| known.1 == srv).map(|(.., count)| count).sum()
                    };
                    for srv in ["7.1", "7.2", "4.8.1"] {
                        prop_assert!(sum.released(srv.parse().unwrap()) >= of(srv));
                    }
                    if number < Released::MOST_ENTRIES {
                        prop_assert_eq!(sum.deleted, deleted, "nothing was merged yet");
                    }
                }
            }
        }
    }
}
