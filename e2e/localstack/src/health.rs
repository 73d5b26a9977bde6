//! Whether the emulator is well.

use axum::body::Body;
use http::Request;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;

/// Whether what listens on `port` says so itself.
pub(crate) async fn is_well(port: u16) -> bool {
    let client = Client::builder(TokioExecutor::new()).build_http::<Body>();
    let address = format!("http://127.0.0.1:{port}/_localstack/health");
    let Ok(request) = Request::get(address).body(Body::empty()) else {
        return false;
    };
    let answer = client.request(request).await;
    answer.is_ok_and(|answer| answer.status().is_success())
}
