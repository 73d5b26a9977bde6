//! A threshold that is raised in several steps, each within the factor: between two raises that a reviewer saw as
//! raises, the factor holds for all of them together.

use proptest::prelude::*;
use sluice_shared::instant::UtcTime;
use sluice_shared::risk::{Growth, RiskRule};
use sluice_shared::thresholds::{DeclaredThreshold, Period, Statement};

use crate::make::{exception, hour, key, standing, statement};
use crate::story::{DAY, Story, of_72, planned, rules};

const STEPS: [RiskRule; 1] = [RiskRule::RaiseInSteps];
const OVER: [RiskRule; 1] = [RiskRule::RaiseOverFactor];

fn level(quarantine: u64) -> [DeclaredThreshold; 1] {
    [standing("7.2", quarantine)]
}

/// 100, raised to 200 without a review.
fn doubled() -> Story {
    Story::default()
        .reviewed(0, &level(100), &[])
        .unseen(DAY, &level(200), &[])
}

#[test]
fn the_second_doubling_fires() {
    let risks = doubled().judge(2 * DAY, &statement(level(201).to_vec(), vec![]));
    assert_eq!(rules(&risks), STEPS);
    assert_eq!(
        risks.fired[0].message,
        "User ID 90-B3-D5-1F-30-01-00-00: 1 quarantine threshold is raised in steps, together to more than 2 times the \
         level that a reviewer last saw. The largest: 7.2 in a day, from 200 to 201, after raises to 2 times without a \
         review."
    );
    let facts = ["old", "new", "factor", "growthBefore"];
    let facts = facts.map(|name| risks.fired[0].fact(name).unwrap());
    assert_eq!(facts, ["200", "201", "2", "2/1"]);
    let seen = &risks.raises[..];
    assert_eq!(seen.len(), 1);
    assert_eq!((seen[0].old, seen[0].new), (200, 201));
    assert_eq!(seen[0].growth, Growth::parse("201/100").unwrap());
}

#[test]
fn a_reviewed_statement_that_changes_something_else_is_no_new_beginning() {
    let harmless = [standing("7.2", 200), standing("7.1", 0)];
    let story = doubled().reviewed(2 * DAY, &harmless, &[]);
    assert_eq!(
        story.fires(3 * DAY, &[standing("7.2", 400), standing("7.1", 0)]),
        STEPS
    );
}

#[test]
fn no_time_between_is_long_enough() {
    assert_eq!(doubled().fires(9 * DAY, &level(400)), STEPS);
    assert_eq!(doubled().fires(900 * DAY, &level(400)), STEPS);
}

#[test]
fn an_exception_and_a_standing_raise_count_together() {
    let high = [exception("7.2", 200, None, 20 * DAY)];
    let story = Story::default()
        .reviewed(0, &level(100), &[])
        .unseen(DAY, &level(100), &high);
    let both = statement(level(200).to_vec(), high.to_vec());
    assert_eq!(rules(&story.judge(2 * DAY, &both)), STEPS);
    // Nor when the exception is over.
    assert_eq!(story.fires(21 * DAY, &level(200)), STEPS);
}

#[test]
fn a_key_left_out_is_held_to_what_it_was() {
    let other = [standing("7.1", 5)];
    let both = |quarantine| [standing("7.1", 5), standing("7.2", quarantine)];
    let story = Story::default()
        .reviewed(0, &both(100), &[])
        .reviewed(DAY, &other, &[]);
    assert_eq!(story.fires(40 * DAY, &both(800)), OVER);
    assert_eq!(story.fires(40 * DAY, &both(200)), []);
    // The raises before it count, too.
    let story = Story::default()
        .reviewed(0, &both(100), &[])
        .unseen(DAY, &both(150), &[])
        .reviewed(2 * DAY, &other, &[])
        .unseen(3 * DAY, &other, &[]);
    assert_eq!(story.fires(40 * DAY, &both(201)), STEPS);
    assert_eq!(story.fires(40 * DAY, &both(200)), []);
}

