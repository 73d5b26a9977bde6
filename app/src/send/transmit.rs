//! Sending: starting the submission, uploading its file, trying again where that helps.

use super::{
    draft,
    flow::{CheckState, Flow},
    upload::{self, Stop, UploadError},
};
use crate::{
    api::{
        ApiError, Base64Bytes, ProblemCode, SignatureForm, StartSubmission, SubmissionStarted,
        Upload, calls,
    },
    browser,
};
use leptos::prelude::*;
use sluice_shared::{
    identifiers::{FileName, ServiceRequestRef, SubmissionId},
    submission::StateName,
};

/// How the sending stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Sending {
    Not,
    /// The submission is being started.
    Starting(Purpose),
    /// So much of the file has gone, from 0 to 1.
    Uploading(Purpose, f64),
    /// The person stopped the upload.
    Stopped(Purpose),
    /// It failed, and can be tried again.
    Failed(Purpose, ApiError),
}

impl Sending {
    /// What the file is on its way for.
    pub(super) fn under_way(&self) -> Option<Purpose> {
        match self {
            Self::Starting(purpose) | Self::Uploading(purpose, _) => Some(*purpose),
            Self::Not | Self::Stopped(_) | Self::Failed(..) => None,
        }
    }

    /// Whether it failed in such a way that the file may have to be delivered in another.
    pub(super) fn leaves_the_second_way(&self) -> bool {
        match self {
            Self::Failed(Purpose::Send, error) => error.code() != Some(ProblemCode::SignInTooOld),
            _ => false,
        }
    }
}

/// What a file goes to the service for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// To take effect.
    Send,
    /// To be checked, without effect.
    CheckOnly,
}

/// New addresses asked for in a row before giving up.
const ATTEMPTS: usize = 3;

/// Sends the draft, as far as it has not been sent. `Ok` once the service has the file.
pub(super) async fn send(
    flow: Flow,
    purpose: Purpose,
    sending: RwSignal<Sending>,
    stop: &Stop,
) -> Result<SubmissionId, Sending> {
    // Whoever closes the tab now is asked first: the upload would break off.
    let _open = browser::KeepOpen::begin();
    let turn = flow.turn();
    let Some(file) = flow.file.get_value().map(|contents| contents.file) else {
        return Err(Sending::Stopped(purpose));
    };
    let failed = |error| Sending::Failed(purpose, error);
    let _ = sending.try_set(Sending::Starting(purpose));
    let started = start(flow, purpose).await.map_err(failed)?;
    if !flow.is(turn) {
        // Another file came: the submission without its file expires.
        return Err(Sending::Stopped(purpose));
    }
    let reference = started.submission.reference;
    flow.update(|draft| match purpose {
        Purpose::Send => draft.submission = Some(reference),
        Purpose::CheckOnly => draft.check = Some(reference),
    });
    let mut address = started.upload;
    for _ in 0..ATTEMPTS {
        // Without an address the file has arrived already.
        let Some(upload) = address else {
            return Ok(reference);
        };
        let progress = move |part| {
            let _ = sending.try_set(Sending::Uploading(purpose, part));
        };
        progress(0.0);
        match upload::put(&upload, &file, stop, progress).await {
            Ok(()) => return Ok(reference),
            Err(UploadError::Stopped) => return Err(Sending::Stopped(purpose)),
            Err(UploadError::Dropped) => return Err(failed(dropped(purpose))),
            Err(UploadError::Refused(status)) => {
                leptos::logging::warn!("storage answered {status}");
                address = anew(flow, reference).await.map_err(failed)?;
            }
        }
    }
    Err(failed(ApiError::refused(
        "The file was not uploaded",
        "Storage did not accept the file. Nothing is lost. Try again in a minute.",
    )))
}

async fn start(flow: Flow, purpose: Purpose) -> Result<SubmissionStarted, ApiError> {
    let Some(draft) = flow.draft.get_untracked() else {
        return Err(ApiError::Unreachable);
    };
    let body = request(flow, purpose)?;
    let key = match purpose {
        Purpose::Send => draft.idempotency_key,
        // Each check is a new one: what is known may have changed since the last.
        Purpose::CheckOnly => draft::random_name(),
    };
    flow.api.post(calls::start_submission(&body, key)).await
}

/// A new address for a submission that waits for its file; none when the file has arrived.
async fn anew(flow: Flow, reference: SubmissionId) -> Result<Option<Upload>, ApiError> {
    match flow.api.post(calls::upload(reference)).await {
        Ok(started) if started.submission.state == StateName::AwaitingUpload => Ok(started.upload),
        Ok(_) => Ok(None),
        Err(error) if error.code() == Some(ProblemCode::WrongState) => Ok(None),
        Err(error) => Err(error),
    }
}

fn request(flow: Flow, purpose: Purpose) -> Result<StartSubmission, ApiError> {
    let title = match purpose {
        Purpose::Send => "The file was not sent",
        Purpose::CheckOnly => "The file was not checked",
    };
    let refuse = |what: String| ApiError::refused(title, &what);
    let Some(draft) = flow.draft.get_untracked() else {
        return Err(ApiError::Unreachable);
    };
    let file = flow.check.with_untracked(|check| match check {
        CheckState::Done(outcome) => Some(outcome.file.clone()),
        _ => None,
    });
    let Some(file) = file else {
        return Err(refuse("Check the file first.".into()));
    };
    let kind = file.kind.ok_or_else(|| {
        refuse("The file is neither an ADT file nor an Exit Quarantine file.".into())
    })?;
    let enveloping = file
        .signature
        .as_ref()
        .is_some_and(|signature| signature.enveloping);
    let signature = if enveloping {
        SignatureForm::Enveloping {}
    } else {
        let der = file.signature_der.unwrap_or(Base64Bytes(Vec::new()));
        SignatureForm::Detached { der }
    };
    let service_request = match draft.service_request.trim() {
        "" => None,
        text => Some(
            ServiceRequestRef::parse(text)
                .map_err(|error| refuse(format!("The reference {error}.")))?,
        ),
    };
    Ok(StartSubmission {
        kind,
        file_name: FileName::parse(&draft.file_name)
            .map_err(|error| refuse(format!("The file's name {error}.")))?,
        length: file.length,
        sha256: file.sha256,
        signature,
        service_request,
        replaces: draft.replaces.filter(|_| purpose == Purpose::Send),
        check_only: purpose == Purpose::CheckOnly,
    })
}

fn dropped(purpose: Purpose) -> ApiError {
    let again = match purpose {
        Purpose::Send => "Try again: the file goes under the same submission.",
        Purpose::CheckOnly => "Check again: that has no effect either.",
    };
    ApiError::refused(
        "The upload was interrupted",
        &format!(
            "The connection was lost before the whole file had been sent. Nothing is lost here, and nothing has taken effect. {again}"
        ),
    )
}
