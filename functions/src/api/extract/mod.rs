//! Extractors that fail with a problem, in words for whoever wrote the request.
//!
//! They read by [`Piece`], whose errors are [`Fault`]s: the sentences that people read are written here, and none comes from a library.
mod fault;
mod piece;

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Path, Query, Request},
    http::{HeaderMap, StatusCode, header, request::Parts},
};
use serde::de::DeserializeOwned;

use self::{fault::Fault, piece::Piece};
use super::LARGEST_BODY;
use crate::error::{ApiError, Refusal};

/// A JSON body.
pub(crate) struct Body<T>(pub(crate) T);
/// No body, or one that says nothing: `{}`.
pub(crate) struct NoBody;
/// The path's parameter. One that cannot be read names nothing, so it is not found.
pub(crate) struct Param<T>(pub(crate) T);
/// The query's parameters.
pub(crate) struct Params<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        if !is_json(request.headers()) {
            return Err(Refusal::NotJson.into());
        }
        is_plain(request.headers())?;
        let body = read_body(request, state).await?;
        Ok(Self(from_json(BODY, &body)?))
    }
}

impl<S: Send + Sync> FromRequest<S> for NoBody {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let is_json = is_json(request.headers());
        is_plain(request.headers())?;
        let body = read_body(request, state).await?;
        if body.is_empty() {
            return Ok(Self);
        }
        if !is_json {
            return Err(Refusal::NotJson.into());
        }
        let sluice_shared::api::calls::NoBody {} = from_json(BODY, &body)?;
        Ok(Self)
    }
}

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Param<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let Path(value) = Path::<T>::from_request_parts(parts, state)
            .await
            .map_err(|_| Refusal::NotFound("reference"))?;
        Ok(Self(value))
    }
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Params<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, ApiError> {
        let Query(pairs) = Query::<Vec<(String, String)>>::try_from_uri(&parts.uri)
            .map_err(|_| Refusal::Invalid(format!("{QUERY} It is not name=value&name=value.")))?;
        Ok(Self(worded(QUERY, Piece::of_query(pairs))?))
    }
}

const BODY: &str = "The body cannot be read.";
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();
const QUERY: &str = "The query cannot be read.";

fn is_json(headers: &HeaderMap) -> bool {
    let named = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let essence = named.split(';').next().unwrap_or_default();
    essence.trim().eq_ignore_ascii_case("application/json")
}

/// What is packed would be read as it is.
fn is_plain(headers: &HeaderMap) -> Result<(), Refusal> {
    match headers.get(header::CONTENT_ENCODING) {
        Some(encoding) if encoding != "identity" => Err(Refusal::Encoded),
        _ => Ok(()),
    }
}

async fn read_body<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Refusal> {
    Bytes::from_request(request, state).await.map_err(|broken| {
        if broken.status() == StatusCode::PAYLOAD_TOO_LARGE {
            Refusal::RequestTooLarge { most: LARGEST_BODY }
        } else {
            Refusal::Invalid(format!("{BODY} It breaks off. Send the request again."))
        }
    })
}

/// Reads JSON; `which` begins the sentence about what is wrong with it.
pub(super) fn from_json<T: DeserializeOwned>(which: &str, body: &[u8]) -> Result<T, Refusal> {
    // Some tools of Windows put it before everything; RFC 8259, 8.1, lets a reader pass over it.
    let body = body.strip_prefix(BYTE_ORDER_MARK).unwrap_or(body);
    if body.is_empty() {
        return Err(Refusal::Invalid(format!("{which} It is empty.")));
    }
    let piece: Piece = serde_json::from_slice(body).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        Refusal::Invalid(format!(
            "{which} It cannot be read as JSON: it goes wrong, or breaks off, in line {line} at column {column}."
        ))
    })?;
    worded(which, piece)
}