#[test]
fn an_equal_level_in_a_reviewed_statement_inherits_its_history() {
    let story = doubled().reviewed(2 * DAY, &level(200), &[]);
    assert_eq!(story.fires(3 * DAY, &level(400)), STEPS);
}

#[test]
fn a_raise_that_a_reviewer_saw_as_one_is_a_new_beginning_for_its_key_alone() {
    let both = |a, b| [standing("7.2", a), standing("7.1", b)];
    let story = Story::default()
        .reviewed(0, &both(100, 100), &[])
        .unseen(DAY, &both(150, 150), &[])
        .reviewed(2 * DAY, &both(900, 150), &[]);
    assert_eq!(story.fires(3 * DAY, &both(1_800, 150)), []);
    assert_eq!(story.fires(3 * DAY, &both(900, 201)), STEPS);
}

/// What is restated and lets no more through than what the reviewer saw keeps nothing of the growth before.
#[test]
fn an_exception_restated_below_a_raise_that_a_reviewer_saw_carries_nothing_past_it() {
    let short = |quarantine| [exception("7.2", quarantine, Some(900 * DAY), 901 * DAY)];
    let grown = || {
        Story::default()
            .reviewed(0, &level(100), &short(300))
            .unseen(DAY, &level(165), &short(300))
    };
    let next = |story: Story, standing, exception| {
        let statement = statement(level(standing).to_vec(), short(exception).to_vec());
        rules(&story.judge(3 * DAY, &statement))
    };
    let story = || grown().reviewed(2 * DAY, &level(900), &short(300));
    assert_eq!(next(story(), 1_800, 300), []);
    assert_eq!(next(story(), 1_801, 300), OVER);
    // One that lets more through is held to what nobody saw of it.
    let story = grown().reviewed(2 * DAY, &level(331), &short(332));
    assert_eq!(next(story, 500, 332), STEPS);
}

#[test]
fn a_small_raise_in_a_reviewed_statement_counts_on() {
    let both = |a, b| [standing("7.2", a), standing("7.1", b)];
    let story =
        Story::default()
            .reviewed(0, &both(100, 100), &[])
            .reviewed(DAY, &both(900, 200), &[]);
    assert_eq!(story.fires(2 * DAY, &both(900, 201)), STEPS);
}

#[test]
fn one_raise_beyond_the_factor_is_told_once_and_every_key_is_named() {
    let both = |a, b| [standing("7.2", a), standing("7.1", b)];
    let story =
        Story::default()
            .reviewed(0, &both(100, 100), &[])
            .unseen(DAY, &both(150, 150), &[]);
    let risks = story.judge(2 * DAY, &statement(both(301, 250).to_vec(), vec![]));
    assert_eq!(
        rules(&risks),
        [RiskRule::RaiseOverFactor, RiskRule::RaiseInSteps]
    );
    let seen: Vec<_> = risks
        .raises
        .iter()
        .map(|raise| (raise.key, raise.rule))
        .collect();
    assert_eq!(
        seen,
        [
            (key("7.1", Period::Day), RiskRule::RaiseInSteps),
            (key("7.2", Period::Day), RiskRule::RaiseOverFactor)
        ]
    );
}

#[test]
fn restating_and_lowering_fire_nothing_and_begin_nothing() {
    assert_eq!(doubled().fires(3 * DAY, &level(200)), []);
    let lowered = doubled().unseen(3 * DAY, &level(100), &[]);
    assert_eq!(lowered.fires(4 * DAY, &level(200)), STEPS);
}

#[test]
fn restating_fires_nothing_even_under_a_stricter_factor_than_before() {
    let mut story = Story::default().reviewed(0, &level(100), &[]);
    let account = r#"[{"srv":"7.2","period":"P1D","growth":"3/1","level":100}]"#;
    story.account = serde_json::from_str(account).unwrap();
    assert_eq!(story.fires(DAY, &level(100)), []);
    assert_eq!(story.fires(DAY, &level(101)), STEPS);
}

