//! The demonstration's certificate authority, which issues at once. Real ones take a request by their own way.

use super::{InstalledKey, KeyError, install};
use crate::api::{ApiError, http};
use gloo_net::http::Method;

/// Why the authority gave no certificate that fits.
#[derive(Clone, Debug)]
pub enum IssueError {
    /// It could not be asked, or refused.
    Authority(ApiError),
    /// What it gave could not be installed.
    Key(KeyError),
}

/// Sends the request to the authority at `address` with the caller's token, and installs what comes back.
pub async fn ask(
    address: &str,
    token: &str,
    person: &str,
    subject: Option<&str>,
    request: &str,
) -> Result<InstalledKey, IssueError> {
    let call = http::Call {
        method: Method::POST,
        address: &format!("{address}/certificates"),
        headers: vec![
            ("Authorization", format!("Bearer {token}")),
            ("Content-Type", "application/x-pem-file".to_owned()),
        ],
        body: Some(request.to_owned()),
        page: None,
    };
    let answer = http::send(call).await.map_err(IssueError::Authority)?;
    let chain = answer.bytes().await.map_err(IssueError::Authority)?;
    install(person, subject, &chain)
        .await
        .map_err(IssueError::Key)
}
