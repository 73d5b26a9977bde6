//! When a request to start a submission means one that was started before.
use sha2::{Digest, Sha256};
use sluice_shared::{
    api::{SignatureForm, StartSubmission},
    identifiers::{FileDigest, SubmissionId},
    submission::{StateName, is_same_submission},
};

use super::visible::{Visible, VisibleTo};
use crate::{
    error::{ApiError, Refusal},
    stores::{SignedForm, StartKeys, SubmissionRecord},
};

/// What is known of a request and its file.
pub(super) enum Known {
    /// It means this submission. `by_key`: by its idempotency key, which needs no remembering then.
    Started {
        earlier: Box<Visible<SubmissionRecord>>,
        by_key: bool,
    },
    /// It is a new one. The file's latest submission, if there is one, has to be still the latest when it starts: what
    /// somebody else starts in between is found by looking again.
    New(Option<SubmissionId>),
}

/// Looks for the submission that this request, or this file, started before.
pub(super) async fn look(
    visible: VisibleTo<'_>,
    request: &StartSubmission,
    keys: &StartKeys,
) -> Result<Known, ApiError> {
    let now = visible.now();
    if let Some((record, earlier)) = visible.started_with(&keys.key).await? {
        return if earlier == keys.request && is_of_file(&record, request) {
            Ok(Known::Started {
                earlier: Box::new(record),
                by_key: true,
            })
        } else {
            Err(Refusal::KeyReused.into())
        };
    }
    // What is checked only locks nothing, is in nobody's way, and means no other submission.
    if request.check_only {
        return Ok(Known::New(None));
    }
    let latest = visible.latest_of_file(request).await?;
    let record = match &latest {
        Some(id) => visible.own_submission(id).await?,
        None => None,
    };
    Ok(match record {
        Some(record)
            if is_of_file(&record, request)
                && is_same(&record, request, record.state_at(now).name()) =>
        {
            Known::Started {
                earlier: Box::new(record),
                by_key: false,
            }
        }
        _ => Known::New(latest),
    })
}

/// Whether a submission is of the file that a request announces: what leads to it says so, and is not the submission itself.
fn is_of_file(record: &SubmissionRecord, request: &StartSubmission) -> bool {
    record.sha256 == request.sha256 && record.kind == request.kind
}

fn is_same(earlier: &SubmissionRecord, request: &StartSubmission, state: StateName) -> bool {
    // Of a signature around its file the length is known, too: whoever knows only the digest must not be in the way of who has it.
    let signed_anew = earlier.form != form(&request.signature) || earlier.length != request.length;
    is_same_submission(state, earlier.kind, signed_anew)
}

/// How the file is signed, as the record keeps it.
pub(super) fn form(signature: &SignatureForm) -> SignedForm {
    match signature {
        SignatureForm::Detached { der } => SignedForm::Detached {
            signature: FileDigest::new(Sha256::digest(&der.0).into()),
        },
        SignatureForm::Enveloping {} => SignedForm::Enveloping,
    }
}
