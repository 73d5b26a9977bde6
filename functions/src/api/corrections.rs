//! Which submission corrects which: one link forth, one back, and never two to the same. What is announced here `intake` looks at once more
//! when the file arrives.
use sluice_shared::{identifiers::SubmissionId, submission::StateName};

use super::visible::{Visible, VisibleTo};
use crate::{
    error::{ApiError, Refusal},
    stores::{Correction, SubmissionRecord},
};

/// What changes along with a submission that is to correct another.
#[derive(Default)]
pub(super) struct Linked {
    /// Announced corrections that it takes the place of.
    pub(super) abandoned: Vec<Visible<SubmissionRecord>>,
    /// What corrects which.
    pub(super) corrections: Vec<Correction>,
}

/// What changes in others when `record` is to correct `wanted`, and no longer what it corrected before.
pub(super) async fn link(
    visible: VisibleTo<'_>,
    record: &SubmissionRecord,
    wanted: Option<SubmissionId>,
) -> Result<Linked, ApiError> {
    let mut linked = Linked::default();
    if record.replaces == wanted {
        return Ok(linked);
    }
    if let Some(before) = record.replaces
        && visible.announced_correction(&before).await? == Some(record.id)
    {
        linked.corrections.push(Correction {
            corrected: before,
            was: Some(record.id),
            by: None,
        });
    }
    if let Some(id) = wanted {
        let corrected = replaceable(visible, &id, record).await?;
        let announced = visible.announced_correction(&id).await?;
        let another = announced.filter(|by| *by != record.id);
        // An announced one may have taken the place of one that is on record and was never sent.
        for by in [corrected.replaced_by, another] {
            if let Some(earlier) = other(visible, by).await?
                && !is_abandoned(visible, &earlier)
            {
                let by = earlier.id;
                return Err(Refusal::ReplacedBefore { id, by }.into());
            }
        }
        if let Some(abandoned) = other(visible, another).await? {
            linked
                .abandoned
                .push(abandoned.changed(|abandoned| abandoned.replaces = None));
        }
        linked.corrections.push(Correction {
            corrected: id,
            was: announced,
            by: Some(record.id),
        });
    }
    Ok(linked)
}

/// Another submission of the same organisation, to which a record has a link.
async fn other(
    visible: VisibleTo<'_>,
    id: Option<SubmissionId>,
) -> Result<Option<Visible<SubmissionRecord>>, ApiError> {
    match id {
        Some(id) => visible.own_submission(&id).await,
        None => Ok(None),
    }
}

async fn replaceable(
    visible: VisibleTo<'_>,
    id: &SubmissionId,
    by: &SubmissionRecord,
) -> Result<Visible<SubmissionRecord>, ApiError> {
    let record = visible
        .own_submission(id)
        .await?
        .ok_or(Refusal::NotFound("submission to replace"))?;
    match record.state_at(visible.now()).name() {
        StateName::Rejected | StateName::Refused | StateName::Expired => {}
        state => return Err(Refusal::CannotReplace { id: *id, state }.into()),
    }
    if record.kind != by.kind {
        let (is, by) = (record.kind, by.kind);
        return Err(Refusal::ReplacesOtherKind { id: *id, is, by }.into());
    }
    Ok(record)
}

/// Whether a correction was begun and its file never sent: then another may take its place. Somebody else's only once the address that they
/// began it with is good for nothing: they may be uploading.
fn is_abandoned(visible: VisibleTo<'_>, record: &SubmissionRecord) -> bool {
    match record.state_at(visible.now()).name() {
        StateName::Expired => true,
        StateName::AwaitingUpload => {
            record.uploader.id == *visible.asker().id()
                || record.started_at.plus(visible.upload_valid()) <= visible.now()
        }
        _ => false,
    }
}
