//! A quarantine threshold that is lowered so far that everyday communications would be held.

use sluice_shared::risk::RiskRule;

use crate::make::{exception, standing, statement};
use crate::story::{DAY, Story, rules};

const LOWERED: [RiskRule; 1] = [RiskRule::ThresholdLowered];

fn thousand() -> Story {
    Story::default().reviewed(0, &[standing("7.2", 1_000)], &[])
}

#[test]
fn to_nothing_or_by_more_than_the_factor_fires() {
    let cases = [
        (1_000, false),
        (100, false),
        (99, true),
        (1, true),
        (0, true),
    ];
    for (level, fires) in cases {
        let expected: &[_] = if fires { &LOWERED } else { &[] };
        assert_eq!(
            thousand().fires(DAY, &[standing("7.2", level)]),
            expected,
            "{level}"
        );
    }
}

#[test]
fn it_says_the_most() {
    let story = Story::default().reviewed(0, &[standing("7.2", 1_000), standing("7.1", 5)], &[]);
    let rows = vec![standing("7.2", 90), standing("7.1", 0)];
    let fired = &story.judge(DAY, &statement(rows, vec![])).fired[0];
    assert_eq!(
        fired.message,
        "User ID 90-B3-D5-1F-30-01-00-00: 2 quarantine thresholds are lowered to 0 or to less than a part in 10, so that \
         what was usual would be held. The most: 7.1 in a day, from 5 to 0."
    );
}

#[test]
fn an_exception_counts_and_so_does_a_key_declared_again() {
    let low = exception("7.2", 0, Some(30), 40);
    let with_exception = statement(vec![standing("7.2", 1_000)], vec![low]);
    assert_eq!(rules(&thousand().judge(DAY, &with_exception)), LOWERED);
    let dropped = thousand().reviewed(DAY, &[], &[]);
    assert_eq!(dropped.fires(2 * DAY, &[standing("7.2", 0)]), LOWERED);
}

#[test]
fn nothing_that_was_nothing_or_new_is_lowered() {
    let zero = Story::default().reviewed(0, &[standing("7.2", 0)], &[]);
    assert_eq!(zero.fires(DAY, &[standing("7.2", 0)]), []);
    assert_eq!(
        zero.fires(DAY, &[standing("7.2", 0), standing("7.1", 0)]),
        []
    );
}
