//! Presigned uploads: for one key, one length, one content, once, for a few minutes.
use axum::{Json, extract::State};
use sluice_shared::{api::SubmissionStarted, identifiers::SubmissionId, submission::StateName};

use super::{
    again,
    auth::Caller,
    extract::{NoBody, Param},
    visible::{Api, Visible, VisibleTo},
};
use crate::{
    error::{ApiError, Refusal},
    stores::SubmissionRecord,
};

/// Others may ask for the same submission at the same moment: whoever loses looks again, this often at most.
const ATTEMPTS: usize = 4;

/// A new presigned upload for a submission whose file has not arrived
///
/// Whoever asks last is recorded as who sends it.
#[utoipa::path(post, path = "/submissions/{id}/upload", tag = "submissions",
    params(("id" = inline(SubmissionId), Path, description = "Its reference")), security(("signIn" = [])),
    responses((status = 200, body = SubmissionStarted)))]
pub(crate) async fn presign_again(
    State(api): State<Api>,
    caller: Caller,
    Param(id): Param<SubmissionId>,
    _: NoBody,
) -> Result<Json<SubmissionStarted>, ApiError> {
    let visible = api.visible_to(&caller);
    for _ in 0..ATTEMPTS {
        let record = visible
            .own_submission(&id)
            .await?
            .ok_or(Refusal::NotFound("submission"))?;
        match record.state_at(api.now()).name() {
            StateName::AwaitingUpload => {}
            StateName::Expired => return Err(Refusal::UploadExpired.into()),
            state => return Err(Refusal::WrongState(state).into()),
        }
        // Recorded first: nobody has an address who is not on record.
        if let Some(record) = again::ask_for_address(visible, &record).await? {
            return Ok(Json(started(visible, &record).await?));
        }
    }
    Err(ApiError::Unavailable(format!(
        "{id} was asked for at the same time, again and again"
    )))
}

/// The answer about a started submission; with an upload as long as its file has not arrived.
pub(super) async fn started(
    visible: VisibleTo<'_>,
    record: &Visible<SubmissionRecord>,
) -> Result<SubmissionStarted, ApiError> {
    let now = visible.now();
    let upload = if record.state_at(now).name() == StateName::AwaitingUpload {
        Some(visible.presign(record).await?)
    } else {
        None
    };
    Ok(SubmissionStarted {
        submission: record.summary(now),
        upload,
        superseded: visible.superseded(record).await?,
    })
}