#[test]
fn a_planned_raise_counts_when_it_is_declared() {
    let later = |quarantine, from| [planned(standing("7.2", quarantine), from)];
    let story =
        Story::default()
            .reviewed(0, &level(100), &[])
            .unseen(DAY, &later(200, 8 * DAY), &[]);
    assert_eq!(story.fires(2 * DAY, &later(400, 9 * DAY)), STEPS);
    assert_eq!(story.fires(20 * DAY, &level(400)), STEPS);
}

#[test]
fn a_raise_from_nothing_always_fires() {
    let story = Story::default().reviewed(0, &level(0), &[]);
    assert_eq!(story.fires(DAY, &level(1)), OVER);
    let story = story.reviewed(DAY, &level(1), &[]);
    assert_eq!(story.fires(2 * DAY, &level(2)), []);
}

/// One statement about 7.2 in a day, and what becomes of it.
#[derive(Clone, Debug)]
struct Move {
    days: i64,
    standing: Option<u64>,
    planned_in: Option<i64>,
    exception: Option<(u64, i64, i64)>,
    /// Whether a reviewer looks although nothing fires, and accepts what fires.
    reviewed: bool,
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let level = || prop::sample::select(vec![0, 1, 50, 99, 100, 101, 150, 200, 300, 400, 800]);
    let exception = (level(), 0..5_i64, 1..20_i64);
    let one = (
        1..15_i64,
        prop::option::weighted(0.85, level()),
        prop::option::weighted(0.2, 1..10_i64),
        prop::option::weighted(0.3, exception),
        any::<bool>(),
    );
    let one = one.prop_map(|(days, standing, planned_in, exception, reviewed)| Move {
        days,
        standing,
        planned_in,
        exception,
        reviewed,
    });
    prop::collection::vec(one, 1..14)
}

impl Move {
    fn statement(&self, now: i64) -> Statement {
        let row = self.standing.map(|quarantine| {
            let row = standing("7.2", quarantine);
            match self.planned_in {
                Some(days) => planned(row, now + days * DAY),
                None => row,
            }
        });
        let exception = self.exception.map(|(quarantine, from, length)| {
            let from = now + from * DAY;
            exception("7.2", quarantine, Some(from), from + length * DAY)
        });
        statement(row.into_iter().collect(), exception.into_iter().collect())
    }
}

/// The raises of one key that no reviewer saw as raises, as they are: all of them, multiplied anew each time.
#[derive(Default)]
struct Reference {
    raises: Vec<(u64, u64)>,
    last: Option<u64>,
}

impl Reference {
    /// What the rows of a statement come to: the raise, (1, 1) where there is none, whether it stands from now on, and its level.
    fn rows(
        &self,
        comparison: &sluice_shared::thresholds::Comparison,
        now: i64,
    ) -> Vec<((u64, u64), bool, u64)> {
        let at_once = |from: Option<UtcTime>| from.is_none_or(|from| from <= hour(now));
        let standing = comparison.thresholds.iter();
        let standing = standing.map(|row| (row.old, row.new, at_once(row.from)));
        let exceptions = comparison.exceptions.iter();
        let exceptions = exceptions.map(|row| (row.old, row.new, false));
        // Planned, or dropped now, or dropped before.
        let known = comparison.thresholds.iter().find_map(|row| row.old);
        let known = known.map(|old| old.quarantine).or(self.last);
        let rows = standing.chain(exceptions);
        rows.filter_map(|(old, new, stands)| {
            let old = old.map(|old| old.quarantine).or(known)?;
            let new = new?.quarantine;
            let raise = if new > old { (old, new) } else { (1, 1) };
            Some((raise, stands, new))
        })
        .collect()
    }

    fn with(&self, raise: (u64, u64)) -> Vec<(u64, u64)> {
        let mut raises = self.raises.clone();
        raises.push(raise);
        raises
    }
}

/// The largest of several raises; (1, 1) without any.
fn largest(raises: impl Iterator<Item = (u64, u64)>) -> (u64, u64) {
    raises
        .max_by(|a, b| factor(&[*a]).total_cmp(&factor(&[*b])))
        .unwrap_or((1, 1))
}

