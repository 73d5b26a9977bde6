//! A submission's states: what may happen when, and that nothing leaves a settled state.

use proptest::prelude::*;
use sluice_shared::identifiers::{FileDigest, PersonId};
use sluice_shared::instant::UtcTime;
use sluice_shared::risk::{RiskRule, RuleFired};
use sluice_shared::submission::{
    Decision, ReviewDecision, ReviewReason, StateName, SubmissionEvent as Event,
    SubmissionState as State, UPLOAD_WAIT, WouldBe, transition,
};
use time::Duration;

fn start() -> UtcTime {
    UtcTime::parse("2026-11-03T14:00:00Z").unwrap()
}

fn after(minutes: i64) -> UtcTime {
    start().plus(Duration::minutes(minutes))
}

fn decision(decision: Decision, minutes: i64) -> ReviewDecision {
    ReviewDecision {
        reviewer: PersonId::parse("reviewer-1").unwrap(),
        decision,
        reason: ReviewReason::parse("agreed by telephone").unwrap(),
        decided_at: after(minutes),
        verdict: FileDigest::new([1; 32]),
    }
}

fn rule() -> RuleFired {
    RuleFired {
        rule: RiskRule::FirstStatement,
        message: "first".to_owned(),
        facts: Vec::new(),
    }
}

fn held(minutes: i64) -> Event {
    Event::HeldForReview {
        at: after(minutes),
        rules: vec![rule()],
    }
}

/// Applies events in order and names the states on the way; `-` where an event is refused.
fn way(events: &[Event]) -> Vec<&'static str> {
    let mut state = State::started(start());
    events
        .iter()
        .map(|event| match transition(&state, event) {
            Ok(next) => {
                state = next;
                state.name().as_str()
            }
            Err(_) => "-",
        })
        .collect()
}

#[test]
fn a_good_file_is_received_and_accepted() {
    let events = [
        Event::Arrived { at: after(1) },
        Event::Accepted { at: after(2) },
    ];
    assert_eq!(way(&events), ["received", "accepted"]);
}

#[test]
fn a_file_with_errors_is_rejected_and_stays_so() {
    let events = [
        Event::Arrived { at: after(1) },
        Event::Rejected { at: after(2) },
        Event::Accepted { at: after(3) },
        Event::Arrived { at: after(4) },
    ];
    assert_eq!(way(&events), ["received", "rejected", "-", "-"]);
}

#[test]
fn a_risky_file_takes_effect_only_after_a_reviewer_accepted() {
    let events = [
        Event::Arrived { at: after(1) },
        held(2),
        Event::Accepted { at: after(3) },
        Event::Reviewed(decision(Decision::Accept, 4)),
        Event::Refused { at: after(5) },
        Event::Accepted { at: after(6) },
    ];
    assert_eq!(
        way(&events),
        [
            "received",
            "awaiting-review",
            "-",
            "awaiting-review",
            "-",
            "accepted"
        ]
    );
}

#[test]
fn a_refused_file_never_takes_effect() {
    let events = [
        Event::Arrived { at: after(1) },
        held(2),
        Event::Reviewed(decision(Decision::Refuse, 3)),
        Event::Accepted { at: after(4) },
        Event::Refused { at: after(5) },
    ];
    assert_eq!(
        way(&events),
        [
            "received",
            "awaiting-review",
            "awaiting-review",
            "-",
            "refused"
        ]
    );
}

#[test]
fn an_accepted_review_may_still_end_in_a_rejection() {
    let events = [
        Event::Arrived { at: after(1) },
        held(2),
        Event::Reviewed(decision(Decision::Accept, 3)),
        Event::Rejected { at: after(4) },
    ];
    assert_eq!(way(&events).last(), Some(&"rejected"));
}

fn found_changed(minutes: i64, rules: Vec<RuleFired>) -> Event {
    Event::FoundChanged {
        at: after(minutes),
        rules,
        reviewer: "A reviewer".to_owned(),
        changed: vec!["what is in force is lower".to_owned()],
    }
}

