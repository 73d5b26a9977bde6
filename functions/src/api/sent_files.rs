//! What was sent, byte for byte: the file from storage, and the signature that came beside it.
use axum::{
    Json,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use sluice_shared::{
    api::SentFile,
    identifiers::{FileName, SubmissionId},
};

use super::{auth::Caller, extract::Param, visible::Api};
use crate::{
    content_disposition::attachment,
    error::{ApiError, Refusal},
    stores::SignedForm,
};

/// Where to fetch the file that was sent, for a minute: the very version that was judged
///
/// Of a file inside its signature this is the signature with the file inside.
#[utoipa::path(get, path = "/submissions/{id}/file", tag = "submissions",
    params(("id" = inline(SubmissionId), Path, description = "The submission's reference")), security(("signIn" = [])),
    responses((status = 200, body = SentFile)))]
pub(crate) async fn file(
    State(api): State<Api>,
    caller: Caller,
    Param(id): Param<SubmissionId>,
) -> Result<Response, ApiError> {
    let visible = api.visible_to(&caller);
    let record = visible.submission(&id).await?;
    let file = visible.sent_file(&record).await?;
    // Never the address: whoever has it has the file.
    tracing::info!(submission = %id, person = %caller.asker().id(), "address of a file given");
    // It is an address for whoever asked, and soon out of date.
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(file)).into_response())
}

/// The signature that was sent beside the file: CMS, detached
#[utoipa::path(get, path = "/submissions/{id}/signature", tag = "submissions",
    params(("id" = inline(SubmissionId), Path, description = "The submission's reference")), security(("signIn" = [])),
    responses((status = 200, description = "CMS, DER", content_type = "application/pkcs7-signature")))]
pub(crate) async fn signature(
    State(api): State<Api>,
    caller: Caller,
    Param(id): Param<SubmissionId>,
) -> Result<Response, ApiError> {
    let visible = api.visible_to(&caller);
    let record = visible.submission(&id).await?;
    if record.form == SignedForm::Enveloping {
        return Err(Refusal::SignatureAroundFile.into());
    }
    let signature = visible.signature(&record).await?;
    let name = FileName::nearest(&format!("{}.p7s", record.file_name));
    let headers = [
        (
            header::CONTENT_TYPE,
            "application/pkcs7-signature".to_owned(),
        ),
        (header::CONTENT_DISPOSITION, attachment(&name)),
    ];
    Ok((headers, signature).into_response())
}
