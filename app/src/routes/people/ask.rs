//! Sending what is asked for, signed where DCC administrators ask, and finding out what became of it.

use super::{Keeping, drafts};
use crate::{
    api::{ApiError, AskForChange, Base64Bytes, ChangeTaken, SignedRequest, calls},
    browser,
    key::{Statement, sign_statement},
    service,
};
use leptos::prelude::*;
use sluice_shared::{
    directory::{
        AnswerStatement, ChangeAnswer, ChangeRecord, ChangeState, ChangeStatement, DirectoryChange,
        Permission,
    },
    identifiers::{ChangeReason, ChangeRequestId, OrganisationId},
};

/// How often the list is looked at for what became of a change, and how long in between, in milliseconds.
const LOOKS: u32 = 20;
const PAUSE: u32 = 300;

/// The title above the rule's reason, where a change was taken and not made.
const NOT_DONE: &str = "Not done";

/// A change, as a form gives it.
pub(super) struct Wanted {
    pub(super) organisation: OrganisationId,
    pub(super) change: DirectoryChange,
    pub(super) reason: ChangeReason,
}

/// Asks for a change, and tells on the page what becomes of it.
pub(super) fn ask(keeping: Keeping, wanted: Wanted) {
    begin(keeping);
    leptos::task::spawn_local(async move {
        let organisation = wanted.organisation.clone();
        let taken = send(keeping, wanted).await;
        finish(keeping, (&organisation, Waits::Tells), taken).await;
    });
}

/// Asks for one change of several, and returns what became of it, in a title and a sentence.
pub(super) async fn ask_for_one(
    keeping: Keeping,
    wanted: Wanted,
) -> Result<(&'static str, String), ApiError> {
    let organisation = wanted.organisation.clone();
    let taken = send(keeping, wanted).await?;
    Ok(follow(keeping, (&organisation, Waits::Tells), taken.request).await)
}

/// Sends what is asked for, signed where a DCC administrator asks.
pub(super) async fn send(keeping: Keeping, wanted: Wanted) -> Result<ChangeTaken, ApiError> {
    if keeping.may(Permission::KeepDirectory) {
        signed(keeping, wanted).await
    } else {
        plain(keeping, wanted).await
    }
}

/// What it means that a change waits for approval.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Waits {
    /// That it was taken up.
    Tells,
    /// Nothing: it waited before, and the answer has not been taken up.
    GoesOn,
}

/// Answers to a change, and tells on the page what becomes of it.
pub(super) fn answer(
    keeping: Keeping,
    change: ChangeRecord,
    answer: ChangeAnswer,
    reason: ChangeReason,
) {
    begin(keeping);
    leptos::task::spawn_local(async move {
        let taken = answered(keeping, &change, answer, reason).await;
        finish(keeping, (&change.organisation, Waits::GoesOn), taken).await;
    });
}

/// Takes away what was said of what was asked before.
pub(super) fn begin(keeping: Keeping) {
    keeping.busy.set(true);
    keeping.problem.set(None);
    keeping.outcome.set(None);
}

async fn finish(
    keeping: Keeping,
    place: (&OrganisationId, Waits),
    taken: Result<ChangeTaken, ApiError>,
) {
    match taken {
        Ok(taken) => {
            let outcome = follow(keeping, place, taken.request).await;
            // The page may have been left meanwhile, and its signals with it. What was not done can be asked for in another way.
            if outcome.0 != NOT_DONE {
                drafts::forget_form();
                let _ = keeping.opened.try_set(None);
            }
            let _ = keeping.outcome.try_set(Some(outcome));
            let _ = keeping.again.try_update(|again| *again += 1);
        }
        Err(error) => drop(keeping.problem.try_set(Some(error))),
    }
    let _ = keeping.busy.try_set(false);
}

