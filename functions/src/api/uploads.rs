//! Presigned uploads: for one key, one length, one content, once, for a few minutes.
use axum::{Json, extract::State};
use sluice_shared::{
    api::{Problem, SubmissionStarted},
    identifiers::SubmissionId,
    submission::StateName,
};

use super::{
    auth::Caller,
    extract::Param,
    visible::{Api, Visible, VisibleTo},
};
use crate::{
    error::{ApiError, Refusal},
    stores::SubmissionRecord,
};

/// A new presigned upload for a submission whose file has not arrived
#[utoipa::path(post, path = "/submissions/{id}/upload", tag = "submissions",
    params(("id" = String, Path, description = "Its reference")), security(("signIn" = [])),
    responses((status = 200, body = SubmissionStarted), (status = "4XX", body = Problem)))]
pub(crate) async fn presign_again(
    State(api): State<Api>,
    caller: Caller,
    Param(id): Param<SubmissionId>,
) -> Result<Json<SubmissionStarted>, ApiError> {
    let visible = api.visible_to(&caller);
    let record = visible
        .own_submission(&id)
        .await?
        .ok_or(Refusal::NotFound("submission"))?;
    match record.state_at(api.now()).name() {
        StateName::AwaitingUpload => Ok(Json(started(visible, &record).await?)),
        StateName::Expired => Err(Refusal::UploadExpired.into()),
        state => Err(Refusal::WrongState(state).into()),
    }
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
    })
}
