//! Watching a submission until it is settled.

use crate::{
    api::{Api, ApiError, SubmissionDetail, SubmissionSummary, calls},
    browser,
    components::Remote,
};
use leptos::prelude::*;
use sluice_shared::{identifiers::SubmissionId, submission::StateName};

/// The first pause between two questions, in milliseconds; each is half as long again as the one before.
const FIRST_PAUSE: u32 = 150;
/// The longest pause while the file is being checked.
const LONGEST_PAUSE: u32 = 5_000;
/// The pause while people decide.
const REVIEW_PAUSE: u32 = 15_000;

/// What is seen of a submission. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Watch {
    /// The submission as it was last.
    pub(super) detail: RwSignal<Remote<SubmissionDetail>>,
    /// True while the service does not answer.
    pub(super) out_of_reach: RwSignal<bool>,
}

/// Watches a submission for as long as the page is open.
pub(super) fn watch(
    api: Api,
    reference: SubmissionId,
    changed: impl Fn(&SubmissionDetail) + 'static,
) -> Watch {
    let watch = Watch {
        detail: RwSignal::new(Remote::Loading),
        out_of_reach: RwSignal::new(false),
    };
    leptos::task::spawn_local(async move {
        let mut pause = FIRST_PAUSE;
        let mut last = None;
        loop {
            match api.get(calls::submission(reference)).await {
                Ok(detail) => {
                    let state = detail.summary.state;
                    if watch.out_of_reach.try_set(false).is_some() {
                        return;
                    }
                    if last.as_ref().map(|last: &SubmissionSummary| last.state) != Some(state) {
                        pause = FIRST_PAUSE;
                        changed(&detail);
                    }
                    // Drawn anew only when something has changed.
                    if last.as_ref() != Some(&detail.summary) {
                        last = Some(detail.summary.clone());
                        let _ = watch.detail.try_set(Remote::Ready(detail));
                    }
                    match state {
                        StateName::AwaitingReview => pause = REVIEW_PAUSE,
                        StateName::AwaitingUpload | StateName::Received => {}
                        _ => return,
                    }
                }
                // Whoever is asked again may answer; what is seen so far stays on the page.
                Err(ApiError::Unreachable) => {
                    if watch.out_of_reach.try_set(true).is_some() {
                        return;
                    }
                }
                Err(ApiError::Problem(problem)) if problem.code.is_worth_a_retry() => {}
                Err(error) => {
                    let _ = watch.detail.try_set(Remote::Failed(error));
                    return;
                }
            }
            browser::sleep(pause).await;
            pause = (pause + pause / 2).min(LONGEST_PAUSE);
        }
    });
    watch
}