#[expect(clippy::cast_precision_loss, reason = "small numbers")]
fn factor(raises: &[(u64, u64)]) -> f64 {
    raises
        .iter()
        .map(|(old, new)| *new as f64 / *old as f64)
        .product()
}

proptest! {
    #[test]
    fn raises_multiply_until_a_reviewer_sees_one(moves in moves()) {
        let mut story = Story::default();
        let mut reference = Reference::default();
        let mut now = 0;
        for next in moves {
            now += next.days * DAY;
            let statement = next.statement(now);
            let comparison = story.compare(now, &statement);
            let risks = story.judge(now, &statement);
            let rows = reference.rows(&comparison, now);
            let (shown, unseen): (Vec<_>, Vec<_>) = rows.iter().partition(|(raise, _, _)| {
                raise.1 > raise.0 && factor(&reference.with(*raise)) > 2.0 + 1e-9
            });
            prop_assert_eq!(risks.raises.len(), shown.len(), "{:?} {:?}", rows, risks);
            let fired = !risks.fired.is_empty();
            if fired && !next.reviewed {
                continue;
            }
            let reviewed = next.reviewed;
            story.record(now, &statement, reviewed);
            let of_what_stands = shown.iter().filter(|(_, stands, _)| *stands);
            let accepted = of_what_stands.map(|(_, _, level)| *level).min();
            let counts_on: Vec<_> = unseen
                .iter()
                .filter(|(_, _, level)| accepted.is_none_or(|accepted| *level > accepted))
                .collect();
            reference.raises = if accepted.is_some() && counts_on.is_empty() {
                vec![]
            } else {
                // What was shown of what passes or comes later does not add; what was not shown does.
                reference.with(largest(counts_on.iter().map(|(raise, _, _)| *raise)))
            };
            let standing = comparison.thresholds.iter();
            let levels = standing.filter_map(|row| row.new.or(row.old));
            let levels: Vec<_> = levels.map(|limits| limits.quarantine).collect();
            let exceptions = statement.exceptions.iter().map(|row| row.limits.quarantine);
            let without_standing = reference.last.into_iter().chain(exceptions).min();
            reference.last = levels.into_iter().min().or(without_standing);
        }
    }

    #[test]
    fn no_level_is_beyond_the_factor_of_what_a_reviewer_saw(moves in moves()) {
        let mut story = Story::default();
        let day = key("7.2", Period::Day);
        let mut seen = None;
        let mut last_standing = None;
        let mut now = 0;
        for next in moves {
            now += next.days * DAY;
            let statement = next.statement(now);
            let risks = story.judge(now, &statement);
            if !risks.fired.is_empty() && !next.reviewed {
                continue;
            }
            story.record(now, &statement, next.reviewed);
            let instants: Vec<UtcTime> = (now..now + 40 * DAY).step_by(6).map(hour).collect();
            let highest = instants.iter().filter_map(|at| story.level(&day, *at)).max();
            if !statement.standing.is_empty() {
                last_standing = highest;
            }
            if !risks.raises.is_empty() || seen.is_none() {
                // What stood before it was left out was seen, too.
                seen = highest.max(last_standing).or(seen);
            }
            if let (Some(highest), Some(seen)) = (highest, seen) {
                prop_assert!(highest <= 2 * seen, "{highest} after {seen}");
            }
        }
    }
}

#[test]
fn another_service_has_an_account_of_its_own() {
    let story = doubled();
    let rows = [of_72(Period::Day, 200), standing("7.1", 1_000_000)];
    assert_eq!(story.fires(2 * DAY, &rows), []);
}

/// A raise of an exception that passes shows nobody that what stands was raised before.
#[test]
fn an_exception_that_a_reviewer_saw_is_no_new_beginning_for_what_stands() {
    let raised = [of_72(Period::Day, 400)];
    let story = Story::default()
        .reviewed(0, &[of_72(Period::Day, 200)], &[])
        .unseen(DAY, &raised, &[]);
    let short = [exception("7.2", 801, Some(900 * DAY), 900 * DAY + 1)];
    let statement = statement(raised.to_vec(), short.to_vec());
    let risks = story.judge(2 * DAY, &statement);
    assert_eq!(rules(&risks), [RiskRule::RaiseOverFactor]);
    assert!(risks.raises[0].exception_until.is_some(), "{risks:?}");
    let message = &risks.fired[0].message;
    assert!(message.contains("in an exception from"), "{message}");
    let story = story.reviewed(2 * DAY, &raised, &short);
    assert_eq!(
        story.fires(3 * DAY, &[of_72(Period::Day, 401)]),
        [RiskRule::RaiseInSteps, RiskRule::ExceptionDropped]
    );
}

