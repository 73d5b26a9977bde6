use std::time::Duration;

use axum::Router;
use axum::body::Body;
use http::{Request, Response};
use http_body_util::BodyExt;
use tower::ServiceExt;

use crate::ClientError;

/// What no single answer takes.
const LONGEST_ANSWER: Duration = Duration::from_mins(1);

/// How requests get to the API.
#[derive(Debug, Clone)]
pub(crate) enum Connection {
    /// Over HTTP, to the origin of a page. Clones share connections.
    Http {
        origin: String,
        http: reqwest::Client,
    },
    /// To a router in this process.
    InProcess(Router),
}

impl Connection {
    pub(crate) fn http(origin: &str) -> Result<Self, ClientError> {
        Ok(Self::Http {
            origin: origin.to_owned(),
            http: http_client()?,
        })
    }

    /// Sends a request whose path begins with `/api`.
    pub(crate) async fn send(
        &self,
        request: Request<Vec<u8>>,
    ) -> Result<Response<Vec<u8>>, ClientError> {
        let (parts, body) = match self {
            Self::InProcess(router) => {
                let answer = match router.clone().oneshot(request.map(Body::from)).await {
                    Ok(answer) => answer,
                    Err(never) => match never {},
                };
                let (parts, body) = answer.into_parts();
                (parts, body.collect().await?.to_bytes())
            }
            Self::Http { origin, http } => {
                let (mut parts, body) = request.into_parts();
                parts.uri = format!("{origin}{}", parts.uri)
                    .parse()
                    .map_err(http::Error::from)?;
                let request = Request::from_parts(parts, body).try_into()?;
                let answer: Response<reqwest::Body> = http.execute(request).await?.into();
                let (parts, body) = answer.into_parts();
                (parts, body.collect().await?.to_bytes())
            }
        };
        Ok(Response::from_parts(parts, body.to_vec()))
    }

    /// What uploads to storage. A router has no connections to share: they would end with the test that made them.
    pub(crate) fn storage(&self) -> Result<reqwest::Client, ClientError> {
        match self {
            Self::Http { http, .. } => Ok(http.clone()),
            Self::InProcess(_) => http_client(),
        }
    }
}

fn http_client() -> Result<reqwest::Client, ClientError> {
    let builder = reqwest::Client::builder().timeout(LONGEST_ANSWER);
    Ok(builder.no_proxy().build()?)
}
