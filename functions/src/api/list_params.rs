//! What lists take that narrow nothing.
use serde::Deserialize;
use sluice_shared::api::{self, Limit};
use utoipa::IntoParams;

/// Which piece of a list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ListParams {
    /// Where the list goes on: `next` of the answer before.
    #[param(inline, value_type = Option<api::Cursor>)]
    pub(super) cursor: Option<api::Cursor>,
    /// How many, 1 to 200; 50 if absent.
    #[serde(default)]
    #[param(inline, required = false)]
    pub(super) limit: Limit,
}