#[test]
fn a_decision_of_somebody_who_may_decide_it_no_more_is_void_and_it_waits_again() {
    for made in [Decision::Accept, Decision::Refuse] {
        let barred = Event::ReviewerBarred {
            at: after(4),
            reviewer: "A reviewer".to_owned(),
            why: "A reviewer has left.".to_owned(),
        };
        let mut state = State::started(start());
        let rules = held(2);
        for event in [
            Event::Arrived { at: after(1) },
            rules,
            Event::Reviewed(decision(made, 3)),
            barred.clone(),
        ] {
            state = transition(&state, &event).unwrap();
        }
        assert_eq!(state.name(), StateName::AwaitingReview);
        assert_eq!(state.review(), None);
        assert!(!state.rules().is_empty(), "why it waits stays");
        let [void] = state.void() else {
            panic!("one void decision in {state:?}")
        };
        assert_eq!((void.decision.decision, void.void_since), (made, after(4)));
        assert_eq!(void.changed, ["A reviewer has left."]);
        assert!(transition(&state, &barred).is_err(), "nobody has decided");
    }
}

#[test]
fn what_was_accepted_and_changed_waits_again_with_the_void_decision() {
    let mut state = State::started(start());
    for event in [
        Event::Arrived { at: after(1) },
        held(2),
        Event::Reviewed(decision(Decision::Accept, 3)),
        // Even where no rule fires any more: it is not what was accepted.
        found_changed(4, Vec::new()),
    ] {
        state = transition(&state, &event).unwrap();
    }
    assert_eq!(state.name(), StateName::AwaitingReview);
    assert_eq!(state.review(), None);
    let State::AwaitingReview { since, .. } = &state else {
        panic!("{state:?}")
    };
    assert_eq!(
        *since,
        after(2),
        "what is counted ends when it began to wait"
    );
    let [void] = state.void() else {
        panic!("one void decision in {state:?}")
    };
    assert_eq!(void.decision.decided_at, after(3));
    assert_eq!(void.changed, ["what is in force is lower"]);
    let accepted = Event::Accepted { at: after(5) };
    assert!(transition(&state, &accepted).is_err(), "nobody accepted it");
    for (made, settled) in [
        (Decision::Accept, accepted),
        (Decision::Accept, Event::Rejected { at: after(7) }),
        (Decision::Refuse, Event::Refused { at: after(7) }),
    ] {
        let reviewed = transition(&state, &Event::Reviewed(decision(made, 6))).unwrap();
        let end = transition(&reviewed, &settled).unwrap();
        assert_eq!(
            end.void().len(),
            1,
            "kept with whatever became of it: {end:?}"
        );
    }
}

#[test]
fn a_refusal_is_never_found_changed() {
    let events = [
        Event::Arrived { at: after(1) },
        held(2),
        Event::Reviewed(decision(Decision::Refuse, 3)),
        found_changed(4, vec![rule()]),
    ];
    assert_eq!(way(&events).last(), Some(&"-"));
}

#[test]
fn what_is_checked_only_is_checked_and_that_is_all() {
    let events = [
        Event::Arrived { at: after(1) },
        checked(2),
        Event::Reviewed(decision(Decision::Accept, 3)),
        Event::Accepted { at: after(4) },
    ];
    assert_eq!(way(&events), ["received", "checked", "-", "-"]);
}

fn checked(minutes: i64) -> Event {
    Event::Checked {
        at: after(minutes),
        would_be: WouldBe::AwaitingReview,
        rules: vec![rule()],
    }
}

#[test]
fn only_the_first_of_two_reviewers_decides() {
    let mut state = State::started(start());
    for event in [
        Event::Arrived { at: after(1) },
        held(2),
        Event::Reviewed(decision(Decision::Accept, 3)),
    ] {
        state = transition(&state, &event).unwrap();
    }
    let other = ReviewDecision {
        reviewer: PersonId::parse("reviewer-2").unwrap(),
        ..decision(Decision::Accept, 4)
    };
    assert!(transition(&state, &Event::Reviewed(other)).is_err());
    assert!(transition(&state, &Event::Reviewed(decision(Decision::Refuse, 4))).is_err());
    let of_another_verdict = ReviewDecision {
        verdict: FileDigest::new([2; 32]),
        ..decision(Decision::Accept, 4)
    };
    assert!(transition(&state, &Event::Reviewed(of_another_verdict)).is_err());
    // The same decision again, from a page that never saw the answer.
    let again = transition(&state, &Event::Reviewed(decision(Decision::Accept, 5))).unwrap();
    assert_eq!(again, state);
    assert_eq!(again.review().unwrap().decided_at, after(3));
}

