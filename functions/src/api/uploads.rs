//! Presigned uploads: for one key, one length, one content, once, for a few minutes.
use std::{sync::Arc, time::Duration};

use axum::{Json, extract::State};
use sluice_shared::{
    api::{Problem, SubmissionStarted, Upload},
    identifiers::SubmissionId,
    submission::StateName,
};

use super::{auth::Caller, extract::Param, submissions::visible};
use crate::{
    Backend,
    error::{ApiError, Refusal},
    inbox::ObjectKey,
    stores::{SignedForm, SubmissionRecord},
};

/// A new presigned upload for a submission whose file has not arrived
#[utoipa::path(post, path = "/submissions/{id}/upload", tag = "submissions",
    params(("id" = String, Path, description = "Its reference")), security(("signIn" = [])),
    responses((status = 200, body = SubmissionStarted), (status = "4XX", body = Problem)))]
pub(crate) async fn presign_again(
    State(backend): State<Arc<Backend>>,
    caller: Caller,
    Param(id): Param<SubmissionId>,
) -> Result<Json<SubmissionStarted>, ApiError> {
    let record = visible(&backend, &caller, &id).await?;
    match record.state_at(backend.now()).name() {
        StateName::AwaitingUpload => Ok(Json(started(&backend, &record).await?)),
        StateName::Expired => Err(Refusal::UploadExpired.into()),
        state => Err(Refusal::WrongState(state).into()),
    }
}

/// The answer about a started submission; with an upload as long as its file has not arrived.
pub(super) async fn started(
    backend: &Backend,
    record: &SubmissionRecord,
) -> Result<SubmissionStarted, ApiError> {
    let now = backend.now();
    let state = record.state_at(now);
    let upload = if state.name() == StateName::AwaitingUpload {
        Some(presign(backend, record).await?)
    } else {
        None
    };
    Ok(SubmissionStarted {
        submission: record.summary(now),
        upload,
    })
}

async fn presign(backend: &Backend, record: &SubmissionRecord) -> Result<Upload, ApiError> {
    let minutes = backend.settings.profile.upload.valid_minutes;
    let valid = Duration::from_secs(u64::from(minutes) * 60);
    let key = ObjectKey {
        organisation: record.organisation.clone(),
        submission: record.id,
    };
    let content_type = match record.form {
        SignedForm::Detached { .. } => "text/csv",
        SignedForm::Enveloping => "application/pkcs7-mime",
    };
    let expires_at = backend
        .now()
        .plus(time::Duration::minutes(i64::from(minutes)));
    let presigned = backend
        .inbox
        .presign(&key, record.length, &record.sha256, content_type, valid)
        .await?;
    Ok(Upload {
        url: presigned.url,
        headers: presigned.headers,
        expires_at,
    })
}
