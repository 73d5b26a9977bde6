//! What happened to a submission, step by step.

use super::SubmissionDetail;
use crate::instant::UtcTime;
use crate::submission::{Decision, ReviewDecision, StateName, VoidDecision};

/// One thing that happened, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimelineStep {
    /// When.
    pub at: UtcTime,
    /// What, and by whom, without a full stop.
    pub what: String,
}

impl SubmissionDetail {
    /// What happened to it, in the order of time. Who decided is told to everybody who may see the submission.
    pub fn timeline(&self) -> Vec<TimelineStep> {
        let mut steps = Vec::new();
        let mut add = |at: UtcTime, what: String| steps.push(TimelineStep { at, what });
        let summary = &self.summary;
        if let Some(signature) = &self.signature {
            let signer = summary.signer.as_ref();
            let by = signer.map_or(signature.subject.as_str(), |person| person.name.as_str());
            add(signature.signing_time, format!("Signed by {by}"));
        }
        let by = self.started_by.as_ref().unwrap_or(&summary.uploader);
        let what = if summary.check_only {
            "Check started"
        } else {
            "Started"
        };
        add(summary.started_at, format!("{what} by {}", by.name));
        if let Some(at) = summary.received_at {
            add(
                at,
                format!("Sent by {}: the file arrived", summary.uploader.name),
            );
        }
        if let Some(at) = self.checked_at.filter(|at| Some(*at) != summary.settled_at) {
            let found = match self.progress.rules() {
                [] => "Checked",
                _ => "Passed every check: a reviewer has to decide",
            };
            add(at, found.to_owned());
        }
        for VoidDecision {
            decision,
            reviewer,
            void_since,
            ..
        } in self.progress.void()
        {
            add(decision.decided_at, decided(decision, reviewer));
            add(
                *void_since,
                "Not what the reviewer saw any more: a reviewer has to decide again".to_owned(),
            );
        }
        if let Some(review) = self.progress.review() {
            let by = self.reviewer.as_ref();
            let by = by.map_or_else(|| review.reviewer.to_string(), |person| person.name.clone());
            add(review.decided_at, decided(review, &by));
        }
        if let Some(at) = summary.settled_at {
            add(
                at,
                settled(summary.state, self.progress.review().is_some()).to_owned(),
            );
        }
        for later in &self.superseded {
            add(
                later.accepted_at,
                format!(
                    "Submission {} took its place for User ID {}",
                    later.by, later.user_id
                ),
            );
        }
        steps.sort_by_key(|step| step.at);
        steps
    }
}

fn decided(review: &ReviewDecision, reviewer: &str) -> String {
    match review.decision {
        Decision::Accept => format!("Accepted by {reviewer}"),
        Decision::Refuse => format!("Refused by {reviewer}"),
    }
}

const fn settled(state: StateName, reviewed: bool) -> &'static str {
    match (state, reviewed) {
        (StateName::Accepted, true) => "In effect",
        (StateName::Accepted, false) => "Checked, accepted and in effect",
        (StateName::Rejected, true) => "Checked again, and rejected: nothing takes effect",
        (StateName::Rejected, false) => "Checked, and rejected: nothing takes effect",
        (StateName::Refused, _) => "Completed: nothing takes effect",
        (StateName::Checked, _) => "Checked, without effect",
        (StateName::Expired, _) => "Expired: the file did not arrive",
        (StateName::AwaitingUpload | StateName::Received | StateName::AwaitingReview, _) => {
            "Completed"
        }
    }
}
