//! What stands behind a question mark where nothing is taken from there: refused, since it would be lost in silence.
//!
//! Which routes take parameters says the `OpenAPI` document alone; those read them by
//! [`Params`](super::extract::Params), which refuses what it does not know.
use std::{collections::BTreeSet, sync::Arc};

use axum::{
    extract::{MatchedPath, Request, State},
    http::Method,
    middleware::Next,
    response::Response,
};
use utoipa::openapi::{
    OpenApi,
    path::{Operation, ParameterIn},
};

use crate::error::Refusal;

/// The paths whose `GET` takes parameters. Nothing is posted with any.
#[derive(Debug, Clone)]
pub(super) struct WithParameters(Arc<BTreeSet<String>>);

impl WithParameters {
    pub(super) fn of(document: &OpenApi) -> Self {
        let paths = document.paths.paths.iter();
        let taking = paths.filter(|(_, item)| item.get.as_ref().is_some_and(takes_parameters));
        Self(Arc::new(taking.map(|(path, _)| path.clone()).collect()))
    }
}

fn takes_parameters(operation: &Operation) -> bool {
    let mut parameters = operation.parameters.iter().flatten();
    parameters.any(|parameter| matches!(parameter.parameter_in, ParameterIn::Query))
}

pub(super) async fn layer(
    State(WithParameters(paths)): State<WithParameters>,
    request: Request,
    next: Next,
) -> Result<Response, Refusal> {
    let posts = request.method() == Method::POST;
    let path = request.extensions().get::<MatchedPath>();
    let is_taken = !posts && path.is_some_and(|path| paths.contains(path.as_str()));
    if is_taken || request.uri().query().unwrap_or_default().is_empty() {
        return Ok(next.run(request).await);
    }
    Err(Refusal::Invalid(
        "This address takes no parameters after a question mark. /api/docs lists what each address takes.".to_owned(),
    ))
}
