//! Security headers of every answer on the page's origin. An answer that brings its own policy keeps it.
//!
//! `infra/template.yaml` has the same for CloudFront; a test compares.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderName, HeaderValue};

use crate::urls::Urls;

/// The Content Security Policy; `${Uploads}` and `${Identity}` are origins of the deployment.
pub const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; \
    worker-src 'self'; connect-src 'self' ${Uploads} ${Identity}; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types sluice-worker";

/// The headers that are the same everywhere.
pub const FIXED: [(&str, &str); 5] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
];

/// The headers, made once.
#[derive(Debug, Clone)]
pub(super) struct Headers(Vec<(HeaderName, HeaderValue)>);

impl Headers {
    pub(super) fn new(urls: &Urls) -> Self {
        // The embedded issuer's port has the demo's certificates, too.
        let mut issuers = urls.identity.to_string();
        if let Some(other) = &urls.other_issuer {
            issuers.extend([" ", other.origin()]);
        }
        let policy = POLICY
            .replace("${Uploads}", urls.s3.as_str())
            .replace("${Identity}", &issuers);
        let policy = HeaderValue::from_str(&policy).expect("origins are visible ASCII");
        let fixed = FIXED.map(|(name, value)| {
            (
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            )
        });
        let policy = (http::header::CONTENT_SECURITY_POLICY, policy);
        Self(std::iter::once(policy).chain(fixed).collect())
    }
}

pub(super) async fn layer(
    State(Headers(ours)): State<Headers>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in ours {
        response.headers_mut().entry(name).or_insert(value);
    }
    response
}
