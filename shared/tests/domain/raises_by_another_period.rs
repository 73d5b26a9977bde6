//! A service that is limited in another period instead: a raise is one whatever the period is called.

use proptest::prelude::*;
use sluice_shared::risk::RiskRule;
use sluice_shared::thresholds::Period;

use crate::make::{hour, key, standing, statement};
use crate::story::{DAY, Story, of_72, planned, rules};

const OVER: [RiskRule; 1] = [RiskRule::RaiseOverFactor];
const STEPS: [RiskRule; 1] = [RiskRule::RaiseInSteps];

fn hundred_an_hour() -> Story {
    Story::default().reviewed(0, &[of_72(Period::Hour, 100)], &[])
}

#[test]
fn a_longer_period_in_the_place_of_a_dropped_one_is_held_to_its_rate() {
    let dropped = hundred_an_hour().reviewed(DAY, &[], &[]);
    let risks = dropped.judge(
        2 * DAY,
        &statement(vec![of_72(Period::Day, 100_000)], vec![]),
    );
    assert_eq!(rules(&risks), OVER);
    assert_eq!(
        risks.fired[0].message,
        "User ID 90-B3-D5-1F-30-01-00-00: 1 quarantine threshold is raised to more than 2 times the old one. The \
         largest: 7.2 in a day, from what its threshold in an hour came to, 2,400, to 100,000."
    );
    assert_eq!(risks.raises[0].held_to, Some(Period::Hour));
    assert_eq!(dropped.fires(2 * DAY, &[of_72(Period::Day, 4_801)]), OVER);
    assert_eq!(dropped.fires(2 * DAY, &[of_72(Period::Day, 4_800)]), []);
    assert_eq!(dropped.fires(2 * DAY, &[of_72(Period::Week, 33_601)]), OVER);
}

#[test]
fn a_shorter_period_is_held_to_the_same_rate() {
    let dropped = Story::default()
        .reviewed(0, &[of_72(Period::Day, 100)], &[])
        .reviewed(DAY, &[], &[]);
    assert_eq!(dropped.fires(2 * DAY, &[of_72(Period::Hour, 8)]), []);
    assert_eq!(dropped.fires(2 * DAY, &[of_72(Period::Hour, 9)]), OVER);
}

#[test]
fn a_swap_in_one_statement_is_told_as_a_raise_beside_the_drop() {
    assert_eq!(
        hundred_an_hour().fires(DAY, &[of_72(Period::Day, 100_000)]),
        [RiskRule::RaiseOverFactor, RiskRule::ThresholdDropped]
    );
    assert_eq!(
        hundred_an_hour().fires(DAY, &[of_72(Period::Day, 2_400)]),
        [RiskRule::ThresholdDropped]
    );
}

#[test]
fn a_period_beside_one_that_stays_is_no_raise() {
    let beside = [of_72(Period::Hour, 100), of_72(Period::Day, 100_000)];
    assert_eq!(hundred_an_hour().fires(DAY, &beside), []);
    let later = [
        planned(of_72(Period::Hour, 150), 9 * DAY),
        of_72(Period::Week, 1_000_000),
    ];
    assert_eq!(hundred_an_hour().fires(DAY, &later), []);
}

#[test]
fn one_that_starts_later_does_not_stay() {
    let dropped = hundred_an_hour().reviewed(DAY, &[], &[]);
    let far = planned(of_72(Period::Hour, 100), 900 * DAY);
    let rows = [far.clone(), of_72(Period::Day, 100_000)];
    assert_eq!(dropped.fires(2 * DAY, &rows), OVER);
    // Nor when it was planned before.
    let story = dropped.unseen(2 * DAY, &[far], &[]);
    assert_eq!(story.fires(3 * DAY, &rows), OVER);
}

#[test]
fn dropping_the_tighter_of_two_tells_what_the_other_lets_through() {
    let both = [of_72(Period::Hour, 100), of_72(Period::Day, 100_000)];
    let story = hundred_an_hour().unseen(DAY, &both, &[]);
    assert_eq!(
        story.fires(2 * DAY, &both[1..]),
        [RiskRule::RaiseOverFactor, RiskRule::ThresholdDropped]
    );
    // Dropping the looser one lets nothing more through.
    assert_eq!(
        story.fires(2 * DAY, &both[..1]),
        [RiskRule::ThresholdDropped]
    );
    // What a reviewer saw then is not told again.
    let story = story.reviewed(2 * DAY, &both[1..], &[]);
    assert_eq!(story.fires(3 * DAY, &[of_72(Period::Day, 200_000)]), []);
    assert_eq!(story.fires(3 * DAY, &[of_72(Period::Day, 200_001)]), OVER);
}

