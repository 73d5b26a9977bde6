//! What goes on around a review: a reviewer takes a submission in hand, asks its sender, and is answered. Nothing takes effect by it.
use axum::{Json, extract::State};
use sluice_shared::{
    api::{AnswerQuestion, AskQuestion, ReviewAssigned, ReviewQuestions},
    identifiers::SubmissionId,
    review::AssignReview,
};

use super::{
    auth::Caller,
    extract::{Body, Param},
    reviews::bar,
    visible::{Api, Visible, VisibleTo},
};
use crate::{
    error::{ApiError, Refusal},
    stores::SubmissionRecord,
};

/// Take a submission that waits in hand, take it over from a colleague, or give it back
///
/// It gives nobody a right and takes none: anybody who may decide still may. Of two at once, one has it and the other is told who. `takeOver` names
/// whom the caller saw to have it.
#[utoipa::path(post, path = "/reviews/{id}/assignment", tag = "reviews", request_body = AssignReview,
    params(("id" = inline(SubmissionId), Path, description = "The submission's reference")), security(("signIn" = [])),
    responses((status = 200, body = ReviewAssigned)))]
pub(crate) async fn assign(
    State(api): State<Api>,
    caller: Caller,
    Param(id): Param<SubmissionId>,
    Body(wanted): Body<AssignReview>,
) -> Result<Json<ReviewAssigned>, ApiError> {
    let visible = api.visible_to(&caller);
    let record = to_be_decided(visible, &id).await?;
    let assigned = visible.assign(&record, &wanted).await?;
    Ok(Json(ReviewAssigned { assigned }))
}

/// Ask the sender of a submission that waits
///
/// Everybody of the sender's organisation reads it; its submitters and Authorised Responsible Officers answer. `number` is how many questions there
/// are: where a colleague asked meanwhile, the question is not sent.
#[utoipa::path(post, path = "/reviews/{id}/questions", tag = "reviews", request_body = AskQuestion,
    params(("id" = inline(SubmissionId), Path, description = "The submission's reference")), security(("signIn" = [])),
    responses((status = 200, body = ReviewQuestions)))]
pub(crate) async fn ask(
    State(api): State<Api>,
    caller: Caller,
    Param(id): Param<SubmissionId>,
    Body(request): Body<AskQuestion>,
) -> Result<Json<ReviewQuestions>, ApiError> {
    let visible = api.visible_to(&caller);
    let record = to_be_decided(visible, &id).await?;
    let questions = visible.ask(&record, request.number, request.text).await?;
    Ok(Json(ReviewQuestions { questions }))
}

/// Answer what a reviewer asked about a submission of one's own organisation
///
/// One answer to each question; the first stays. It is not signed, and nothing takes effect by it: DCC staff read it.
#[utoipa::path(post, path = "/submissions/{id}/answers", tag = "submissions", request_body = AnswerQuestion,
    params(("id" = inline(SubmissionId), Path, description = "Its reference")), security(("signIn" = [])),
    responses((status = 200, body = ReviewQuestions)))]
pub(crate) async fn answer(
    State(api): State<Api>,
    caller: Caller,
    Param(id): Param<SubmissionId>,
    Body(request): Body<AnswerQuestion>,
) -> Result<Json<ReviewQuestions>, ApiError> {
    let visible = api.visible_to(&caller);
    let record = visible.submission(&id).await?;
    waits(&record)?;
    let questions = visible.answer(&record, request.number, request.text);
    Ok(Json(ReviewQuestions {
        questions: questions.await?,
    }))
}

/// A submission that the caller may decide, and nobody has.
async fn to_be_decided(
    visible: VisibleTo<'_>,
    id: &SubmissionId,
) -> Result<Visible<SubmissionRecord>, ApiError> {
    let record = visible.reviewed(id).await?;
    if let Some(bar) = bar(visible.person()?, &record) {
        return Err(Refusal::ReviewBarred(bar).into());
    }
    waits(&record)?;
    Ok(record)
}

fn waits(record: &SubmissionRecord) -> Result<(), Refusal> {
    if record.awaits_decision() {
        return Ok(());
    }
    Err(match (record.state.review(), &record.reviewer) {
        (Some(_), Some(reviewer)) => Refusal::DecidedMeanwhile(reviewer.name.clone()),
        _ => Refusal::WrongState(record.state.name()),
    })
}
