//! What may be said of a call to AWS that failed.
//!
//! Never the answer itself, nor the service's own message: a cancelled transaction carries the items that stood in its way, a
//! validation message quotes what was sent, and an answer that cannot be read is shown byte for byte by the SDK. What is left
//! is enough to look a call up: the service has the rest under the request id.
use std::{error::Error, fmt, io};

use aws_sdk_dynamodb::{
    config::http::HttpResponse,
    error::{ProvideErrorMetadata, SdkError},
};
use aws_types::request_id::RequestId;

/// Longer codes and request ids are nobody's.
const LONGEST: usize = 128;

/// Why a call failed: kind, status, code and request id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallFailure {
    kind: &'static str,
    status: Option<u16>,
    code: Option<String>,
    request_id: Option<String>,
    io: Option<io::ErrorKind>,
}

impl CallFailure {
    pub(crate) fn from_sdk<E>(error: &SdkError<E, HttpResponse>) -> Self
    where
        E: ProvideErrorMetadata + Error + 'static,
    {
        Self {
            kind: kind(error),
            status: error.raw_response().map(|raw| raw.status().as_u16()),
            code: error.code().and_then(identifier),
            request_id: error.request_id().and_then(identifier),
            io: io_kind(error),
        }
    }
}

impl fmt::Display for CallFailure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.kind)?;
        if let Some(kind) = self.io {
            write!(out, ", {kind}")?;
        }
        if let Some(status) = self.status {
            write!(out, ", status {status}")?;
        }
        if let Some(code) = &self.code {
            write!(out, ", {code}")?;
        }
        if let Some(id) = &self.request_id {
            write!(out, ", request id {id}")?;
        }
        Ok(())
    }
}

fn kind<E>(error: &SdkError<E, HttpResponse>) -> &'static str {
    match error {
        SdkError::ConstructionFailure(_) => "the call could not be made",
        SdkError::TimeoutError(_) => "no answer in time",
        SdkError::DispatchFailure(failure) if failure.is_timeout() => "no connection in time",
        SdkError::DispatchFailure(_) => "no connection",
        SdkError::ResponseError(_) => "the answer cannot be read",
        SdkError::ServiceError(_) => "the service refused",
        _ => "the call failed",
    }
}

/// A code or an id as services write them; anything else could be part of an answer.
fn identifier(text: &str) -> Option<String> {
    let is_one = text.len() <= LONGEST
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_.=+/:#".contains(&byte));
    is_one.then(|| text.to_owned())
}

/// The operating system's word for what happened to the connection, such as that it was refused.
fn io_kind(error: &(dyn Error + 'static)) -> Option<io::ErrorKind> {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if let Some(io) = error.downcast_ref::<io::Error>() {
            return Some(io.kind());
        }
        cause = error.source();
    }
    None
}