/// What stands and what an exception lets through are two things that a reviewer has to see.
#[test]
fn a_raise_of_what_stands_is_not_hidden_behind_one_of_an_exception() {
    let story = Story::default().reviewed(0, &[of_72(Period::Day, 1_600)], &[]);
    let statement = statement(
        vec![of_72(Period::Day, 4_800)],
        vec![exception("7.2", 4_816, Some(900 * DAY), 900 * DAY + 1)],
    );
    let risks = story.judge(DAY, &statement);
    let seen: Vec<_> = risks
        .raises
        .iter()
        .map(|raise| (raise.new, raise.exception_until.is_some()))
        .collect();
    assert_eq!(seen, [(4_800, false), (4_816, true)]);
}

/// A reviewer who sees a raise of the year 9000 has not seen what exceptions let through today.
#[test]
fn a_raise_seen_of_what_starts_later_is_no_new_beginning_for_what_counts_now() {
    let plan = |quarantine| [planned(of_72(Period::Day, quarantine), 900 * DAY)];
    let now = |quarantine| [exception("7.2", quarantine, None, 800 * DAY)];
    let story = Story::default()
        .reviewed(0, &[of_72(Period::Day, 100)], &[])
        .reviewed(DAY, &plan(401), &now(200));
    let again = statement(plan(401).to_vec(), now(400).to_vec());
    let risks = story.judge(2 * DAY, &again);
    assert_eq!(rules(&risks), STEPS);
    assert_eq!(risks.raises[0].new, 400);
    // Nor after another one, nor for what stands at once in the place of the plan.
    let story = story.reviewed(2 * DAY, &plan(803), &now(200));
    assert_eq!(
        rules(&story.judge(3 * DAY, &statement(plan(803).to_vec(), now(201).to_vec()))),
        STEPS
    );
    let at_once = statement(vec![of_72(Period::Day, 200)], now(200).to_vec());
    assert_eq!(rules(&story.judge(3 * DAY, &at_once)), STEPS);
}

/// The year 9000, seen by a reviewer, resets nothing of what was raised before it, either.
#[test]
fn a_raise_seen_of_what_starts_later_keeps_the_growth_before_it() {
    let plan = [planned(of_72(Period::Day, 1_000), 900 * DAY)];
    let story = doubled().reviewed(2 * DAY, &plan, &[]);
    assert_eq!(story.fires(3 * DAY, &level(201)), STEPS);
}

/// What a reviewer saw is each row that is raised, with the time in which it counts.
#[test]
fn each_exception_that_is_raised_is_shown_with_its_time() {
    let story = Story::default().reviewed(0, &[of_72(Period::Day, 100)], &[]);
    let high = [
        exception("7.2", 500, Some(10 * DAY), 10 * DAY + 1),
        exception("7.2", 400, Some(20 * DAY), 900 * DAY),
    ];
    let risks = story.judge(
        DAY,
        &statement(vec![of_72(Period::Day, 100)], high.to_vec()),
    );
    let seen: Vec<_> = risks
        .raises
        .iter()
        .map(|raise| (raise.new, raise.starts, raise.exception_until))
        .collect();
    let at = |hours| Some(hour(hours));
    let (short, long) = ((10 * DAY, 10 * DAY + 1), (20 * DAY, 900 * DAY));
    assert_eq!(
        seen,
        [
            (500, at(short.0), at(short.1)),
            (400, at(long.0), at(long.1))
        ]
    );
    let message = &risks.fired[0].message;
    assert!(message.contains("2 quarantine thresholds are"), "{message}");
}
