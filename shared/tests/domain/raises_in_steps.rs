//! A threshold that is raised in several steps, each within the factor.

use sluice_shared::identifiers::PersonId;
use sluice_shared::profile::Profile;
use sluice_shared::risk::{RiskRule, RuleFired, adt_risks};
use sluice_shared::thresholds::{
    DeclaredException, DeclaredThreshold, HistoryEntry, LowestLately, StatementOrigin,
    UserThresholds, compare,
};
use time::Duration;

use crate::make::{IS, eui, exception, hour, key, origin, standing, statement};

/// A User ID whose statements are accepted one after the other.
#[derive(Default)]
struct Story {
    current: Option<UserThresholds>,
    /// Oldest first.
    history: Vec<HistoryEntry>,
}

impl Story {
    /// What a statement fires at this hour.
    fn ask(
        &self,
        hours: i64,
        rows: &[DeclaredThreshold],
        exceptions: &[DeclaredException],
    ) -> Vec<RuleFired> {
        let rules = &Profile::standard().risk;
        let statement = statement(rows.to_vec(), exceptions.to_vec());
        let comparison = compare(
            self.current.as_ref(),
            &statement,
            hour(hours),
            rules.max_increase_factor,
        );
        let since = hour(hours).plus(-Duration::days(i64::from(rules.raise_window_days)));
        // As a store gives them: newest first, and no more than is needed.
        let newest_first = self.history.iter().rev();
        let enough = newest_first
            .clone()
            .position(|entry| entry.tells_all_since(since))
            .map_or(self.history.len(), |last| last + 1);
        let history: Vec<_> = newest_first.take(enough).cloned().collect();
        let lately = LowestLately::of(eui(IS), &history, since, hour(hours));
        adt_risks(&[comparison], &[lately], rules)
    }

    fn fires(&self, hours: i64, rows: &[DeclaredThreshold]) -> Vec<RiskRule> {
        let fired = self.ask(hours, rows, &[]);
        fired.iter().map(|fired| fired.rule).collect()
    }

    fn accept(mut self, hours: i64, rows: &[DeclaredThreshold]) -> Self {
        self.take(origin(hours), rows, &[]);
        self
    }

    fn accept_after_review(mut self, hours: i64, rows: &[DeclaredThreshold]) -> Self {
        let reviewer = Some(PersonId::parse("reviewer-1").unwrap());
        let origin = StatementOrigin {
            reviewer,
            ..origin(hours)
        };
        self.take(origin, rows, &[]);
        self
    }

    fn take(
        &mut self,
        origin: StatementOrigin,
        rows: &[DeclaredThreshold],
        exceptions: &[DeclaredException],
    ) {
        let statement = statement(rows.to_vec(), exceptions.to_vec());
        let changes = compare(self.current.as_ref(), &statement, origin.accepted_at, 2);
        self.history.push(HistoryEntry {
            origin: origin.clone(),
            changes,
        });
        self.current = Some(match &self.current {
            None => UserThresholds::first(&statement, origin),
            Some(current) => current.succeed(&statement, origin).unwrap(),
        });
    }
}

fn level(quarantine: u64) -> [DeclaredThreshold; 1] {
    [standing("7.2", quarantine)]
}

fn planned(quarantine: u64, from: i64) -> [DeclaredThreshold; 1] {
    let [row] = level(quarantine);
    [DeclaredThreshold {
        from: Some(hour(from)),
        ..row
    }]
}

const DAY: i64 = 24;

#[test]
fn the_second_doubling_within_the_days_fires() {
    let story = Story::default().accept(0, &level(200));
    assert_eq!(story.fires(30 * DAY, &level(400)), []);
    let story = story.accept(30 * DAY, &level(400));
    let fired = story.ask(31 * DAY, &level(401), &[]);
    assert_eq!(fired.len(), 1);
    assert_eq!(fired[0].rule, RiskRule::RaiseInSteps);
    assert_eq!(
        fired[0].message,
        "User ID 90-B3-D5-1F-30-01-00-00: 1 quarantine threshold is raised in steps, together to more than 2 times the \
         lowest of the last 7 days. The largest: 7.2 in a day, from 200 by way of 400 to 401."
    );
    let facts = ["lowest", "old", "new", "days"].map(|name| fired[0].fact(name).unwrap());
    assert_eq!(facts, ["200", "400", "401", "7"]);
}

