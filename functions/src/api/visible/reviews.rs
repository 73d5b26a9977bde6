use sluice_shared::{
    api,
    finding::Finding,
    identifiers::{CorrelationId, SubmissionId},
    submission::StateName,
};

use super::{Visible, VisibleTo, place};
use crate::{
    error::ApiError,
    intake::KeptEvidence,
    known,
    stores::{Cursor, List, StoreError, SubmissionRecord, pause_before},
};

/// How often record and evidence are read, which are separate items, until they are of one verdict.
const ATTEMPTS: u32 = 5;

/// What a reviewer looks at.
pub(crate) struct Reviewed {
    pub(crate) record: Visible<SubmissionRecord>,
    pub(crate) evidence: KeptEvidence,
    pub(crate) findings: Vec<Finding>,
}

/// Whether evidence is that of the verdict which a decision on `record` would name. What was found at fault while it waited has
/// another verdict since, and keeps the evidence that reviewers saw.
fn belongs_to(evidence: &KeptEvidence, record: &SubmissionRecord) -> bool {
    let named = record.judged.as_ref().map(|judged| judged.verdict);
    record.state.name() != StateName::AwaitingReview
        || evidence.verdict.is_none()
        || evidence.verdict == named
}

impl VisibleTo<'_> {
    /// A submission that waits for a reviewer, or did.
    pub(crate) async fn reviewed(
        &self,
        id: &SubmissionId,
    ) -> Result<Visible<SubmissionRecord>, ApiError> {
        let submissions = &self.backend.submissions;
        let mut record = submissions.get(id).await?;
        if let Some(found) = &record {
            let is_reviewed = match found.state.name() {
                StateName::AwaitingReview => true,
                // Found at fault while it waited: the evidence tells it from what never did.
                StateName::Rejected => submissions.evidence::<KeptEvidence>(id).await?.is_some(),
                _ => found.state.review().is_some(),
            };
            record = record.filter(|_| is_reviewed);
        }
        self.seen(record, |record| &record.organisation, "review")
    }

    /// Submissions that wait for a reviewer, oldest first.
    pub(crate) async fn reviews(
        &self,
        limit: i32,
        cursor: Option<&api::Cursor>,
    ) -> Result<(Vec<Visible<SubmissionRecord>>, Option<Cursor>), ApiError> {
        let list = List::awaiting_review();
        let from = place(cursor, &list)?;
        let page = self.backend.submissions.list_page(&list, None, limit, from);
        let page = page.await?;
        let seen = page
            .items
            .into_iter()
            .filter(|record| self.person.sees(&record.organisation));
        Ok((seen.map(Visible).collect(), page.next))
    }

    /// A submission that waits for a reviewer, or did, with what `intake` put aside for that: all of one verdict.
    pub(crate) async fn evidence(&self, id: &SubmissionId) -> Result<Reviewed, ApiError> {
        for attempt in 0..ATTEMPTS {
            pause_before(attempt).await;
            let record = self.reviewed(id).await?;
            let evidence = self.backend.submissions.evidence::<KeptEvidence>(id);
            let evidence = evidence.await?.unwrap_or_default();
            let findings = self.findings(&record).await?;
            let now = self.backend.submissions.get(id).await?;
            let is_one = now.is_some_and(|now| now.version == record.version)
                && belongs_to(&evidence, &record);
            if is_one {
                return Ok(Reviewed {
                    record,
                    evidence,
                    findings,
                });
            }
        }
        Err(ApiError::Unavailable(format!(
            "{id} and its evidence are not of one verdict, however often they are read"
        )))
    }

    /// Has a submission that nobody has decided judged again where what its verdict rests on has changed.
    pub(crate) async fn keep_true(
        &self,
        record: &Visible<SubmissionRecord>,
    ) -> Result<(), ApiError> {
        if record.awaits_decision() && !known::rests_on_what_is(self.backend, record).await? {
            self.backend.queue.looked_at(&record.id).await?;
        }
        Ok(())
    }

    /// Records a decision on a submission if nobody changed it since it was read.
    pub(crate) async fn record_review(
        &self,
        read: &Visible<SubmissionRecord>,
        decided: SubmissionRecord,
    ) -> Result<Visible<SubmissionRecord>, StoreError> {
        if (decided.id, &decided.organisation) != (read.id, &read.organisation) {
            return Err(StoreError::Conflict("record a review"));
        }
        let recorded = self.backend.submissions.update(decided).await?;
        Ok(Visible(recorded))
    }

    /// Tells `intake` that a decision is recorded.
    pub(crate) async fn tell_of_review(
        &self,
        record: &Visible<SubmissionRecord>,
        correlation_id: CorrelationId,
    ) -> Result<(), ApiError> {
        let told = self
            .backend
            .queue
            .review_decided(&record.id, correlation_id);
        Ok(told.await?)
    }
}
