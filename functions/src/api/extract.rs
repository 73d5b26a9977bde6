//! Extractors that fail with a problem, in words for whoever wrote the request.
use axum::{
    extract::{FromRequest, FromRequestParts, Path, Query, Request},
    http::request::Parts,
};
use serde::de::DeserializeOwned;

use crate::error::{ApiError, Refusal};

/// A JSON body.
pub(crate) struct Body<T>(pub(crate) T);
/// The path's parameter. One that cannot be read names nothing, so it is not found.
pub(crate) struct Param<T>(pub(crate) T);
/// The query's parameters.
pub(crate) struct Params<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let axum::Json(value) = axum::Json::<T>::from_request(request, state)
            .await
            .map_err(|rejection| {
                Refusal::Invalid(format!(
                    "The body cannot be read. {}",
                    rejection.body_text()
                ))
            })?;
        Ok(Self(value))
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

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let Query(value) =
            Query::<T>::from_request_parts(parts, state)
                .await
                .map_err(|rejection| {
                    Refusal::Invalid(format!(
                        "The query cannot be read. {}",
                        rejection.body_text()
                    ))
                })?;
        Ok(Self(value))
    }
}

/// How many items to read: what was asked for, within reason.
pub(crate) fn limit(asked: Option<u16>) -> i32 {
    i32::from(asked.unwrap_or(50).clamp(1, 200))
}