async fn plain(keeping: Keeping, wanted: Wanted) -> Result<ChangeTaken, ApiError> {
    let body = AskForChange {
        change: wanted.change,
        reason: wanted.reason,
    };
    keeping
        .api
        .post(calls::ask_for_change(&wanted.organisation, &body))
        .await
}

async fn signed(keeping: Keeping, wanted: Wanted) -> Result<ChangeTaken, ApiError> {
    service::ask_for_the_time(keeping.api).await;
    let statement = ChangeStatement {
        request: ChangeRequestId::from_random(browser::random_bytes()),
        organisation: wanted.organisation.clone(),
        change: wanted.change,
        reason: wanted.reason,
        asked_at: service::now(),
    };
    let purpose = (&statement.change).into();
    let body = sign(keeping, Statement::Change(statement)).await?;
    let call = calls::ask_for_signed_change(&wanted.organisation, &body);
    keeping.api.post(call.requested_for(purpose)).await
}

async fn answered(
    keeping: Keeping,
    change: &ChangeRecord,
    answer: ChangeAnswer,
    reason: ChangeReason,
) -> Result<ChangeTaken, ApiError> {
    service::ask_for_the_time(keeping.api).await;
    let Some(request_digest) = change.signed else {
        return Err(ApiError::refused(
            "The change was not signed",
            "Look at it again.",
        ));
    };
    let statement = AnswerStatement {
        request: change.request,
        request_digest,
        answer,
        reason,
        answered_at: service::now(),
    };
    let body = sign(keeping, Statement::Answer(statement)).await?;
    let call = calls::answer_change(&change.organisation, change.request, &body);
    keeping.api.post(call).await
}

async fn sign(keeping: Keeping, statement: Statement) -> Result<SignedRequest, ApiError> {
    let person = keeping.me.with_value(|me| me.person.id.to_string());
    let signed = sign_statement(person, statement).await;
    let signed =
        signed.map_err(|error| ApiError::refused("Nothing was signed", &error.to_string()))?;
    Ok(SignedRequest {
        signed: Base64Bytes(signed),
    })
}

/// What became of a change, in a title and a sentence.
async fn follow(
    keeping: Keeping,
    (organisation, waits): (&OrganisationId, Waits),
    request: ChangeRequestId,
) -> (&'static str, String) {
    for _ in 0..LOOKS {
        browser::sleep(PAUSE).await;
        match looked_up(keeping, organisation, request).await {
            Some(ChangeState::Made { .. }) => return ("Done", "The change is made.".to_owned()),
            Some(ChangeState::Refused { by: Some(_), .. }) => {
                return (
                    "Refused",
                    "The change is refused. Nothing has changed.".to_owned(),
                );
            }
            Some(ChangeState::Refused { by: None, why, .. }) => return (NOT_DONE, why),
            Some(ChangeState::AwaitingApproval { .. }) if waits == Waits::Tells => {
                let words = "Another DCC administrator has to approve it. Nothing has changed yet.";
                return ("Waiting for approval", words.to_owned());
            }
            Some(ChangeState::AwaitingApproval { .. }) | None => {}
        }
    }
    let words = "The change was taken, and takes longer than usual. It is listed here as soon as it is made.";
    ("Taken", words.to_owned())
}

async fn looked_up(
    keeping: Keeping,
    organisation: &OrganisationId,
    request: ChangeRequestId,
) -> Option<ChangeState> {
    let is_it = |change: &&ChangeRecord| change.request == request;
    if let Ok(people) = keeping.api.get(calls::people(organisation)).await
        && let Some(change) = people.changes.iter().find(is_it)
    {
        return Some(change.state.clone());
    }
    // An organisation that is to be registered has no list yet.
    let waiting = keeping.may(Permission::KeepDirectory);
    let waiting = if waiting {
        keeping.api.get(calls::changes_to_approve()).await.ok()
    } else {
        None
    };
    waiting?
        .items
        .iter()
        .find(is_it)
        .map(|change| change.state.clone())
}