fn worded<T: DeserializeOwned>(which: &str, piece: Piece) -> Result<T, Refusal> {
    serde_path_to_error::deserialize(piece).map_err(|error| {
        let path = error.path().to_string();
        let fault: Fault = error.into_inner();
        Refusal::Invalid(format!("{which} {}", fault.at(&path)))
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use sluice_shared::api::{AskForChange, SignedRequest, StartSubmission};

    use super::*;

    /// What is wrong with a body that is right but for `change`.
    fn wrong(change: impl FnOnce(&mut serde_json::Value)) -> String {
        let mut body = serde_json::json!({
            "kind": "adt", "fileName": "adt.csv", "length": 9, "sha256": "00".repeat(32),
            "signature": { "form": "detached", "der": "MIIB" },
        });
        for mark in ["", "\u{feff}"] {
            let body = format!("{mark}{body}");
            from_json::<StartSubmission>(BODY, body.as_bytes()).unwrap();
        }
        change(&mut body);
        said::<StartSubmission>(&body.to_string())
    }

    fn said<T: DeserializeOwned>(body: &str) -> String {
        from_json::<T>(BODY, body.as_bytes())
            .err()
            .unwrap()
            .to_string()
    }

    #[test]
    fn each_fault_has_a_sentence_of_ours() {
        let cases = [
            (
                wrong(|body| drop(body["sha256"].take())),
                "sha256: text is needed, not null.",
            ),
            (
                wrong(|body| drop(body.as_object_mut().unwrap().remove("sha256"))),
                "sha256 is missing.",
            ),
            (
                wrong(|body| body["more"] = 1.into()),
                "more is not known here: /api/docs lists what is.",
            ),
            (
                wrong(|body| body["length"] = "9".into()),
                "length: a whole number from 0 is needed, not text.",
            ),
            (
                wrong(|body| body["length"] = (-1).into()),
                "length: a whole number from 0 is needed, not a number below it.",
            ),
            (
                wrong(|body| body["length"] = 1.5.into()),
                "length: a whole number from 0 is needed, not a fraction.",
            ),
            (
                wrong(|body| body["length"] = 9.0.into()),
                "length: a whole number from 0 is needed, not one with a decimal point.",
            ),
            (
                wrong(|body| body["length"] = 1e20.into()),
                "length: a whole number from 0 is needed, not a number as large as that.",
            ),
            (
                wrong(|body| body["checkOnly"] = "yes".into()),
                "checkOnly: true or false is needed, not text.",
            ),
            (
                wrong(|body| body["kind"] = "report".into()),
                "kind: \"report\" is not one of adt, exit-quarantine.",
            ),
            (
                wrong(|body| body["signature"] = "MIIB".into()),
                "signature: an object is needed, not text.",
            ),
            (
                wrong(|body| body["signature"]["form"] = 0.into()),
                "signature.form: text is needed, not a number.",
            ),
            (
                wrong(|body| body["signature"]["form"] = "loose".into()),
                "signature.form: \"loose\" is not one of detached, enveloping.",
            ),
            (
                wrong(|body| body["signature"]["more"] = 1.into()),
                "signature: more is not known here: /api/docs lists what is.",
            ),
            (
                wrong(|body| {
                    body["signature"] = serde_json::json!({ "form": "enveloping", "der": "MIIB" });
                }),
                "signature: der is not known here: /api/docs lists what is.",
            ),
            (
                wrong(|body| {
                    body["signature"] = serde_json::json!(["detached", { "der": "MIIB" }]);
                }),
                "signature: an object is needed, not a list.",
            ),
            (
                said::<StartSubmission>("[]"),
                "An object is needed, not a list.",
            ),
            (
                said::<StartSubmission>("{\"kind\": \"adt\", \"kind\": \"adt\"}"),
                "kind is there twice.",
            ),
            (
                said::<StartSubmission>("{\"kind\": "),
                "It cannot be read as JSON: it goes wrong, or breaks off, in line 1 at column 9.",
            ),
            (
                // JSON by its form, with a number that no type here holds.
                said::<StartSubmission>("{\"length\": 1e400}"),
                "It cannot be read as JSON: it goes wrong, or breaks off, in line 1 at column 16.",
            ),
            (
                said::<StartSubmission>("{\"kind\": \"maybe\"}"),
                "kind: \"maybe\" is not one of adt, exit-quarantine.",
            ),
            (
                said::<SignedRequest>("{\"signed\": 1}"),
                "signed: text is needed, not a number.",
            ),
        ];
        let (said, sentences): (Vec<_>, Vec<_>) = cases.into_iter().unzip();
        let sentences = sentences
            .iter()
            .map(|sentence| format!("{BODY} {sentence}"));
        assert_eq!(said, sentences.collect::<Vec<_>>());
    }

    #[test]
    fn lists_are_read_where_they_belong() {
        let body = serde_json::json!({ "reason": "Joins on Monday.", "change": {
            "kind": "invite", "person": "new", "name": "New, Person", "roles": ["viewer", "submitter"],
        } });
        let read: AskForChange = from_json(BODY, body.to_string().as_bytes()).unwrap();
        assert_eq!(
            serde_json::to_value(read).unwrap()["change"]["roles"][0],
            "submitter"
        );
        for (wrong, expected) in [
            (
                r#"{"reason":"Why not?","change":["remove",{"person":"a"}]}"#,
                "an object is needed, not a list",
            ),
            (
                r#"{"reason":"Why not?","change":{"kind":"invite","person":"a","name":"A","roles":[]}}"#,
                "choose at least one role",
            ),
            (
                r#"{"reason":"Why not?","change":{"kind":"remove","person":"a","more":1}}"#,
                "more",
            ),
            (
                r#"{"reason":"Why not?","change":{"kind":"vanish","person":"a"}}"#,
                "is not one of invite",
            ),
        ] {
            let said = said::<AskForChange>(wrong);
            assert!(said.contains(expected), "{said}");
        }
    }

    #[test]
    fn a_value_is_not_repeated_at_length() {
        let said = wrong(|body| body["fileName"] = "a/".repeat(50_000).into());
        assert!(said.len() < 400, "{} bytes", said.len());
    }
}
