//! The tables' engine, behind the guard and behind what holds sessions to their policies; and STS, which gives those.
//!
//! The engine takes a listener and answers every site (CORS `*`), so what listens on the stack's port is the guard, which hands on what it
//! lets in. The engine itself listens at a loopback address and a port that no page finds by trying, on a system with all of
//! 127.0.0.0/8 (Linux); elsewhere at a free port of 127.0.0.1.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use dynoxide::Database;
use http::uri::{Authority, Scheme, Uri};
use http::{HeaderValue, StatusCode, header::HOST};
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::TokioExecutor;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use crate::access::{self, Sessions};
use crate::random;
use crate::urls::STS_PATH;

/// Starts the engine, which ends with `until`, and gives what hands requests on to it.
pub(crate) async fn router(
    database: Database,
    tasks: &mut JoinSet<()>,
    until: impl Future<Output = ()> + Send + 'static,
) -> io::Result<Router> {
    let listener = listen_out_of_sight().await?;
    let engine = listener.local_addr()?.to_string();
    tasks.spawn(async move {
        if let Err(error) = dynoxide::server::serve_with_shutdown(listener, database, until).await {
            tracing::error!(%error, "the tables stopped");
        }
    });
    let engine = Engine {
        client: Client::builder(TokioExecutor::new()).build_http(),
        host: HeaderValue::from_str(&engine).map_err(io::Error::other)?,
        authority: engine.parse().map_err(io::Error::other)?,
    };
    let sessions = Sessions::default();
    let tables = Router::new()
        .fallback(hand_on)
        .with_state(engine)
        .layer(from_fn_with_state(sessions.clone(), access::layer));
    Ok(tables.nest_service(STS_PATH, access::router(sessions)))
}

async fn listen_out_of_sight() -> io::Result<TcpListener> {
    let [second, third, fourth] = random::bytes();
    let somewhere = Ipv4Addr::new(127, second, third, fourth);
    match TcpListener::bind(SocketAddr::from((somewhere, 0))).await {
        Ok(listener) => Ok(listener),
        Err(_) => TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await,
    }
}

#[derive(Debug, Clone)]
struct Engine {
    client: Client<HttpConnector, Body>,
    authority: Authority,
    host: HeaderValue,
}

async fn hand_on(State(engine): State<Engine>, mut request: Request) -> Response {
    let mut parts = request.uri().clone().into_parts();
    parts.scheme = Some(Scheme::HTTP);
    parts.authority = Some(engine.authority);
    let Ok(uri) = Uri::from_parts(parts) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    *request.uri_mut() = uri;
    request.headers_mut().insert(HOST, engine.host);
    match engine.client.request(request).await {
        Ok(answer) => answer.map(Body::new),
        Err(error) => {
            tracing::error!(%error, "the tables do not answer");
            StatusCode::BAD_GATEWAY.into_response()
        }
    }
}
