//! Which submission corrects which: one link forth, one back, and never two to the same.
use sluice_shared::{identifiers::SubmissionId, submission::StateName};

use super::visible::{Visible, VisibleTo};
use crate::{
    error::{ApiError, Refusal},
    stores::SubmissionRecord,
};

/// What changes in others when `record` is to correct `wanted`, and no longer what it corrected before.
pub(super) async fn link(
    visible: VisibleTo<'_>,
    record: &SubmissionRecord,
    wanted: Option<SubmissionId>,
) -> Result<Vec<Visible<SubmissionRecord>>, ApiError> {
    let mut changed = Vec::new();
    if record.replaces == wanted {
        return Ok(changed);
    }
    if let Some(before) = other(visible, record.replaces).await?
        && before.replaced_by == Some(record.id)
    {
        changed.push(before.changed(|before| before.replaced_by = None));
    }
    if let Some(id) = wanted {
        let corrected = replaceable(visible, &id, record).await?;
        if let Some(abandoned) = other(visible, corrected.replaced_by).await? {
            if !is_abandoned(visible, &abandoned) {
                let by = abandoned.id;
                return Err(Refusal::ReplacedBefore { id, by }.into());
            }
            put_into(&mut changed, &abandoned, |abandoned| {
                abandoned.replaces = None;
            });
        }
        put_into(&mut changed, &corrected, |corrected| {
            corrected.replaced_by = Some(record.id);
        });
    }
    Ok(changed)
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
            record.uploader.id == visible.person().id
                || record.started_at.plus(visible.upload_valid()) <= visible.now()
        }
        _ => false,
    }
}

/// A record can be written once: where it changes for two reasons, both changes are in one.
fn put_into(
    changed: &mut Vec<Visible<SubmissionRecord>>,
    record: &Visible<SubmissionRecord>,
    change: impl FnOnce(&mut SubmissionRecord),
) {
    match changed.iter_mut().find(|changed| changed.id == record.id) {
        Some(earlier) => *earlier = earlier.changed(change),
        None => changed.push(record.changed(change)),
    }
}