#[test]
fn what_ended_longer_ago_no_longer_counts() {
    let story = Story::default()
        .accept(0, &level(200))
        .accept(30 * DAY, &level(400));
    // 200 stood until the 30th day, 0:00.
    assert_eq!(
        story.fires(37 * DAY - 1, &level(800)),
        [RiskRule::RaiseInSteps]
    );
    assert_eq!(story.fires(37 * DAY, &level(800)), []);
}

#[test]
fn one_raise_beyond_the_factor_is_told_once() {
    let story = Story::default()
        .accept(0, &level(200))
        .accept(DAY, &level(300));
    assert_eq!(
        story.fires(2 * DAY, &level(601)),
        [RiskRule::RaiseOverFactor]
    );
}

#[test]
fn restating_and_lowering_fire_nothing() {
    let story = Story::default()
        .accept(0, &level(100))
        .accept(1, &level(200))
        .accept(2, &level(400));
    assert_eq!(story.fires(3, &level(400)), []);
    assert_eq!(story.fires(3, &level(300)), []);
}

#[test]
fn a_lowered_level_is_what_a_restored_one_is_held_to() {
    let lowered = Story::default()
        .accept(0, &level(200))
        .accept(30 * DAY, &level(110));
    assert_eq!(
        lowered.fires(31 * DAY, &level(200)),
        [],
        "within the factor"
    );
    let restored = lowered.accept(31 * DAY, &level(200));
    assert_eq!(
        restored.fires(32 * DAY, &level(220)),
        [],
        "twice the lowest"
    );
    assert_eq!(
        restored.fires(32 * DAY, &level(221)),
        [RiskRule::RaiseInSteps]
    );
}

#[test]
fn what_a_reviewer_accepted_is_a_new_beginning() {
    let story = Story::default()
        .accept(0, &level(200))
        .accept_after_review(30 * DAY, &level(1_000));
    assert_eq!(story.fires(31 * DAY, &level(2_000)), []);
    let story = story.accept(31 * DAY, &level(2_000));
    assert_eq!(
        story.fires(32 * DAY, &level(2_001)),
        [RiskRule::RaiseInSteps]
    );
}

#[test]
fn a_planned_raise_counts_from_its_start() {
    // 200 stands until the 8th day, although it was given up on the first.
    let story = Story::default()
        .accept(0, &level(200))
        .accept(DAY, &planned(400, 8 * DAY));
    assert_eq!(story.fires(9 * DAY, &level(800)), [RiskRule::RaiseInSteps]);
    // Nor does it help to plan the last step ahead.
    assert_eq!(
        story.fires(9 * DAY, &planned(800, 20 * DAY)),
        [RiskRule::RaiseInSteps]
    );
    assert_eq!(story.fires(15 * DAY, &level(800)), []);
}

#[test]
fn an_exception_raised_in_steps_is_held_to_what_stands() {
    let until = 20 * DAY;
    let mut story = Story::default().accept(0, &level(200));
    let high = [exception("7.2", 400, None, until)];
    assert!(story.ask(DAY, &level(200), &high).is_empty());
    story.take(origin(DAY), &level(200), &high);
    let higher = [exception("7.2", 401, None, until)];
    let fired = story.ask(2 * DAY, &level(200), &higher);
    assert_eq!(fired.len(), 1);
    assert_eq!(fired[0].rule, RiskRule::RaiseInSteps);
    assert_eq!(fired[0].fact("lowest"), Some("200"));
}

#[test]
fn the_lowest_is_what_stood() {
    let story = Story::default()
        .accept(0, &level(100))
        .accept(1, &level(300))
        .accept(2, &planned(50, 10))
        .accept(12, &[standing("7.1", 5)]);
    let newest_first: Vec<_> = story.history.iter().rev().cloned().collect();
    let lowest = |since, now| {
        LowestLately::of(eui(IS), &newest_first, hour(since), hour(now))
            .get(&key("7.2", sluice_shared::thresholds::Period::Day))
    };
    assert_eq!(lowest(0, 9), Some(100));
    assert_eq!(lowest(1, 9), Some(300), "100 ended as the hour began");
    assert_eq!(lowest(1, 10), Some(50));
    assert_eq!(lowest(11, 13), Some(50), "it stood until it was dropped");
    assert_eq!(lowest(12, 13), None);
}
