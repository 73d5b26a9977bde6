use sluice_shared::{
    activity::About,
    api::{self, FileEffect, SubmissionChanges, Superseded, UserEffect},
    finding::Finding,
    identifiers::{FileDigest, SubmissionId},
    instant::UtcTime,
    submission::{StateName, SubmissionState},
};

use super::{Visible, VisibleTo};
use crate::{
    Backend,
    api::corrections::Linked,
    error::{ApiError, Refusal},
    intake::KeptEvidence,
    stores::{Announcement, Changes, StartKeys, StoreError, SubmissionRecord},
};

impl VisibleTo<'_> {
    /// A submission.
    pub(crate) async fn submission(
        &self,
        id: &SubmissionId,
    ) -> Result<Visible<SubmissionRecord>, ApiError> {
        let record = Box::pin(self.known_submission(id)).await?;
        self.seen(record, |record| &record.organisation, "submission")
    }

    /// A submission of the caller's own organisation, if it is one: what DCC staff see of others is not theirs to send.
    pub(crate) async fn own_submission(
        &self,
        id: &SubmissionId,
    ) -> Result<Option<Visible<SubmissionRecord>>, ApiError> {
        let record = Box::pin(self.known_submission(id)).await?;
        Ok(record
            .filter(|record| record.organisation == *self.asker.organisation())
            .map(Visible))
    }

    /// What is on record of a submission; until its file arrives, what is announced of it.
    async fn known_submission(
        &self,
        id: &SubmissionId,
    ) -> Result<Option<SubmissionRecord>, StoreError> {
        let Backend {
            submissions,
            announcements,
            ..
        } = self.backend;
        let now = self.now();
        let owner = Box::pin(async {
            match submissions.organisation_of(id).await? {
                Some(organisation) => Ok(Some(organisation)),
                None => announcements.organisation_of(id).await,
            }
        });
        let Some(organisation) = self.owner(owner).await? else {
            return Ok(None);
        };
        let mut record = submissions.get(&organisation, id).await?;
        if record.is_none() {
            let announced = announcements.get(&organisation, id).await?;
            let announced = announced.filter(|announced| !announced.is_gone(now));
            record = announced.map(|announced| announced.record());
        }
        if let Some(record) = &mut record
            && may_be_corrected(record, now)
        {
            record.replaced_by = announcements
                .correction(&record.organisation, id, now)
                .await?;
        }
        Ok(record.filter(|record| !record.is_gone(now)))
    }

    /// What the last check of a submission found.
    pub(crate) async fn findings(
        &self,
        record: &Visible<SubmissionRecord>,
    ) -> Result<Vec<Finding>, ApiError> {
        let found = self.backend.submissions.findings(record).await?;
        Ok(found.map(|found| found.findings).unwrap_or_default())
    }

    /// What a submission changed, changes or would have changed, as far as that is kept.
    pub(crate) async fn changes(
        &self,
        record: &Visible<SubmissionRecord>,
    ) -> Result<SubmissionChanges, ApiError> {
        let submissions = &self.backend.submissions;
        if self.asker.is_dcc() {
            // Those of a rejection come first: evidence may be there from when the file waited.
            if let Some(kept) = submissions.rejected_changes(record).await? {
                return Ok(kept);
            }
            if let Some(kept) = submissions.evidence::<KeptEvidence>(record).await? {
                return Ok((&kept.evidence).into());
            }
        } else if let Some(told) = submissions.told_changes(record, self.now()).await? {
            return Ok(told);
        }
        let mut changes = SubmissionChanges::default();
        if let (SubmissionState::Accepted { decided_at, .. }, Some(FileEffect::Adt { users, .. })) =
            (&record.state, &record.effect)
        {
            for UserEffect { user_id, .. } in users {
                let thresholds = &self.backend.thresholds;
                let owner = &record.organisation;
                let accepted = thresholds.accepted_by(owner, *user_id, &record.id, *decided_at);
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
        Ok(self.backend.submissions.receipt(record).await?)
    }

    /// The signed decision that a submission's outcome rests on.
    pub(crate) async fn signed_decision(
        &self,
        record: &Visible<SubmissionRecord>,
    ) -> Result<Vec<u8>, ApiError> {
        if record.decision_signature.is_none() {
            return Err(Refusal::NotFound("signed decision").into());
        }
        let signed = self.backend.submissions.decision(record).await?;
        signed.ok_or_else(|| {
            ApiError::Internal(format!("the signed decision on {} is not there", record.id))
        })
    }

    /// The submission that the caller started with an idempotency key, and the digest of that request.
    pub(crate) async fn started_with(
        &self,
        key: &str,
    ) -> Result<Option<(Visible<SubmissionRecord>, FileDigest)>, ApiError> {
        let announcements = &self.backend.announcements;
        let Some(started) = announcements
            .started_with(self.asker.organisation(), self.asker.id(), key, self.now())
            .await?
        else {
            return Ok(None);
        };
        self.noted.about(About::Submission(started.submission));
        let record = Box::pin(self.known_submission(&started.submission)).await?;
        let record = record.ok_or_else(|| {
            ApiError::Internal(format!(
                "{} was started and is not there",
                started.submission
            ))
        })?;
        Ok(Some((Visible(record), started.request)))
    }

    /// Which submission of a file was the caller's organisation's latest.
    pub(crate) async fn latest_of_file(
        &self,
        request: &api::StartSubmission,
    ) -> Result<Option<SubmissionId>, ApiError> {
        let organisation = self.asker.organisation();
        let latest =
            self.backend
                .announcements
                .of_file(organisation, request.kind, &request.sha256);
        Ok(latest.await?)
    }

    /// A reference that no other submission has.
    pub(crate) fn new_reference(&self) -> SubmissionId {
        let mut random = [0; 10];
        (self.backend.ports.random)(&mut random);
        SubmissionId::from_random(random)
    }

    /// Which announced submission of the caller's own organisation corrects this one.
    pub(crate) async fn announced_correction(
        &self,
        id: &SubmissionId,
    ) -> Result<Option<SubmissionId>, ApiError> {
        let organisation = self.asker.organisation();
        let announcements = &self.backend.announcements;
        let by = announcements.correction(organisation, id, self.now());
        Ok(by.await?)
    }

    /// Announces a submission, whose organisation is made the caller's; see [`crate::stores::Announcements::start`].
    pub(crate) async fn start(
        &self,
        mut announcement: Announcement,
        signature: Option<&[u8]>,
        keys: &StartKeys,
        instead_of: Option<&SubmissionId>,
        linked: &Linked,
    ) -> Result<Visible<SubmissionRecord>, StoreError> {
        announcement.organisation = self.asker.organisation().clone();
        self.noted.about(About::Submission(announcement.id));
        let Backend {
            submissions,
            announcements,
            ..
        } = self.backend;
        let along = changes(&linked.abandoned, linked);
        let announced = (&announcement, signature);
        announcements
            .start(submissions, announced, keys, instead_of, &along)
            .await?;
        Ok(Visible(announcement.record()))
    }

    /// Writes down that the caller asked for a submission again, which is `changed` by that; see
    /// [`crate::stores::Announcements::ask_again`].
    pub(crate) async fn ask_again(
        &self,
        record: &Visible<SubmissionRecord>,
        changed: &Visible<SubmissionRecord>,
        linked: &Linked,
        keys: Option<&StartKeys>,
    ) -> Result<(), StoreError> {
        let Backend {
            submissions,
            announcements,
            ..
        } = self.backend;
        let changed = (changed != record).then_some(changed);
        let along = changes(linked.abandoned.iter().chain(changed), linked);
        let asked = (self.asker.id(), &Announcement::of_record(record));
        announcements
            .ask_again(submissions, asked, keys, &along, self.now())
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
            let Some(user) = self.known_user(*user_id).await? else {
                continue;
            };
            let owner = &user.organisation().id;
            let current = self.backend.thresholds.current(owner, *user_id).await?;
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

fn changes<'a>(
    records: impl IntoIterator<Item = &'a Visible<SubmissionRecord>>,
    linked: &Linked,
) -> Changes {
    let announced = |Visible(record): &Visible<_>| Announcement::of_record(record);
    Changes {
        announcements: records.into_iter().map(announced).collect(),
        corrections: linked.corrections.clone(),
    }
}

/// Whether a submission is one that an announced one may correct, and its record does not say which.
pub(super) fn may_be_corrected(record: &SubmissionRecord, now: UtcTime) -> bool {
    let state = record.state_at(now).name();
    record.replaced_by.is_none()
        && matches!(
            state,
            StateName::Rejected | StateName::Refused | StateName::Expired
        )
}
