//! A reviewer's decision: taken here, signed, on the verdict that the reviewer saw; `intake` verifies it and makes it take effect.
use axum::{Extension, Json, extract::State};
use sluice_shared::{
    api::{PersonRef, SignedRequest, SubmissionDetail},
    directory::Person,
    finding::SignatureDefect,
    identifiers::{CorrelationId, SubmissionId},
    review::{DecisionStatement, SignedDecision},
    submission::{Decision, StateName},
};

use super::{
    auth::Caller,
    extract::{Body, Param},
    reviews::bar,
    signed_form::wrong_form,
    visible::Api,
};
use crate::{
    deciding::NotCounted,
    error::{ApiError, Refusal},
    stores::{StoreError, SubmissionRecord, TakenDecision, pause_before},
};

/// Another reviewer may decide at the same moment: whoever loses looks again, this often at most.
const ATTEMPTS: u32 = 4;

/// Accept or refuse a submission, with a reason that its sender reads
///
/// The decision is JSON inside a CMS signature (`.p7m`) of the reviewer's: `submission`, `fileDigest`, `verdict`, `decision` (`accept` or
/// `refuse`), `reason` and `decidedAt`. Of two reviewers at the same moment, one decides and the other is told who. The same decision
/// again is harmless.
#[utoipa::path(post, path = "/reviews/{id}/decision", tag = "reviews", request_body = SignedRequest,
    params(("id" = inline(SubmissionId), Path, description = "The submission's reference")), security(("signIn" = [])),
    responses((status = 200, body = SubmissionDetail)))]
pub(crate) async fn decide(
    State(api): State<Api>,
    caller: Caller,
    Extension(correlation_id): Extension<CorrelationId>,
    Param(id): Param<SubmissionId>,
    Body(request): Body<SignedRequest>,
) -> Result<Json<SubmissionDetail>, ApiError> {
    let (visible, person) = (api.visible_to(&caller), caller.person()?);
    let most = api.settings().profile.signing.max_signature_bytes;
    let taken = TakenDecision {
        reviewer: Some(PersonRef::from(person)),
        correlation_id: Some(correlation_id),
        signed: request.signed.0.clone(),
    };
    for attempt in 0..ATTEMPTS {
        pause_before(attempt).await;
        let record = visible.reviewed(&id).await?;
        if let Some(bar) = bar(person, &record) {
            return Err(Refusal::ReviewBarred(bar).into());
        }
        let signed = parse(&request, most)?;
        let counted = match visible.verify_decision(&record, (person, &signed)) {
            Ok(counted) => Some(counted),
            // That the lists of the service are out of date is not the reviewer's fault: `intake` verifies it when they are mended.
            Err(NotCounted::Trust(_)) => None,
            Err(not_counted) => {
                return Err(Refusal::DecisionNotCounted(not_counted.to_string()).into());
            }
        };
        let decided = if repeated(person, &record, signed.statement())? {
            record
        } else {
            can_be_decided(&record, signed.statement())?;
            match visible.take_decision(&record, &taken, counted).await {
                Ok(decided) => decided,
                // Perhaps by this very decision, whose answer was lost.
                Err(StoreError::Conflict(_)) => continue,
                Err(error) => return Err(error.into()),
            }
        };
        // Also when asked again: the first time may have failed between taking and telling.
        if decided.state.name() == StateName::AwaitingReview {
            visible.tell_of_review(&decided, correlation_id).await?;
        }
        let asked = visible.questions(&decided).await?;
        return Ok(Json(SubmissionDetail {
            asked,
            ..decided.detail(api.now())
        }));
    }
    // It was judged again at the same time, or what is there as its decision is about to be set aside.
    Err(Refusal::Changed.into())
}

fn parse(request: &SignedRequest, most: usize) -> Result<SignedDecision, Refusal> {
    let bytes = &request.signed.0;
    if bytes.len() > most {
        return Err(Refusal::Invalid(format!(
            "The signed decision has {} bytes, and at most {most} are accepted.",
            bytes.len()
        )));
    }
    SignedDecision::parse(bytes).map_err(|defect| match defect {
        SignatureDefect::NotCms(_) | SignatureDefect::ContentMissing => {
            wrong_form::<DecisionStatement>("decision", bytes)
        }
        defect => Refusal::DecisionNotCounted(NotCounted::Signature(defect).to_string()),
    })
}

/// Whether this reviewer made this very decision before.
fn repeated(
    person: &Person,
    record: &SubmissionRecord,
    statement: &DecisionStatement,
) -> Result<bool, Refusal> {
    match record.state.review() {
        None => Ok(false),
        Some(made)
            if made.reviewer == person.id
                && made.decision == statement.decision
                && made.verdict == statement.verdict =>
        {
            Ok(true)
        }
        Some(made) => Err(Refusal::AlreadyDecided {
            by: record.reviewer.as_ref().map_or_else(
                || made.reviewer.to_string(),
                |reviewer| reviewer.name.clone(),
            ),
            decision: match made.decision {
                Decision::Accept => "accept",
                Decision::Refuse => "refuse",
            },
        }),
    }
}

fn can_be_decided(record: &SubmissionRecord, statement: &DecisionStatement) -> Result<(), Refusal> {
    if record.state.name() != StateName::AwaitingReview {
        return Err(Refusal::WrongState(record.state.name()));
    }
    // Only what the reviewer had on the screen is decided: `intake` holds the decision to it once more.
    if record.judged.as_ref().map(|judged| judged.verdict) != Some(statement.verdict) {
        return Err(Refusal::Changed);
    }
    Ok(())
}
