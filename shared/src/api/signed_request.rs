use serde::{Deserialize, Serialize};

use crate::api::Base64Bytes;

/// What people sign: body of `POST /me/certificates`, and of DCC staff's `POST /reviews/{id}/decision`, `POST /organisations/{organisation}/signed-changes` and
/// `POST /organisations/{organisation}/changes/{request}/answer`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SignedRequest {
    /// A CMS signature of the person's (DER, 64 KiB at most) with a [`DecisionStatement`](crate::review::DecisionStatement), a
    /// [`ChangeStatement`](crate::directory::ChangeStatement) or an [`AnswerStatement`](crate::directory::AnswerStatement) in JSON inside.
    #[cfg_attr(
        feature = "openapi",
        schema(value_type = String, min_length = 4, max_length = 87_384, pattern = "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$")
    )]
    pub signed: Base64Bytes,
}
