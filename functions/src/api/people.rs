//! Who there is in an organisation, and the changes that people ask for. `intake` makes them, after it held each to the rule itself.
use axum::{Extension, Json, extract::State, http::StatusCode};
use sluice_shared::{
    api::{
        AskForChange, ChangeTaken, MachineView, OrganisationPeople, OrganisationView, Page,
        PersonView, SeenBy, SignedRequest,
    },
    directory::{ChangeRecord, Permission, Person, ROLES_OF_ADMINISTRATORS, may_approve},
    identifiers::{ChangeRequestId, CorrelationId, OrganisationId},
};

use super::{
    auth::Caller,
    extract::{Body, Param},
    visible::{Api, VisibleTo},
};
use crate::{
    changing::StatementNotCounted,
    error::{ApiError, Refusal},
    stores::Asked,
};

/// The most changes that a list shows.
const MOST_CHANGES: usize = 500;

/// The people of an organisation with their roles, and the changes that were asked for
#[utoipa::path(get, path = "/organisations/{organisation}/people", tag = "people",
    params(("organisation" = inline(OrganisationId), Path, description = "The organisation's short name")), security(("signIn" = [])),
    responses((status = 200, body = OrganisationPeople)))]
pub(crate) async fn list(
    State(api): State<Api>,
    caller: Caller,
    Param(organisation): Param<OrganisationId>,
) -> Result<Json<OrganisationPeople>, ApiError> {
    let visible = api.visible_to(&caller);
    let record = visible.organisation_record(&organisation).await?;
    let mut changes = visible.directory_changes(&organisation).await?;
    let visited = visible.visits_to(&organisation).await?;
    let by = SeenBy {
        asker: caller.person()?,
        people: &record.people,
        noted_since: visited.since,
        now: api.now(),
        rules: &api.settings().profile.people,
    };
    let mut machines: Vec<_> = visible.machines(&organisation).await?;
    machines.sort_by(|a, b| a.name.cmp(&b.name));
    let machines = machines.into_iter().map(|machine| MachineView {
        last_used: visited.last.get(machine.id.as_person_id()).copied(),
        machine,
    });
    let machines = machines.collect();
    let mut people: Vec<_> = record
        .people
        .iter()
        .map(|person| {
            let last = visited.last.get(&person.id).copied();
            PersonView::new(person, &changes, last, by)
        })
        .collect();
    people.sort_by(|a, b| a.person.name.cmp(&b.person.name));
    // What waits stands first; both by time.
    changes.sort_by_key(|change| !change.awaits_approval());
    changes.truncate(MOST_CHANGES);
    Ok(Json(OrganisationPeople {
        organisation: OrganisationView::from(&record.organisation),
        details: record.organisation.details.clone(),
        people,
        machines,
        changes,
        may_give: may_give(&api, caller.person()?),
        noted_since: visited.since,
    }))
}

fn may_give(api: &Api, person: &Person) -> Vec<sluice_shared::directory::PersonRole> {
    let allowed = &api.settings().profile.people.roles_by_administrators;
    let gives = person.may(Permission::KeepOwnPeople);
    let roles = ROLES_OF_ADMINISTRATORS.into_iter();
    roles
        .filter(|role| gives && allowed.contains(role))
        .collect()
}

/// Ask for a change of one's own organisation's people
///
/// It is made in a moment, if the rules allow it then: the list of people says what became of it.
#[utoipa::path(post, path = "/organisations/{organisation}/changes", tag = "people", request_body = AskForChange,
    params(("organisation" = inline(OrganisationId), Path, description = "The organisation's short name")), security(("signIn" = [])),
    responses((status = 202, description = "It was taken", body = ChangeTaken)))]
pub(crate) async fn ask(
    State(api): State<Api>,
    caller: Caller,
    Extension(correlation_id): Extension<CorrelationId>,
    Param(organisation): Param<OrganisationId>,
    Body(request): Body<AskForChange>,
) -> Result<(StatusCode, Json<ChangeTaken>), ApiError> {
    caller.signed_in_for((&request.change).into())?;
    let visible = api.visible_to(&caller);
    visible.organisation_record(&organisation).await?;
    visible
        .permits(&organisation, &request.change, None)
        .await?;
    let id = visible.new_change_reference();
    let asked = Asked::Plain {
        change: request.change,
        reason: request.reason,
    };
    take(visible, &organisation, id, asked, correlation_id).await
}

