//! Where a request comes from in the network: what stands before the function says so, and no header that the caller wrote.
use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, Request};
use lambda_http::request::RequestContext;

/// Whoever sent a request; `None` where that is not known. The layer of the edge puts it there.
#[derive(Debug, Clone, Copy)]
pub(super) struct ClientAddress(pub(super) Option<IpAddr>);

/// As it was put there.
pub(super) fn of(request: &Request) -> Option<IpAddr> {
    request.extensions().get::<ClientAddress>()?.0
}

/// Who is connected to what stands right before the function: as API Gateway tells it, or, where there is none, to the function itself.
pub(super) fn connected(request: &Request) -> Option<IpAddr> {
    let extensions = request.extensions();
    match extensions.get::<RequestContext>() {
        Some(RequestContext::ApiGatewayV2(context)) => {
            context.http.source_ip.as_deref()?.parse().ok()
        }
        _ => extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map(|ConnectInfo(peer)| peer.ip()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use axum::body::Body;

    use super::*;

    fn request() -> Request {
        Request::builder()
            .header("x-forwarded-for", "203.0.113.9")
            .header("forwarded", "for=203.0.113.9")
            .body(Body::empty())
            .unwrap()
    }

    #[test]
    fn it_is_what_the_gateway_says_whoever_is_connected_and_whatever_headers_say() {
        let peer: SocketAddr = "198.51.100.7:4711".parse().unwrap();
        let mut request = request();
        assert_eq!(connected(&request), None, "headers alone say nothing");
        request.extensions_mut().insert(ConnectInfo(peer));
        assert_eq!(connected(&request), Some(peer.ip()));
        let context = serde_json::json!({ "http": { "method": "GET", "sourceIp": "2001:db8::1" } });
        let context = serde_json::from_value(context).unwrap();
        request
            .extensions_mut()
            .insert(RequestContext::ApiGatewayV2(context));
        assert_eq!(connected(&request), Some("2001:db8::1".parse().unwrap()));
    }
}
