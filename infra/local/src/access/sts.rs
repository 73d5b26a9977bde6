//! A small STS: `AssumeRole` with a session policy.

use axum::Router;
use axum::extract::{Form, State};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use http::StatusCode;
use http::header::CONTENT_TYPE;
use serde::Deserialize;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::policy::Policy;
use super::{Sessions, TENANT_ROLE};
use crate::account::SECRET_KEY;
use crate::random;

/// As long as a session lasts where nobody says how long, in seconds.
const USUAL: i64 = 3_600;

/// The parameters of the one action that there is.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct AssumeRole {
    action: String,
    role_arn: String,
    policy: String,
    duration_seconds: Option<i64>,
}

/// Answers at the root of wherever it is put.
pub(crate) fn router(sessions: Sessions) -> Router {
    Router::new()
        .route("/", post(assume_role))
        .with_state(sessions)
}

async fn assume_role(State(sessions): State<Sessions>, Form(asked): Form<AssumeRole>) -> Response {
    if asked.action != "AssumeRole" || asked.role_arn != TENANT_ROLE {
        return error(
            "AccessDenied",
            "there is one role here, and nothing else to do with it",
        );
    }
    let Ok(policy) = Policy::parse(&asked.policy) else {
        return error(
            "MalformedPolicyDocument",
            "the session's policy cannot be read",
        );
    };
    let ends = OffsetDateTime::now_utc()
        + time::Duration::seconds(asked.duration_seconds.unwrap_or(USUAL));
    let Ok(ends) = ends.format(&Rfc3339) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let access_key = format!("ASIA{}", hex::encode_upper(random::bytes::<8>()));
    sessions.add(&access_key, policy);
    let answer = format!(
        "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult><Credentials>\
         <AccessKeyId>{access_key}</AccessKeyId><SecretAccessKey>{SECRET_KEY}</SecretAccessKey>\
         <SessionToken>session-of-{access_key}</SessionToken><Expiration>{ends}</Expiration></Credentials></AssumeRoleResult>\
         <ResponseMetadata><RequestId>{access_key}</RequestId></ResponseMetadata></AssumeRoleResponse>"
    );
    ([(CONTENT_TYPE, "text/xml")], answer).into_response()
}

fn error(code: &str, message: &str) -> Response {
    let answer = format!(
        "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type><Code>{code}</Code>\
         <Message>{message}</Message></Error><RequestId>none</RequestId></ErrorResponse>"
    );
    (StatusCode::FORBIDDEN, [(CONTENT_TYPE, "text/xml")], answer).into_response()
}