/// Ask for any change of the directory
///
/// The request is JSON inside a CMS signature (`.p7m`) of the DCC administrator's: `request` (a reference that whoever asks makes up), `organisation`, `change`,
/// `reason` and `askedAt`. Where it gives somebody more than they had, it waits for a second DCC administrator.
#[utoipa::path(post, path = "/organisations/{organisation}/signed-changes", tag = "people", request_body = SignedRequest,
    params(("organisation" = inline(OrganisationId), Path, description = "The organisation's short name")), security(("signIn" = [])),
    responses((status = 202, description = "It was taken", body = ChangeTaken)))]
pub(crate) async fn ask_signed(
    State(api): State<Api>,
    caller: Caller,
    Extension(correlation_id): Extension<CorrelationId>,
    Param(organisation): Param<OrganisationId>,
    Body(request): Body<SignedRequest>,
) -> Result<(StatusCode, Json<ChangeTaken>), ApiError> {
    let visible = api.visible_to(&caller);
    let signed = request.signed.0;
    let verified = visible.verified_change(&signed)?;
    let statement = verified.statement;
    caller.signed_in_for((&statement.change).into())?;
    if statement.organisation != organisation {
        return Err(not_counted(&StatementNotCounted::Other("organisation")));
    }
    if !visible
        .was_taken_up(&organisation, statement.request, &signed)
        .await?
    {
        visible
            .permits(
                &organisation,
                &statement.change,
                verified.signed_with.as_ref(),
            )
            .await?;
    }
    take(
        visible,
        &organisation,
        statement.request,
        Asked::Signed(signed),
        correlation_id,
    )
    .await
}

/// What waits for a second DCC administrator, oldest first
#[utoipa::path(get, path = "/changes-to-approve", tag = "people", security(("signIn" = [])),
    responses((status = 200, body = Page<ChangeRecord>)))]
pub(crate) async fn to_approve(
    State(api): State<Api>,
    caller: Caller,
) -> Result<Json<Page<ChangeRecord>>, ApiError> {
    let items = api.visible_to(&caller).changes_to_approve().await?;
    Ok(Json(Page { items, next: None }))
}

/// Approve or refuse a change that another DCC administrator asked for
///
/// The answer is JSON inside a CMS signature (`.p7m`) of the DCC administrator's: `request`, `requestDigest` (SHA-256 of the signed request), `answer`
/// (`approve` or `refuse`), `reason` and `answeredAt`. Never by whoever asked, nor by the person whom it is about.
#[utoipa::path(post, path = "/organisations/{organisation}/changes/{request}/answer", tag = "people", request_body = SignedRequest,
    params(
        ("organisation" = inline(OrganisationId), Path, description = "The organisation's short name"),
        ("request" = inline(ChangeRequestId), Path, description = "The change's reference")
    ), security(("signIn" = [])),
    responses((status = 202, description = "It was taken", body = ChangeTaken)))]
pub(crate) async fn answer(
    State(api): State<Api>,
    caller: Caller,
    Extension(correlation_id): Extension<CorrelationId>,
    Param((organisation, id)): Param<(OrganisationId, ChangeRequestId)>,
    Body(request): Body<SignedRequest>,
) -> Result<(StatusCode, Json<ChangeTaken>), ApiError> {
    let visible = api.visible_to(&caller);
    let record = visible.change(&organisation, id).await?;
    let record = record.ok_or(Refusal::NotFound("change"))?;
    may_approve(caller.person()?, &record.asked_by.id, &record.change)
        .map_err(Refusal::ApprovalBarred)?;
    let signed = request.signed.0;
    let statement = visible.verified_answer(&signed)?;
    if statement.request != id || Some(statement.request_digest) != record.signed {
        return Err(not_counted(&StatementNotCounted::Other("change")));
    }
    if !record.awaits_approval() {
        return Err(Refusal::ChangeSettled.into());
    }
    visible
        .take_answer(&organisation, id, signed, correlation_id)
        .await?;
    Ok((StatusCode::ACCEPTED, Json(ChangeTaken { request: id })))
}

pub(super) async fn take(
    visible: VisibleTo<'_>,
    organisation: &OrganisationId,
    id: ChangeRequestId,
    asked: Asked,
    correlation_id: CorrelationId,
) -> Result<(StatusCode, Json<ChangeTaken>), ApiError> {
    visible
        .take_request(organisation, id, asked, correlation_id)
        .await?;
    Ok((StatusCode::ACCEPTED, Json(ChangeTaken { request: id })))
}

pub(super) fn not_counted(why: &StatementNotCounted) -> ApiError {
    Refusal::StatementNotCounted(why.to_string()).into()
}
