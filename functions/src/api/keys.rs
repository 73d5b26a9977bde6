//! What everybody does with the keys by which they sign: they register certificates, and stop keys.
use axum::{Extension, Json, extract::State, http::StatusCode};
use sluice_shared::{
    api::{ChangeTaken, SignedRequest, StopOwnKey},
    directory::DirectoryChange,
    identifiers::CorrelationId,
};

use super::{auth::Caller, extract::Body, people, visible::Api};
use crate::{changing::StatementNotCounted, error::ApiError, stores::Asked};

/// Register a certificate of one's own
///
/// The request is JSON inside a CMS signature (`.p7m`) by the key of the certificate: `request` (a reference that whoever asks makes up), `organisation` (one's own),
/// `change` (`kind` `register-certificate`, `person`, `certificate`), `reason` and `askedAt`. The certificate has to name whom the DCC registered. From then on
/// signatures by it count.
#[utoipa::path(post, path = "/me/certificates", tag = "people", request_body = SignedRequest, security(("signIn" = [])),
    responses((status = 202, description = "It was taken", body = ChangeTaken)))]
pub(crate) async fn register(
    State(api): State<Api>,
    caller: Caller,
    Extension(correlation_id): Extension<CorrelationId>,
    Body(request): Body<SignedRequest>,
) -> Result<(StatusCode, Json<ChangeTaken>), ApiError> {
    let (visible, person) = (api.visible_to(&caller), caller.person()?);
    let signed = request.signed.0;
    let verified = visible.verified_change(&signed)?;
    let statement = verified.statement;
    if verified.signed_with.is_none() {
        return Err(people::not_counted(&StatementNotCounted::Other("change")));
    }
    if statement.organisation != person.organisation {
        let other = StatementNotCounted::Other("organisation");
        return Err(people::not_counted(&other));
    }
    let (organisation, id) = (&statement.organisation, statement.request);
    if !visible.was_taken_up(organisation, id, &signed).await? {
        let signed_with = verified.signed_with.as_ref();
        visible
            .permits(organisation, &statement.change, signed_with)
            .await?;
    }
    people::take(
        visible,
        organisation,
        id,
        Asked::Signed(signed),
        correlation_id,
    )
    .await
}

/// Stop a key of one's own
///
/// At once and for good: nothing counts any more that is signed with it, whenever it was signed, and whatever has not taken effect yet. No signature is needed:
/// whoever has lost a key has none to give.
#[utoipa::path(post, path = "/me/stopped-keys", tag = "people", request_body = StopOwnKey, security(("signIn" = [])),
    responses((status = 202, description = "It was taken", body = ChangeTaken)))]
pub(crate) async fn stop(
    State(api): State<Api>,
    caller: Caller,
    Extension(correlation_id): Extension<CorrelationId>,
    Body(request): Body<StopOwnKey>,
) -> Result<(StatusCode, Json<ChangeTaken>), ApiError> {
    let (visible, person) = (api.visible_to(&caller), caller.person()?);
    let change = DirectoryChange::StopKey {
        person: person.id.clone(),
        key: request.key,
    };
    let organisation = &person.organisation;
    visible.permits(organisation, &change, None).await?;
    let asked = Asked::Plain {
        change,
        reason: request.reason,
    };
    let id = visible.new_change_reference();
    people::take(visible, organisation, id, asked, correlation_id).await
}
