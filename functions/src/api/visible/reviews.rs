use sluice_shared::{
    api,
    identifiers::{CorrelationId, SubmissionId},
    submission::StateName,
};
use time::Duration;

use super::{Visible, VisibleTo, place};
use crate::{
    error::ApiError,
    intake::KeptEvidence,
    known,
    stores::{Cursor, List, StoreError, SubmissionRecord},
};

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

    /// What `intake` put aside for a reviewer.
    pub(crate) async fn evidence(
        &self,
        record: &Visible<SubmissionRecord>,
    ) -> Result<KeptEvidence, ApiError> {
        let evidence = self.backend.submissions.evidence(&record.id).await?;
        Ok(evidence.unwrap_or_default())
    }

    /// Has a submission that nobody has decided judged again where what its verdict rests on has changed.
    pub(crate) async fn keep_true(
        &self,
        record: &Visible<SubmissionRecord>,
    ) -> Result<(), ApiError> {
        if record.awaits_decision() && !known::rests_on_what_is(self.backend, record).await? {
            let again = self.backend.queue.judge_again(&record.id, Duration::ZERO);
            again.await?;
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
