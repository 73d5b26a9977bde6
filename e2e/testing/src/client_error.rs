use http::StatusCode;

/// Why the API did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The path or a header cannot be sent.
    #[error("the request cannot be sent: {0}")]
    Request(#[from] http::Error),
    /// Nobody answers.
    #[error("no answer: {0}")]
    Http(#[from] reqwest::Error),
    /// The answer breaks off.
    #[error("the answer breaks off: {0}")]
    Body(#[from] axum::Error),
    /// Another status than success.
    #[error("{path}: the API answers {status}: {body}")]
    Refused {
        /// What was asked for.
        path: String,
        /// The answer's status.
        status: StatusCode,
        /// The answer: a problem in JSON.
        body: String,
    },
    /// JSON of another form than the API's types.
    #[error("a request or an answer is not what the API's types say: {0}")]
    Json(#[from] serde_json::Error),
    /// The upload was refused.
    #[error("storage answers {0}")]
    Storage(StatusCode),
    /// The same request came before, and its file is there.
    #[error("{0} has its file already: there is nowhere to put it")]
    NoUpload(String),
}
