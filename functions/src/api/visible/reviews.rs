use futures::future::try_join_all;
use sluice_shared::{
    api,
    directory::Person,
    finding::Finding,
    identifiers::{CorrelationId, SubmissionId},
    review::SignedDecision,
    submission::StateName,
};

use super::{Visible, VisibleTo, place};
use crate::{
    Backend,
    deciding::{CountedDecision, NotCounted, verify_decision, verify_taken},
    error::ApiError,
    intake::KeptEvidence,
    known,
    stores::{Cursor, List, Listed, StoreError, SubmissionRecord, TakenDecision, pause_before},
};

/// How often record and evidence are read, which are separate items, until they are of one verdict.
const ATTEMPTS: u32 = 5;

/// How many pages of an organisation's submissions are looked through for those of one kind, and how many are on each.
const LOOKED_THROUGH: usize = 20;
const ON_A_PAGE: i32 = 100;

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
        let mut record = submissions.find(id).await?;
        if let Some(found) = &record {
            let is_reviewed = match found.state.name() {
                StateName::AwaitingReview => true,
                // Found at fault while it waited: the evidence tells it from what never did.
                StateName::Rejected => submissions.evidence::<KeptEvidence>(found).await?.is_some(),
                _ => found.state.review().is_some(),
            };
            record = record.filter(|_| is_reviewed);
        }
        let record = self.seen(record, |record| &record.organisation, "review")?;
        Ok(match self.counted(&record).await? {
            Some(counted) => Visible(counted.on(record.into_inner())),
            None => record,
        })
    }

    /// The decision on a submission that was taken and counts, as far as can be told. One that does not is told to `intake`, which drops it,
    /// so that it keeps nobody from deciding.
    async fn counted(
        &self,
        record: &SubmissionRecord,
    ) -> Result<Option<CountedDecision>, ApiError> {
        let Some(taken) = self.backend.decisions.pending(record).await? else {
            return Ok(None);
        };
        match verify_taken(self.backend, record, &taken).await? {
            Ok(counted) => Ok(Some(counted)),
            // It is verified when the lists of the service are mended, and until then nobody's word.
            Err(NotCounted::Trust(_)) => Ok(None),
            Err(why) => {
                let (id, number) = (&record.id, record.next_decision());
                tracing::warn!(submission = %id, number, %why, "a decision is there that counts for nothing");
                let correlation_id = taken.correlation_id;
                let told = self
                    .backend
                    .decisions_queue
                    .review_decided(id, number, correlation_id);
                told.await?;
                Ok(None)
            }
        }
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
        let pending = page.items.iter().map(|record| self.counted(record));
        let pending = try_join_all(pending).await?;
        let seen = page
            .items
            .into_iter()
            .zip(pending)
            .filter(|(record, decided)| decided.is_none() && self.asker.sees(&record.organisation))
            .map(|(record, _)| Visible(record));
        Ok((seen.collect(), page.next))
    }

    /// Submissions on which reviewers decided, the one that was started last first. What waits again since its decision took no effect comes
    /// before all others, on the first page.
    pub(crate) async fn decided(
        &self,
        limit: i32,
        cursor: Option<&api::Cursor>,
    ) -> Result<(Vec<Visible<SubmissionRecord>>, Option<Cursor>), ApiError> {
        let submissions = &self.backend.submissions;
        let mut found = Vec::new();
        if cursor.is_none() {
            let (list, mut from) = (List::awaiting_review(), None);
            for _ in 0..LOOKED_THROUGH {
                let page = submissions.list_page(&list, None, ON_A_PAGE, from).await?;
                let again = page.items.into_iter();
                found.extend(again.filter(|record| !record.state.void().is_empty()));
                from = page.next;
                if from.is_none() {
                    break;
                }
            }
        }
        let list = List::decided();
        let from = place(cursor, &list)?;
        let page = submissions.list_page(&list, None, limit, from).await?;
        found.extend(page.items);
        found.retain(|record| self.asker.sees(&record.organisation));
        Ok((found.into_iter().map(Visible).collect(), page.next))
    }

    /// The last submissions of the same kind and organisation as this one, up to `most`, the newest first. Checks without effect are none.
    /// Whoever sends many of those, or of the other kind, hides nothing before [`LOOKED_THROUGH`] pages of them.
    pub(crate) async fn of_the_same_kind(
        &self,
        record: &Visible<SubmissionRecord>,
        most: usize,
    ) -> Result<Vec<Visible<SubmissionRecord>>, ApiError> {
        let list = List::of_organisation(&record.organisation, Listed::Submissions);
        let submissions = &self.backend.submissions;
        let (mut found, mut from) = (Vec::new(), None);
        for _ in 0..LOOKED_THROUGH {
            let page = submissions.list_page(&list, None, ON_A_PAGE, from).await?;
            found.extend(page.items.into_iter().filter(|other| {
                other.kind == record.kind && other.id != record.id && !other.check_only
            }));
            from = page.next;
            if found.len() >= most || from.is_none() {
                break;
            }
        }
        found.truncate(most);
        Ok(found.into_iter().map(Visible).collect())
    }

    /// A submission that waits for a reviewer, or did, with what `intake` put aside for that: all of one verdict.
    pub(crate) async fn evidence(&self, id: &SubmissionId) -> Result<Reviewed, ApiError> {
        for attempt in 0..ATTEMPTS {
            pause_before(attempt).await;
            let record = self.reviewed(id).await?;
            let submissions = &self.backend.submissions;
            let evidence = submissions.evidence::<KeptEvidence>(&record);
            let evidence = evidence.await?.unwrap_or_default();
            let findings = self.findings(&record).await?;
            let now = submissions.get(&record.organisation, id).await?;
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
            self.backend.decisions_queue.looked_at(&record.id).await?;
        }
        Ok(())
    }

    /// Whether a decision of the caller's counts, as far as can be told now.
    pub(crate) fn verify_decision(
        &self,
        record: &Visible<SubmissionRecord>,
        (reviewer, signed): (&Person, &SignedDecision),
    ) -> Result<CountedDecision, NotCounted> {
        let verified = verify_decision(self.backend, record, reviewer, signed)?;
        let statement = signed.statement();
        Ok(CountedDecision::new(reviewer, statement, verified))
    }

    /// Takes a decision on a submission, unless somebody was quicker: the submission as it is with it, where it is known to count.
    pub(crate) async fn take_decision(
        &self,
        record: &Visible<SubmissionRecord>,
        taken: &TakenDecision,
        counted: Option<CountedDecision>,
    ) -> Result<Visible<SubmissionRecord>, StoreError> {
        let Backend {
            decisions,
            submissions,
            ..
        } = self.backend;
        decisions.put(submissions, record, taken).await?;
        Ok(match counted {
            Some(counted) => Visible(counted.on(record.0.clone())),
            None => Visible(record.0.clone()),
        })
    }

    /// Tells `intake` that a decision was taken.
    pub(crate) async fn tell_of_review(
        &self,
        record: &Visible<SubmissionRecord>,
        correlation_id: CorrelationId,
    ) -> Result<(), ApiError> {
        let told = self.backend.decisions_queue.review_decided(
            &record.id,
            record.next_decision(),
            Some(correlation_id),
        );
        Ok(told.await?)
    }
}
