use super::{Decision, ReviewDecision, StateName, SubmissionEvent, SubmissionState, VoidDecision};
use crate::instant::UtcTime;
use crate::risk::RuleFired;

/// An event that cannot happen in the state that the submission is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{event} cannot happen to a submission that is {state}")]
pub struct WrongEvent {
    /// Where the submission stands at the time of the event.
    pub state: StateName,
    /// The event, in words.
    pub event: &'static str,
}

/// What becomes of a submission when something happens to it.
///
/// An event that the state already shows (the same arrival again, the same reviewer's same decision again) leaves
/// it as it is, so that whoever is unsure may ask again.
///
/// # Errors
/// [`WrongEvent`] for everything else that the state does not foresee: a submission that is settled stays so.
pub fn transition(
    state: &SubmissionState,
    event: &SubmissionEvent,
) -> Result<SubmissionState, WrongEvent> {
    use SubmissionEvent as E;
    use SubmissionState as S;

    let state = state.clone().at(event.at());
    let next = match (&state, event) {
        (S::AwaitingUpload { .. }, E::Arrived { at }) => S::Received { received_at: *at },
        (S::Received { received_at }, E::Arrived { at }) if received_at == at => state,
        (S::Received { received_at }, E::Rejected { at }) => S::Rejected {
            received_at: *received_at,
            decided_at: *at,
            review: None,
            void: Vec::new(),
        },
        (S::Received { received_at }, E::HeldForReview { at, rules }) if !rules.is_empty() => {
            S::AwaitingReview {
                received_at: *received_at,
                since: *at,
                rules: rules.clone(),
                review: None,
                void: Vec::new(),
            }
        }
        (S::Received { received_at }, E::Accepted { at }) => S::Accepted {
            received_at: *received_at,
            decided_at: *at,
            rules: Vec::new(),
            review: None,
            void: Vec::new(),
        },
        (
            S::Received { received_at },
            E::Checked {
                at,
                would_be,
                rules,
            },
        ) => S::Checked {
            received_at: *received_at,
            decided_at: *at,
            would_be: *would_be,
            rules: rules.clone(),
        },
        (
            S::AwaitingReview {
                received_at,
                since,
                rules,
                review: None,
                void,
            },
            event,
        ) => before_review(*received_at, *since, rules, void, event)
            .ok_or_else(|| wrong(&state, event))?,
        (
            S::AwaitingReview {
                review: Some(made), ..
            },
            E::Reviewed(decision),
        ) if is_repeated(made, decision) => state,
        (
            S::AwaitingReview {
                received_at,
                since,
                rules,
                review: Some(made),
                void,
            },
            event,
        ) => after_review(*received_at, *since, rules, made, void, event)
            .ok_or_else(|| wrong(&state, event))?,
        _ => return Err(wrong(&state, event)),
    };
    Ok(next)
}

/// What can happen while nobody has decided.
fn before_review(
    received_at: UtcTime,
    since: UtcTime,
    rules: &[RuleFired],
    void: &[VoidDecision],
    event: &SubmissionEvent,
) -> Option<SubmissionState> {
    use SubmissionEvent as E;
    use SubmissionState as S;

    let void = void.to_vec();
    match event {
        E::Reviewed(decision) => Some(S::AwaitingReview {
            received_at,
            since,
            rules: rules.to_vec(),
            review: Some(decision.clone()),
            void,
        }),
        E::JudgedAgain { rules, .. } => Some(S::AwaitingReview {
            received_at,
            // As before: time alone must not change a verdict.
            since,
            rules: rules.clone(),
            review: None,
            void,
        }),
        E::Rejected { at } => Some(S::Rejected {
            received_at,
            decided_at: *at,
            review: None,
            void,
        }),
        _ => None,
    }
}

/// What follows a reviewer's decision. What the file refers to may have changed while it waited: then an accepted file is
/// rejected after all, or waits for a decision on what it has become.
fn after_review(
    received_at: UtcTime,
    since: UtcTime,
    rules: &[RuleFired],
    made: &ReviewDecision,
    void: &[VoidDecision],
    event: &SubmissionEvent,
) -> Option<SubmissionState> {
    use SubmissionEvent as E;
    use SubmissionState as S;

    let rules = rules.to_vec();
    let mut void = void.to_vec();
    match (made.decision, event) {
        (Decision::Accept, E::Accepted { at }) => Some(S::Accepted {
            received_at,
            decided_at: *at,
            rules,
            review: Some(made.clone()),
            void,
        }),
        (Decision::Accept, E::Rejected { at }) => Some(S::Rejected {
            received_at,
            decided_at: *at,
            review: Some(made.clone()),
            void,
        }),
        (
            Decision::Accept,
            E::FoundChanged {
                at,
                rules,
                reviewer,
                changed,
            },
        ) => {
            void.push(VoidDecision {
                decision: made.clone(),
                reviewer: reviewer.clone(),
                void_since: *at,
                changed: changed.clone(),
            });
            Some(S::AwaitingReview {
                received_at,
                // As before: what a verdict counts ends then, and time alone must not change the new one either.
                since,
                rules: rules.clone(),
                review: None,
                void,
            })
        }
        (_, E::ReviewerBarred { at, reviewer, why }) => {
            void.push(VoidDecision {
                decision: made.clone(),
                reviewer: reviewer.clone(),
                void_since: *at,
                changed: vec![why.clone()],
            });
            Some(S::AwaitingReview {
                received_at,
                since,
                rules,
                review: None,
                void,
            })
        }
        (Decision::Refuse, E::Refused { at }) => Some(S::Refused {
            received_at,
            decided_at: *at,
            rules,
            review: made.clone(),
            void,
        }),
        _ => None,
    }
}

fn is_repeated(made: &ReviewDecision, again: &ReviewDecision) -> bool {
    made.reviewer == again.reviewer
        && made.decision == again.decision
        && made.reason == again.reason
        && made.verdict == again.verdict
}

fn wrong(state: &SubmissionState, event: &SubmissionEvent) -> WrongEvent {
    WrongEvent {
        state: state.name(),
        event: event.in_words(),
    }
}
