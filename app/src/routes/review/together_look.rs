//! A chosen submission, looked at anew: before it is shown, and again right before its decision is signed.

use crate::api::{Api, ApiError, calls};
use sluice_shared::{
    api::ReviewEvidence,
    identifiers::{PersonId, SubmissionId},
    profile::ReviewRules,
    review::{QuestionCount, Waiting, in_anothers_hands, may_accept_together},
    submission::StateName,
};

/// What came of a look.
#[derive(Clone)]
pub(super) enum Looked {
    Fits(Box<ReviewEvidence>),
    /// Why it is not accepted with the others.
    LeftOut(SubmissionId, String),
}

/// Looks at a submission as it is now.
pub(super) async fn look_at(api: Api, reference: SubmissionId, rules: &ReviewRules) -> Looked {
    match api.get(calls::review(reference)).await {
        Ok(shown) => judged(shown, rules),
        Err(error) => Looked::LeftOut(reference, in_short(&error)),
    }
}

/// What has come up since a submission was shown that whoever accepts it has to know: a question, an answer, a colleague who has it. What is in the
/// verdict is the service's to notice.
pub(super) async fn came_up(
    api: Api,
    shown: &ReviewEvidence,
    me: &PersonId,
    rules: &ReviewRules,
) -> Option<String> {
    let now = match look_at(api, shown.submission.summary.reference, rules).await {
        Looked::Fits(now) => now,
        Looked::LeftOut(_, why) => return Some(why),
    };
    let holder = in_anothers_hands(now.assigned.as_ref(), me)?;
    let is_known = shown.assigned.as_ref() == Some(holder);
    (!is_known).then(|| {
        format!(
            "{} has taken it in hand since you looked",
            holder.person.name
        )
    })
}

fn judged(shown: ReviewEvidence, rules: &ReviewRules) -> Looked {
    let reference = shown.submission.summary.reference;
    if let Some(review) = shown.submission.progress.review() {
        let by = shown.submission.reviewer.as_ref();
        let by = by.map_or_else(|| review.reviewer.to_string(), |person| person.name.clone());
        return Looked::LeftOut(reference, format!("{by} has decided about it already"));
    }
    if shown.submission.summary.state != StateName::AwaitingReview {
        return Looked::LeftOut(reference, "it waits for no decision any more".to_owned());
    }
    let fired: Vec<_> = shown.rules.iter().map(|fired| fired.rule).collect();
    let waiting = Waiting {
        rules: &fired,
        barred: shown.barred,
        void: shown.void.len(),
        questions: QuestionCount::of(&shown.submission.asked),
    };
    match may_accept_together(waiting, rules) {
        Ok(()) => Looked::Fits(Box::new(shown)),
        Err(bar) => Looked::LeftOut(reference, bar.to_string()),
    }
}

fn in_short(error: &ApiError) -> String {
    format!("{}. {}", error.title(), error.detail())
}