#[test]
fn the_history_is_inherited() {
    let story = hundred_an_hour()
        .unseen(DAY, &[of_72(Period::Hour, 200)], &[])
        .reviewed(2 * DAY, &[], &[]);
    assert_eq!(story.fires(3 * DAY, &[of_72(Period::Day, 4_801)]), STEPS);
    let story = story.unseen(3 * DAY, &[of_72(Period::Day, 4_800)], &[]);
    assert_eq!(story.fires(4 * DAY, &[of_72(Period::Day, 4_801)]), STEPS);
}

#[test]
fn a_high_level_of_long_ago_is_held_to_the_tighter_one_of_late() {
    let story = Story::default()
        .reviewed(0, &[of_72(Period::Day, 1_000_000)], &[])
        .reviewed(DAY, &[of_72(Period::Hour, 100)], &[])
        .reviewed(2 * DAY, &[], &[]);
    assert_eq!(story.fires(3 * DAY, &[of_72(Period::Day, 1_000_000)]), OVER);
}

/// Of two periods that are given up, the one that allowed more may have grown unseen.
#[test]
fn each_period_that_was_given_up_counts_with_its_own_growth() {
    let story = Story::default()
        .reviewed(0, &[of_72(Period::Day, 4 * 24)], &[])
        .reviewed(DAY, &[of_72(Period::Hour, 3)], &[])
        .unseen(2 * DAY, &[of_72(Period::Hour, 5)], &[]);
    let fired = story.fires(3 * DAY, &[of_72(Period::Week, 7 * 168)]);
    assert_eq!(
        fired,
        [RiskRule::RaiseInSteps, RiskRule::ThresholdDropped],
        "7 is 1.4 times 5, which is 1.7 times 3"
    );
}

#[test]
fn the_gravest_of_several_reasons_is_told() {
    let mut story = Story::default().reviewed(0, &[standing("7.1", 5)], &[]);
    let account = r#"[
        {"srv":"7.2","period":"PT1H","growth":"1/1","level":50},
        {"srv":"7.2","period":"P1D","growth":"3/1","level":2400}
    ]"#;
    story.account = serde_json::from_str(account).unwrap();
    let rows = vec![standing("7.1", 5), of_72(Period::Day, 3_600)];
    let risks = story.judge(DAY, &statement(rows, vec![]));
    assert_eq!(rules(&risks), OVER);
    let seen = &risks.raises[0];
    assert_eq!((seen.held_to, seen.old), (Some(Period::Hour), 1_200));
}

proptest! {
    /// Statements that each limit 7.2 in one period or not at all: what it lets through in a week stays within the factor.
    #[test]
    fn the_rate_stays_within_the_factor_between_raises_that_a_reviewer_saw(
        moves in prop::collection::vec(
            (prop::option::weighted(0.8, (0..3_usize, 1..9_u64)), any::<bool>()),
            1..16,
        )
    ) {
        let mut story = Story::default();
        let mut seen: Option<u64> = None;
        for (number, (row, reviewed)) in moves.into_iter().enumerate() {
            let now = i64::try_from(number).unwrap() * DAY;
            // The same rates in each period: multiples of 168 a week.
            let row = row.map(|(at, times)| {
                let period = Period::ALL[at];
                of_72(period, times * [1, 24, 168][at])
            });
            let statement = statement(row.into_iter().collect(), vec![]);
            let risks = story.judge(now, &statement);
            if !risks.fired.is_empty() && !reviewed {
                continue;
            }
            story.record(now, &statement, reviewed);
            let rate = Period::ALL.into_iter().zip([168, 7, 1]).find_map(|(period, times)| {
                story.level(&key("7.2", period), hour(now)).map(|level| level * times)
            });
            if !risks.raises.is_empty() || seen.is_none() {
                seen = rate.or(seen);
            }
            if let (Some(rate), Some(seen)) = (rate, seen) {
                prop_assert!(rate <= 2 * seen, "{rate} a week after {seen}");
            }
        }
    }
}
