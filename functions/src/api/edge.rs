//! What stands before the functions in a deployment: CloudFront. It proves itself by a key, and says who is connected to it; what came past it is
//! answered by nobody, since it would come past the limits there, too, from whatever network it claims.
use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName},
    middleware::Next,
    response::Response,
};

use super::client_address::{self, ClientAddress};
use crate::{
    Backend,
    error::{ApiError, Refusal},
};

/// Has the key; CloudFront adds it to what it sends to its origin, in place of what a caller sent under this name.
pub const EDGE: HeaderName = HeaderName::from_static("x-sluice-edge");
/// Who is connected to CloudFront, as its function at the edge writes it.
pub const VIEWER: HeaderName = HeaderName::from_static("x-sluice-viewer");

/// Right inside the layer that writes problems: before anything is read of a request.
pub(super) async fn layer(
    State(backend): State<Arc<Backend>>,
    mut request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let address = match &backend.settings.edge_key {
        None => client_address::connected(&request),
        Some(key) => {
            let said = request.headers().get(EDGE);
            if !said.is_some_and(|said| key.is(said.as_bytes())) {
                return Err(Refusal::PastTheEdge(backend.settings.page_origin.clone()).into());
            }
            viewer(request.headers())
        }
    };
    request.headers_mut().remove(EDGE);
    request.extensions_mut().insert(ClientAddress(address));
    Ok(next.run(request).await)
}

/// One that says it twice says nothing.
fn viewer(headers: &HeaderMap) -> Option<std::net::IpAddr> {
    let mut said = headers.get_all(VIEWER).iter();
    let address = said.next()?.to_str().ok()?.parse().ok()?;
    said.next().is_none().then_some(address)
}
