use super::{Act, ActivityOutcome};
use crate::directory::{Entrance, Method, Permission, Route, routes};

/// What is recorded of an answer, beside who asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answered {
    /// Where it was asked.
    pub entrance: Entrance,
    /// What was asked.
    pub route: Route,
    /// What came of it.
    pub outcome: ActivityOutcome,
}

/// What whoever asks a route does. One that is not named here is recorded all the same, in words that say less.
pub fn act_of_route(route: &Route) -> Act {
    let named = NAMED.iter().find(|(routes, _)| routes.contains(route));
    match named {
        Some((_, act)) => *act,
        None if route.method == Method::Get => Act::ReadElse,
        None => Act::ChangeElse,
    }
}

/// Whether an answer is recorded: whatever changes something, whatever is refused, and whatever DCC staff read. A User's people read what is
/// their own organisation's. What says nothing of anybody's data, such as who asks, is no act.
pub fn is_recorded(answered: &Answered) -> bool {
    let of_staff = answered.entrance == Entrance::Staff;
    match (answered.route.permission, answered.route.method) {
        (Permission::Anyone, _) => false,
        (_, Method::Post) => true,
        (permission, Method::Get) => match answered.outcome {
            ActivityOutcome::Refused { .. } => true,
            ActivityOutcome::Done => of_staff && permission != Permission::SignedIn,
            // Nothing was shown, and the log has it.
            ActivityOutcome::Failed { .. } => false,
        },
    }
}

const NAMED: &[(&[Route], Act)] = &[
    (&[routes::SUBMISSIONS], Act::ListSubmissions),
    (&[routes::START_SUBMISSION], Act::StartSubmission),
    (
        &[
            routes::SUBMISSION,
            routes::FINDINGS,
            routes::CHANGES,
            routes::RECEIPT,
            routes::SIGNED_DECISION,
            routes::WAITING_DECISIONS,
        ],
        Act::ReadSubmission,
    ),
    (&[routes::UPLOAD], Act::AskForUpload),
    (
        &[routes::SENT_FILE, routes::SENT_SIGNATURE],
        Act::DownloadFile,
    ),
    (&[routes::THRESHOLDS], Act::ListThresholds),
    (
        &[routes::USER_THRESHOLDS, routes::THRESHOLD_HISTORY],
        Act::ReadThresholds,
    ),
    (&[routes::QUARANTINE_EVENTS], Act::ListQuarantine),
    (
        &[routes::QUARANTINE_EVENT, routes::COMMUNICATIONS],
        Act::ReadQuarantine,
    ),
    (
        &[routes::KNOWN_FOR_ADT, routes::KNOWN_FOR_EXIT],
        Act::PrepareSubmission,
    ),
    (&[routes::REVIEWS], Act::ListReviews),
    (&[routes::REVIEW], Act::ReadReview),
    (&[routes::DECIDE_REVIEW], Act::DecideReview),
    (&[routes::ASSIGN_REVIEW], Act::AssignReview),
    (&[routes::ASK_QUESTION], Act::AskQuestion),
    (&[routes::ANSWER_QUESTION], Act::AnswerQuestion),
    (&[routes::DECIDED_REVIEWS], Act::ListDecisions),
    (&[routes::PEOPLE], Act::ReadPeople),
    (
        &[routes::ASK_FOR_CHANGE, routes::ASK_FOR_SIGNED_CHANGE],
        Act::AskForChange,
    ),
    (&[routes::CHANGES_TO_APPROVE], Act::ListChanges),
    (&[routes::ANSWER_CHANGE], Act::AnswerChange),
    (&[routes::REGISTER_CERTIFICATE], Act::RegisterCertificate),
    (&[routes::STOP_OWN_KEY], Act::StopKey),
    (
        &[routes::ACTIVITY, routes::ACTIVITY_FILE],
        Act::ReadActivity,
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::ProblemCode;
    use crate::directory::ROUTES;

    fn recorded(entrance: Entrance, route: Route, outcome: ActivityOutcome) -> bool {
        is_recorded(&Answered {
            entrance,
            route,
            outcome,
        })
    }

    #[test]
    fn whatever_changes_something_and_whatever_staff_read_is_recorded() {
        for route in ROUTES {
            let says_nothing = [Permission::Anyone, Permission::SignedIn];
            let is_public = says_nothing.contains(&route.permission);
            let changes = route.method == Method::Post;
            for (entrance, expected) in [
                (Entrance::Staff, changes || !is_public),
                (Entrance::Users, changes),
            ] {
                let done = recorded(entrance, *route, ActivityOutcome::Done);
                assert_eq!(done, expected, "{entrance:?} {route:?}");
            }
        }
    }

    #[test]
    fn every_refusal_is_recorded_and_a_failure_where_something_may_have_changed() {
        let refused = ActivityOutcome::of_answer(Some(ProblemCode::NotAllowed));
        let failed = ActivityOutcome::of_answer(Some(ProblemCode::Unavailable));
        for entrance in Entrance::ALL {
            for route in ROUTES {
                let is_for_anyone = route.permission == Permission::Anyone;
                assert_eq!(
                    recorded(entrance, *route, refused),
                    !is_for_anyone,
                    "{route:?}"
                );
                assert_eq!(
                    recorded(entrance, *route, failed),
                    route.method == Method::Post,
                    "{route:?}"
                );
            }
        }
    }

    #[test]
    fn a_route_that_nobody_named_is_recorded_in_general_words() {
        let unnamed = Route {
            path: "/something-new",
            ..routes::UPLOAD
        };
        assert_eq!(act_of_route(&unnamed), Act::ChangeElse);
        assert!(recorded(Entrance::Users, unnamed, ActivityOutcome::Done));
    }
}
