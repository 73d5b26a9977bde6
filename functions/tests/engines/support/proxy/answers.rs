//! What a proxy answers.

use std::convert::Infallible;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::response::{IntoResponse, Response};
use futures::{StreamExt, stream};
use http::{HeaderMap, StatusCode, header};
use serde_json::{Value, json};

/// A slow answer comes in pieces of this many bytes.
const PIECE: usize = 1024;

pub(super) fn answered(status: StatusCode, mut headers: HeaderMap, body: Body) -> Response {
    headers.remove(header::TRANSFER_ENCODING);
    headers.remove(header::CONNECTION);
    let mut response = Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}

/// Pieces with a pause before each; without one, half of them and then nothing.
pub(super) fn slowly(bytes: &Bytes, pause: Option<Duration>) -> Body {
    let pieces: Vec<_> = bytes
        .chunks(PIECE)
        .map(|piece| Ok::<_, Infallible>(Bytes::copy_from_slice(piece)))
        .collect();
    let half = pieces.len() / 2;
    match pause {
        Some(pause) => Body::from_stream(stream::iter(pieces).then(move |piece| async move {
            tokio::time::sleep(pause).await;
            piece
        })),
        None => Body::from_stream(stream::iter(pieces).take(half).chain(stream::pending())),
    }
}

/// An error that quotes the call, as a validation does, and has its items, as a cancelled transaction does.
pub(super) fn quoting(status: StatusCode, code: &str, call: &[u8], json: bool) -> Response {
    let quoted = String::from_utf8_lossy(call).into_owned();
    if !json {
        let body = format!("<Error><Code>{code}</Code><Message>{quoted}</Message></Error>");
        return (status, [(header::CONTENT_TYPE, "application/xml")], body).into_response();
    }
    let call: Value = serde_json::from_slice(call).unwrap_or_default();
    let parts = call["TransactItems"].as_array().into_iter().flatten();
    let reasons: Vec<_> = parts
        .map(|part| json!({ "Code": "ValidationError", "Message": quoted, "Item": part["Put"]["Item"] }))
        .collect();
    let kind = format!("com.amazonaws.dynamodb.v20120810#{code}");
    let body = json!({
        "__type": kind, "message": quoted, "Message": quoted, "Item": call["Item"], "CancellationReasons": reasons,
    });
    let kind = [(header::CONTENT_TYPE, "application/x-amz-json-1.0")];
    (status, kind, body.to_string()).into_response()
}

/// An error as the services say it: DynamoDB and SQS in JSON, S3 in XML.
pub(super) fn failure(status: StatusCode, code: &str, json: bool) -> Response {
    let text = "The proxy was told to fail this call.";
    if json {
        let kind = format!("com.amazonaws.dynamodb.v20120810#{code}");
        let body = json!({ "__type": kind, "message": text }).to_string();
        let kind = [(header::CONTENT_TYPE, "application/x-amz-json-1.0")];
        return (status, kind, body).into_response();
    }
    let body = format!("<Error><Code>{code}</Code><Message>{text}</Message></Error>");
    (status, [(header::CONTENT_TYPE, "application/xml")], body).into_response()
}
