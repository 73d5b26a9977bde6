//! What a verdict rests on, for the page: it judges a file with the same function before anything is sent.
use axum::{Json, extract::State};
use serde::Deserialize;
use sluice_shared::{
    api::KnownExitEvents,
    identifiers::{FileDigest, QuarantineEventRef},
    verdict::{KnownForAdt, MOST_EVENTS},
};
use utoipa::IntoParams;

use super::{auth::Caller, extract::Params, visible::Api};
use crate::error::{ApiError, Refusal};

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct AdtParams {
    /// SHA-256 of the file itself.
    #[param(inline, value_type = FileDigest)]
    sha256: FileDigest,
}

/// What the verdict on an ADT file of one's own organisation rests on
#[utoipa::path(get, path = "/known/adt", tag = "known", params(AdtParams), security(("signIn" = [])),
    responses((status = 200, body = KnownForAdt)))]
pub(crate) async fn adt(
    State(api): State<Api>,
    caller: Caller,
    Params(params): Params<AdtParams>,
) -> Result<Json<KnownForAdt>, ApiError> {
    let visible = api.visible_to(&caller);
    Ok(Json(visible.known_for_adt(&params.sha256).await?))
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ExitParams {
    /// SHA-256 of the file itself.
    #[param(inline, value_type = FileDigest)]
    sha256: FileDigest,
    /// References of the events that the file names, with commas between them; 90 at most.
    #[param(pattern = "^([0-9]{1,20}(,[0-9]{1,20}){0,89})?$")]
    events: String,
}

/// What the verdict on an Exit Quarantine file of one's own organisation rests on, beside the communications of its events
#[utoipa::path(get, path = "/known/exit-quarantine", tag = "known", params(ExitParams), security(("signIn" = [])),
    responses((status = 200, body = KnownExitEvents)))]
pub(crate) async fn exit_quarantine(
    State(api): State<Api>,
    caller: Caller,
    Params(params): Params<ExitParams>,
) -> Result<Json<KnownExitEvents>, ApiError> {
    let references = references(&params.events)?;
    let visible = api.visible_to(&caller);
    Ok(Json(
        visible.known_for_exit(&params.sha256, &references).await?,
    ))
}

fn references(text: &str) -> Result<Vec<QuarantineEventRef>, Refusal> {
    // Without a file's events there is nothing between the commas, and no comma.
    let listed = Some(text).filter(|text| !text.is_empty());
    let mut references = listed
        .into_iter()
        .flat_map(|text| text.split(','))
        .map(QuarantineEventRef::parse)
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| Refusal::Invalid(format!("An event's reference {error}.")))?;
    references.sort_unstable();
    references.dedup();
    if references.len() > MOST_EVENTS {
        return Err(Refusal::Invalid(format!(
            "At most {MOST_EVENTS} events can be asked for at once."
        )));
    }
    Ok(references)
}
