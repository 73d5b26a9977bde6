//! Starting a submission: once for each request, and once for each file on its way.
use axum::{
    Extension, Json,
    extract::State,
    http::{HeaderMap, StatusCode},
};
use sha2::{Digest, Sha256};
use sluice_shared::{
    api::{SignatureForm, StartSubmission, SubmissionStarted},
    identifiers::{CorrelationId, FileDigest, SubmissionId},
};

use super::{
    again, announced,
    auth::Caller,
    corrections,
    extract::Body,
    same::{self, Known},
    uploads,
    visible::{Api, Visible, VisibleTo},
};
use crate::{
    error::{ApiError, Refusal},
    stores::{Announcement, StartKeys, StoreError, SubmissionRecord},
};

/// Two people, or two tabs, may start the same file at the same moment: whoever loses looks again, this often at most.
const ATTEMPTS: usize = 4;

/// Start a submission, and get a presigned upload for its file
///
/// The same request with the same key answers with the first submission; so does the same file while it is on its way. Until its
/// file arrives, a submission is what the last new request for it says; what a later one says differently is refused. What is to take effect
/// needs a sign-in of the last minutes, as `signIn` of `/me` says; a check only does not.
#[utoipa::path(post, path = "/submissions", tag = "submissions", request_body = StartSubmission,
    params(("Idempotency-Key" = String, Header, pattern = "^[A-Za-z0-9._-]{8,100}$", description = "8 to 100 letters, digits, `-`, `_`, `.`; new for each submission")),
    security(("signIn" = [])),
    responses((status = 201, body = SubmissionStarted), (status = 200, description = "It was started before", body = SubmissionStarted)))]
pub(crate) async fn start(
    State(api): State<Api>,
    caller: Caller,
    Extension(correlation_id): Extension<CorrelationId>,
    headers: HeaderMap,
    Body(request): Body<StartSubmission>,
) -> Result<(StatusCode, Json<SubmissionStarted>), ApiError> {
    caller.signed_in_for((&request).into())?;
    let keys = StartKeys {
        key: idempotency_key(&headers)?,
        request: digest_of(&request)?,
    };
    announced::check(&api.settings().profile, &request)?;
    let visible = api.visible_to(&caller);
    let mut is_counted = false;
    for _ in 0..ATTEMPTS {
        let latest = match same::look(visible, &request, &keys).await? {
            Known::Started { earlier, by_key } => {
                let taken = if by_key {
                    again::repeat(visible, earlier).await?
                } else {
                    again::take(visible, &earlier, &request, &keys).await?
                };
                match taken {
                    Some(record) => {
                        let answer = uploads::started(visible, &record).await?;
                        return Ok((StatusCode::OK, Json(answer)));
                    }
                    None => continue,
                }
            }
            Known::New(latest) => latest,
        };
        if !is_counted {
            visible.spend_budgets(request.length).await?;
            is_counted = true;
        }
        match begin(visible, &request, &keys, latest.as_ref(), correlation_id).await {
            Ok(record) => {
                let answer = uploads::started(visible, &record).await?;
                return Ok((StatusCode::CREATED, Json(answer)));
            }
            Err(Begin::Raced) => {}
            Err(Begin::Failed(error)) => return Err(error),
        }
    }
    Err(ApiError::Unavailable(
        "a submission was started at the same time, again and again".to_owned(),
    ))
}

fn idempotency_key(headers: &HeaderMap) -> Result<String, Refusal> {
    headers
        .get("idempotency-key")
        .and_then(|value| value.to_str().ok())
        .filter(|key| (8..=100).contains(&key.len()))
        .filter(|key| key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)))
        .map(str::to_owned)
        .ok_or_else(|| {
            Refusal::Invalid("Send the header Idempotency-Key: 8 to 100 letters, digits, hyphens, underscores or full stops, \
                              new for each submission."
                .to_owned())
        })
}

fn digest_of(request: &StartSubmission) -> Result<FileDigest, ApiError> {
    let json =
        serde_json::to_vec(request).map_err(|error| ApiError::Internal(error.to_string()))?;
    Ok(FileDigest::new(Sha256::digest(json).into()))
}

enum Begin {
    Raced,
    Failed(ApiError),
}

impl<E: Into<ApiError>> From<E> for Begin {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

async fn begin(
    visible: VisibleTo<'_>,
    request: &StartSubmission,
    keys: &StartKeys,
    latest: Option<&SubmissionId>,
    correlation_id: CorrelationId,
) -> Result<Visible<SubmissionRecord>, Begin> {
    let now = visible.now();
    let organisation = visible.own_organisation().await?;
    // What is checked only corrects nothing: it leaves no mark on what came before.
    let corrects = again::corrects(request);
    let mut announcement = Announcement {
        id: visible.new_reference(),
        organisation: organisation.id,
        organisation_name: organisation.name,
        kind: request.kind,
        file_name: request.file_name.clone(),
        length: request.length,
        sha256: request.sha256,
        form: same::form(&request.signature),
        service_request: request.service_request.clone(),
        replaces: None,
        uploader: visible.asker().into(),
        started_by: None,
        also_asked: Vec::new(),
        started_at: now,
        version: 1,
        correlation_id: Some(correlation_id),
        check_only: request.check_only,
    };
    let linked = corrections::link(visible, &announcement.record(), corrects).await?;
    announcement.replaces = corrects;
    let signature = match &request.signature {
        SignatureForm::Detached { der } => Some(der.0.as_slice()),
        SignatureForm::Enveloping {} => None,
    };
    match visible
        .start(announcement, signature, keys, latest, &linked)
        .await
    {
        Ok(record) => Ok(record),
        Err(StoreError::Conflict(_)) => Err(Begin::Raced),
        Err(error) => Err(error.into()),
    }
}
