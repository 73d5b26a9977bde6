use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use sluice_shared::{identifiers::SubmissionId, submission::StateName};

use super::{auth::Caller, extract::Param, visible::Api};
use crate::error::{ApiError, Refusal};

fn missing(state: StateName) -> Refusal {
    match state {
        StateName::Checked | StateName::Expired => Refusal::NoReceipt(state),
        state => Refusal::NotSettled(state),
    }
}

/// The receipt: CMS with the content inside, signed by the DCC
#[utoipa::path(get, path = "/submissions/{id}/receipt", tag = "submissions",
    params(("id" = inline(SubmissionId), Path, description = "The submission's reference")), security(("signIn" = [])),
    responses((status = 200, description = "CMS, DER", content_type = "application/pkcs7-mime")))]
pub(crate) async fn receipt(
    State(api): State<Api>,
    caller: Caller,
    Param(id): Param<SubmissionId>,
) -> Result<Response, ApiError> {
    let visible = api.visible_to(&caller);
    let record = visible.submission(&id).await?;
    let receipt = visible.receipt(&record).await?;
    let receipt = receipt.ok_or_else(|| missing(record.state_at(api.now()).name()))?;
    Ok(attached(&format!("receipt_{id}.p7m"), receipt))
}

/// The decision that the outcome rests on: CMS with the content inside, signed by the reviewer
#[utoipa::path(get, path = "/submissions/{id}/decision", tag = "submissions",
    params(("id" = inline(SubmissionId), Path, description = "The submission's reference")), security(("signIn" = [])),
    responses((status = 200, description = "CMS, DER", content_type = "application/pkcs7-mime")))]
pub(crate) async fn decision(
    State(api): State<Api>,
    caller: Caller,
    Param(id): Param<SubmissionId>,
) -> Result<Response, ApiError> {
    let visible = api.visible_to(&caller);
    let record = visible.submission(&id).await?;
    let signed = visible.signed_decision(&record).await?;
    Ok(attached(&format!("decision_{id}.p7m"), signed))
}

fn attached(name: &str, signed: Vec<u8>) -> Response {
    let headers = [
        (
            header::CONTENT_TYPE,
            "application/pkcs7-mime; smime-type=signed-data".to_owned(),
        ),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
    ];
    (headers, signed).into_response()
}
