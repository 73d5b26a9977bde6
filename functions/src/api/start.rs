//! Starting a submission: once for each request, and once for each file on its way.
use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode},
};
use sha2::{Digest, Sha256};
use sluice_shared::{
    api::{FindingsSummary, Problem, SignatureForm, StartSubmission, SubmissionStarted},
    directory::Person,
    files::FileKind,
    identifiers::{FileDigest, SubmissionId},
    submission::{StateName, SubmissionState},
};

use super::{auth::Caller, extract::Body, uploads};
use crate::{
    Backend,
    error::{ApiError, Refusal},
    stores::{SignedForm, StartKeys, StoreError, SubmissionRecord},
};

/// Two people, or two tabs, may start the same file at the same moment: whoever loses looks again, this often at most.
const ATTEMPTS: usize = 4;

/// Start a submission, and get a presigned upload for its file
///
/// The same request with the same key answers with the first submission; so does the same file while it is on its way.
#[utoipa::path(post, path = "/submissions", tag = "submissions", request_body = StartSubmission,
    params(("Idempotency-Key" = String, Header, description = "8 to 100 letters, digits, `-`, `_`, `.`; new for each submission")),
    security(("signIn" = [])),
    responses((status = 201, body = SubmissionStarted), (status = 200, description = "It was started before", body = SubmissionStarted),
        (status = "4XX", body = Problem)))]
pub(crate) async fn start(
    State(backend): State<Arc<Backend>>,
    Caller(person): Caller,
    headers: HeaderMap,
    Body(request): Body<StartSubmission>,
) -> Result<(StatusCode, Json<SubmissionStarted>), ApiError> {
    let keys = StartKeys {
        key: idempotency_key(&headers)?,
        request: digest_of(&request)?,
    };
    check(&backend, &request)?;
    for _ in 0..ATTEMPTS {
        if let Some(earlier) = earlier(&backend, &person, &request, &keys).await? {
            return Ok((
                StatusCode::OK,
                Json(uploads::started(&backend, &earlier).await?),
            ));
        }
        match begin(&backend, &person, &request, &keys).await {
            Ok(record) => {
                return Ok((
                    StatusCode::CREATED,
                    Json(uploads::started(&backend, &record).await?),
                ));
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

fn check(backend: &Backend, request: &StartSubmission) -> Result<(), Refusal> {
    let profile = &backend.settings.profile;
    let largest_signature = profile.signing.max_signature_bytes;
    let most = match &request.signature {
        SignatureForm::Detached { der } if der.0.is_empty() => {
            return Err(Refusal::Invalid(
                "The signature is empty. Sign the file, or choose its .p7s.".to_owned(),
            ));
        }
        SignatureForm::Detached { der } if der.0.len() > largest_signature => {
            return Err(Refusal::Invalid(format!(
                "The signature has {} bytes, and at most {largest_signature} are accepted. A detached signature (.p7s) does \
                 not hold the file itself.",
                der.0.len()
            )));
        }
        SignatureForm::Detached { .. } => profile.files.max_file_bytes,
        SignatureForm::Enveloping => profile
            .files
            .max_file_bytes
            .saturating_add(largest_signature as u64),
    };
    if request.length == 0 {
        return Err(Refusal::Invalid(
            "The file is empty. Choose the file with its rows in it.".to_owned(),
        ));
    }
    if request.length > most {
        return Err(Refusal::FileTooLarge {
            length: request.length,
            most,
        });
    }
    Ok(())
}

/// The submission that this request, or this file, started before.
async fn earlier(
    backend: &Backend,
    person: &Person,
    request: &StartSubmission,
    keys: &StartKeys,
) -> Result<Option<SubmissionRecord>, ApiError> {
    let now = backend.now();
    if let Some(started) = backend
        .submissions
        .started_with(&person.id, &keys.key, now)
        .await?
    {
        if started.request != keys.request {
            return Err(Refusal::KeyReused.into());
        }
        return Ok(backend.submissions.get(&started.submission).await?);
    }
    let Some(id) = backend
        .submissions
        .of_file(&person.organisation, request.kind, &request.sha256)
        .await?
    else {
        return Ok(None);
    };
    let record = backend.submissions.get(&id).await?;
    Ok(record.filter(|record| is_same(record, request, record.state_at(now).name())))
}

/// Whether a new request for a file that came before means that earlier submission.
fn is_same(earlier: &SubmissionRecord, request: &StartSubmission, state: StateName) -> bool {
    let signed_anew = earlier.form != form(&request.signature);
    match state {
        // Being checked or reviewed: signing it again changes nothing.
        StateName::Received | StateName::AwaitingReview => true,
        // Another signature may be the right one at last; and thresholds may be put back by the same file, signed again.
        StateName::AwaitingUpload => !signed_anew,
        StateName::Accepted => !signed_anew || earlier.kind == FileKind::ExitQuarantine,
        // It failed: this is another try.
        StateName::Rejected | StateName::Refused | StateName::Expired => false,
    }
}

fn form(signature: &SignatureForm) -> SignedForm {
    match signature {
        SignatureForm::Detached { der } => SignedForm::Detached {
            signature: FileDigest::new(Sha256::digest(&der.0).into()),
        },
        SignatureForm::Enveloping => SignedForm::Enveloping,
    }
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
    backend: &Backend,
    person: &Person,
    request: &StartSubmission,
    keys: &StartKeys,
) -> Result<SubmissionRecord, Begin> {
    let now = backend.now();
    let organisation = backend
        .directory
        .organisation(&person.organisation)
        .await?
        .ok_or_else(|| {
            ApiError::Internal(format!(
                "the directory has no organisation {}",
                person.organisation
            ))
        })?;
    let replaced = match &request.replaces {
        Some(id) => Some(replaceable(backend, person, id).await?),
        None => None,
    };
    let before = backend
        .submissions
        .of_file(&person.organisation, request.kind, &request.sha256)
        .await?;
    let mut random = [0; 10];
    (backend.ports.random)(&mut random);
    let record = SubmissionRecord {
        id: SubmissionId::from_random(random),
        organisation: organisation.id,
        organisation_name: organisation.name,
        kind: request.kind,
        file_name: request.file_name.clone(),
        length: request.length,
        sha256: request.sha256,
        form: form(&request.signature),
        service_request: request.service_request.clone(),
        replaces: request.replaces,
        replaced_by: None,
        uploader: person.into(),
        started_at: now,
        state: SubmissionState::started(now),
        version: 1,
        object_version: None,
        signer: None,
        signature: None,
        findings: FindingsSummary::default(),
        effect: None,
        reviewer: None,
        receipt: false,
        recording_since: None,
    };
    let signature = match &request.signature {
        SignatureForm::Detached { der } => Some(der.0.as_slice()),
        SignatureForm::Enveloping => None,
    };
    match backend
        .submissions
        .start(&record, signature, keys, before.as_ref(), replaced)
        .await
    {
        Ok(()) => Ok(record),
        Err(StoreError::Conflict(_)) => Err(Begin::Raced),
        Err(error) => Err(error.into()),
    }
}

async fn replaceable(
    backend: &Backend,
    person: &Person,
    id: &SubmissionId,
) -> Result<SubmissionRecord, ApiError> {
    let record = backend.submissions.get(id).await?;
    let record = record
        .filter(|record| record.organisation == person.organisation)
        .ok_or(Refusal::NotFound("submission to replace"))?;
    match record.state_at(backend.now()).name() {
        StateName::Rejected | StateName::Refused | StateName::Expired => Ok(record),
        state => Err(Refusal::CannotReplace { id: *id, state }.into()),
    }
}
