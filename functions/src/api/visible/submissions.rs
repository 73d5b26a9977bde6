use sluice_shared::{
    api::{self, FileEffect, SubmissionChanges, Superseded, UserEffect},
    finding::Finding,
    identifiers::{FileDigest, OrganisationId, SubmissionId},
    submission::{StateName, SubmissionState},
};

use super::{Visible, VisibleTo, place};
use crate::{
    error::{ApiError, Refusal},
    intake::KeptEvidence,
    stores::{Cursor, Listed, Page, StartKeys, StoreError, SubmissionRecord},
};

/// A list is read in as many parts as it takes to fill a page, up to this many; a narrow filter may need several.
const MOST_READS: usize = 10;

impl VisibleTo<'_> {
    /// A submission.
    pub(crate) async fn submission(
        &self,
        id: &SubmissionId,
    ) -> Result<Visible<SubmissionRecord>, ApiError> {
        let record = self.backend.submissions.get(id).await?;
        let record = record.filter(|record| !record.is_gone(self.now()));
        self.seen(record, |record| &record.organisation, "submission")
    }

    /// A submission of the caller's own organisation, if it is one: what DCC staff see of others is not theirs to send.
    pub(crate) async fn own_submission(
        &self,
        id: &SubmissionId,
    ) -> Result<Option<Visible<SubmissionRecord>>, ApiError> {
        let record = self.backend.submissions.get(id).await?;
        Ok(record
            .filter(|record| record.organisation == self.person.organisation)
            .filter(|record| !record.is_gone(self.now()))
            .map(Visible))
    }

    /// Submissions, newest first, as the clock has them; `state` narrows the list.
    pub(crate) async fn submissions(
        &self,
        organisation: Option<&OrganisationId>,
        state: Option<StateName>,
        limit: i32,
        cursor: Option<&api::Cursor>,
    ) -> Result<(Vec<Visible<SubmissionRecord>>, Option<Cursor>), ApiError> {
        let list = self.list(organisation, Listed::Submissions)?;
        let (mut next, now) = (place(cursor, &list)?, self.now());
        // Expiry happens by the clock: what has expired is still recorded as waiting.
        let recorded = state.map(|state| match state {
            StateName::Expired => StateName::AwaitingUpload,
            state => state,
        });
        let mut records = Vec::new();
        for _ in 0..MOST_READS {
            let wanted = limit - i32::try_from(records.len()).unwrap_or(limit);
            let Page { items, next: after } = self
                .backend
                .submissions
                .list_page(&list, recorded, wanted, next)
                .await?;
            records.extend(
                items
                    .into_iter()
                    .filter(|record| !record.is_gone(now))
                    .filter(|record| state.is_none_or(|state| record.state_at(now).name() == state))
                    .map(Visible),
            );
            next = after;
            if next.is_none() || records.len() >= usize::try_from(limit).unwrap_or(usize::MAX) {
                break;
            }
        }
        Ok((records, next))
    }

    /// What the last check of a submission found.
    pub(crate) async fn findings(
        &self,
        record: &Visible<SubmissionRecord>,
    ) -> Result<Vec<Finding>, ApiError> {
        let found = self.backend.submissions.findings(&record.id).await?;
        Ok(found.map(|found| found.findings).unwrap_or_default())
    }

    /// What a submission changed, changes or would have changed, as far as that is kept.
    pub(crate) async fn changes(
        &self,
        record: &Visible<SubmissionRecord>,
    ) -> Result<SubmissionChanges, ApiError> {
        let submissions = &self.backend.submissions;
        // Those of a rejection come first: evidence may be there from when the file waited.
        if let Some(kept) = submissions.changes(&record.id).await? {
            return Ok(kept);
        }
        if let Some(kept) = submissions.evidence::<KeptEvidence>(&record.id).await? {
            return Ok((&kept.evidence).into());
        }
        let mut changes = SubmissionChanges::default();
        if let (SubmissionState::Accepted { decided_at, .. }, Some(FileEffect::Adt { users, .. })) =
            (&record.state, &record.effect)
        {
            for UserEffect { user_id, .. } in users {
                let thresholds = &self.backend.thresholds;
                let accepted = thresholds.accepted_by(*user_id, &record.id, *decided_at);
                let accepted = accepted.await?;
                changes
                    .comparisons
                    .extend(accepted.map(|accepted| accepted.changes));
            }
        }
        Ok(changes)
    }

    /// A submission's signed receipt, once there is one.
    pub(crate) async fn receipt(
        &self,
        record: &Visible<SubmissionRecord>,
    ) -> Result<Option<Vec<u8>>, ApiError> {
        Ok(self.backend.submissions.receipt(&record.id).await?)
    }

    /// The signed decision that a submission's outcome rests on.
    pub(crate) async fn signed_decision(
        &self,
        record: &Visible<SubmissionRecord>,
    ) -> Result<Vec<u8>, ApiError> {
        if record.decision_signature.is_none() {
            return Err(Refusal::NotFound("signed decision").into());
        }
        let signed = self.backend.submissions.decision(&record.id).await?;
        signed.ok_or_else(|| {
            ApiError::Internal(format!("the signed decision on {} is not there", record.id))
        })
    }

    /// The submission that the caller started with an idempotency key, and the digest of that request.
    pub(crate) async fn started_with(
        &self,
        key: &str,
    ) -> Result<Option<(Visible<SubmissionRecord>, FileDigest)>, ApiError> {
        let submissions = &self.backend.submissions;
        let Some(started) = submissions
            .started_with(&self.person.id, key, self.now())
            .await?
        else {
            return Ok(None);
        };
        let record = submissions.get(&started.submission).await?.ok_or_else(|| {
            ApiError::Internal(format!(
                "{} was started and is not there",
                started.submission
            ))
        })?;
        if record.organisation != self.person.organisation {
            return Err(Refusal::KeyOfFormerOrganisation.into());
        }
        Ok(Some((Visible(record), started.request)))
    }

    /// Which submission of a file was the caller's organisation's latest.
    pub(crate) async fn latest_of_file(
        &self,
        request: &api::StartSubmission,
    ) -> Result<Option<SubmissionId>, ApiError> {
        let organisation = &self.person.organisation;
        let latest = self
            .backend
            .submissions
            .of_file(organisation, request.kind, &request.sha256);
        Ok(latest.await?)
    }

    /// A reference that no other submission has.
    pub(crate) fn new_reference(&self) -> SubmissionId {
        let mut random = [0; 10];
        (self.backend.ports.random)(&mut random);
        SubmissionId::from_random(random)
    }

    /// Records a new submission, whose organisation is made the caller's; see [`crate::stores::Submissions::start`].
    pub(crate) async fn start(
        &self,
        mut record: SubmissionRecord,
        signature: Option<&[u8]>,
        keys: &StartKeys,
        instead_of: Option<&SubmissionId>,
        linked: &[Visible<SubmissionRecord>],
    ) -> Result<Visible<SubmissionRecord>, StoreError> {
        record.organisation = self.person.organisation.clone();
        self.backend
            .submissions
            .start(&record, signature, keys, instead_of, &inner(linked))
            .await?;
        Ok(Visible(record))
    }

    /// Records that the caller asked for a submission again; see [`crate::stores::Submissions::ask_again`].
    pub(crate) async fn ask_again(
        &self,
        record: &Visible<SubmissionRecord>,
        changed: &[Visible<SubmissionRecord>],
        keys: Option<&StartKeys>,
    ) -> Result<(), StoreError> {
        let asked = (&self.person.id, &**record);
        self.backend
            .submissions
            .ask_again(asked, &inner(changed), keys, self.now())
            .await
    }

    /// For each User ID of an accepted ADT File that the caller may see: the file that was accepted for it since, if one was.
    pub(crate) async fn superseded(
        &self,
        record: &Visible<SubmissionRecord>,
    ) -> Result<Vec<Superseded>, ApiError> {
        let Some(FileEffect::Adt { users, .. }) = &record.effect else {
            return Ok(Vec::new());
        };
        if record.state.name() != StateName::Accepted {
            return Ok(Vec::new());
        }
        let mut superseded = Vec::new();
        for UserEffect { user_id, .. } in users {
            // A User ID may belong to another organisation by now, whose submissions are nobody else's business.
            let owner = self.backend.directory.owner_of(*user_id).await?;
            if !owner.is_some_and(|owner| self.person.sees(&owner)) {
                continue;
            }
            let current = self.backend.thresholds.current(*user_id).await?;
            let origin = current.map(|current| current.thresholds.origin);
            superseded.extend(origin.filter(|origin| origin.submission != record.id).map(
                |origin| Superseded {
                    user_id: *user_id,
                    by: origin.submission,
                    accepted_at: origin.accepted_at,
                },
            ));
        }
        Ok(superseded)
    }
}

fn inner(records: &[Visible<SubmissionRecord>]) -> Vec<SubmissionRecord> {
    records
        .iter()
        .map(|Visible(record)| record.clone())
        .collect()
}
