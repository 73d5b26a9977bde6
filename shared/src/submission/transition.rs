use super::{Decision, ReviewDecision, StateName, SubmissionEvent, SubmissionState};

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
        },
        (S::Received { received_at }, E::HeldForReview { at, rules }) if !rules.is_empty() => {
            S::AwaitingReview {
                received_at: *received_at,
                since: *at,
                rules: rules.clone(),
                review: None,
            }
        }
        (S::Received { received_at }, E::Accepted { at }) => S::Accepted {
            received_at: *received_at,
            decided_at: *at,
            rules: Vec::new(),
            review: None,
        },
        (
            S::AwaitingReview {
                received_at,
                since,
                rules,
                review: None,
            },
            E::Reviewed(decision),
        ) => S::AwaitingReview {
            received_at: *received_at,
            since: *since,
            rules: rules.clone(),
            review: Some(decision.clone()),
        },
        (
            S::AwaitingReview {
                review: Some(made), ..
            },
            E::Reviewed(decision),
        ) if is_repeated(made, decision) => state,
        (
            S::AwaitingReview {
                received_at,
                rules,
                review: Some(made),
                ..
            },
            event,
        ) => after_review(*received_at, rules, made, event).ok_or_else(|| wrong(&state, event))?,
        _ => return Err(wrong(&state, event)),
    };
    Ok(next)
}

/// What follows a reviewer's decision. An accepted file may still be rejected: what it refers to may have changed
/// while it waited.
fn after_review(
    received_at: crate::instant::UtcTime,
    rules: &[crate::risk::RuleFired],
    made: &ReviewDecision,
    event: &SubmissionEvent,
) -> Option<SubmissionState> {
    use SubmissionEvent as E;
    use SubmissionState as S;

    let rules = rules.to_vec();
    match (made.decision, event) {
        (Decision::Accept, E::Accepted { at }) => Some(S::Accepted {
            received_at,
            decided_at: *at,
            rules,
            review: Some(made.clone()),
        }),
        (Decision::Accept, E::Rejected { at }) => Some(S::Rejected {
            received_at,
            decided_at: *at,
            review: Some(made.clone()),
        }),
        (Decision::Refuse, E::Refused { at }) => Some(S::Refused {
            received_at,
            decided_at: *at,
            rules,
            review: made.clone(),
        }),
        _ => None,
    }
}

fn is_repeated(made: &ReviewDecision, again: &ReviewDecision) -> bool {
    made.reviewer == again.reviewer
        && made.decision == again.decision
        && made.reason == again.reason
}

fn wrong(state: &SubmissionState, event: &SubmissionEvent) -> WrongEvent {
    WrongEvent {
        state: state.name(),
        event: event.in_words(),
    }
}