#[test]
fn waiting_for_the_file_ends_after_24_hours_by_the_clock_alone() {
    let state = State::started(start());
    let end = start().plus(UPLOAD_WAIT);
    assert_eq!(UPLOAD_WAIT, Duration::hours(24));
    assert_eq!(
        state
            .clone()
            .at(end.plus(Duration::milliseconds(-1)))
            .name(),
        StateName::AwaitingUpload
    );
    assert_eq!(state.clone().at(end), State::Expired { expired_at: end });
    assert!(transition(&state, &Event::Arrived { at: end }).is_err());
    // A file that arrived in time counts, however late the notice of it.
    let arrived = transition(
        &state,
        &Event::Arrived {
            at: end.plus(Duration::milliseconds(-1)),
        },
    )
    .unwrap();
    assert_eq!(
        arrived.at(end.plus(Duration::days(2))).name(),
        StateName::Received
    );
}

#[test]
fn a_review_without_a_reason_to_hold_it_is_refused() {
    let received = transition(&State::started(start()), &Event::Arrived { at: after(1) }).unwrap();
    assert!(
        transition(
            &received,
            &Event::HeldForReview {
                at: after(2),
                rules: Vec::new()
            }
        )
        .is_err()
    );
}

#[test]
fn a_wrong_event_says_what_cannot_happen_where() {
    let refused =
        transition(&State::started(start()), &Event::Accepted { at: after(1) }).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "it is accepted cannot happen to a submission that is awaiting-upload"
    );
}

#[test]
fn every_state_has_one_name_in_json() {
    let mut state = serde_json::to_value(State::started(start())).unwrap();
    assert_eq!(state["state"], "awaiting-upload");
    assert_eq!(state["expiresAt"], "2026-11-04T14:00:00Z");
    state["state"] = "somewhere-else".into();
    assert!(serde_json::from_value::<State>(state).is_err());
    for name in StateName::ALL {
        assert_eq!(serde_json::to_value(name).unwrap(), name.as_str());
        assert_eq!(StateName::parse(name.as_str()), Some(name));
    }
}

fn any_event() -> impl Strategy<Value = Event> {
    let minutes = 0..3_000_i64;
    (0..9_u8, minutes).prop_map(|(which, minutes)| {
        let at = after(minutes);
        match which {
            0 => Event::Arrived { at },
            1 => Event::Rejected { at },
            2 => held(minutes),
            3 => Event::Reviewed(decision(Decision::Accept, minutes)),
            4 => Event::Reviewed(decision(Decision::Refuse, minutes)),
            5 => Event::Accepted { at },
            6 => found_changed(minutes, vec![rule()]),
            7 => checked(minutes),
            _ => Event::Refused { at },
        }
    })
}

proptest! {
    #[test]
    fn no_sequence_of_events_leaves_a_settled_state(events in prop::collection::vec(any_event(), 0..40)) {
        let mut state = State::started(start());
        for event in &events {
            let settled = state.name().is_terminal();
            match transition(&state, event) {
                Ok(next) => {
                    prop_assert!(!settled, "{event:?} left {state:?}");
                    state = next;
                }
                Err(refused) => prop_assert_eq!(refused.state, state.clone().at(event.at()).name()),
            }
        }
    }

    #[test]
    fn what_took_effect_after_a_review_was_accepted_by_it(events in prop::collection::vec(any_event(), 0..40)) {
        let mut state = State::started(start());
        let mut waited = false;
        for event in &events {
            state = transition(&state, event).unwrap_or(state);
            waited |= state.name() == StateName::AwaitingReview;
        }
        if state.name() == StateName::Accepted {
            let accepted = state.review().is_some_and(|review| review.decision == Decision::Accept);
            prop_assert_eq!(waited, accepted);
        }
    }

    #[test]
    fn states_survive_storage(events in prop::collection::vec(any_event(), 0..20)) {
        let state = events.iter().fold(State::started(start()), |state, event| transition(&state, event).unwrap_or(state));
        let text = serde_json::to_string(&state).unwrap();
        prop_assert_eq!(serde_json::from_str::<State>(&text).unwrap(), state);
    }
}
