//! What an address serves, asked for as a browser does.

use std::io::Read as _;

use reqwest::header::{ACCEPT_ENCODING, CONTENT_ENCODING};
use reqwest::{Client, StatusCode, Url, redirect};

/// More than any file of the page has; a server that sends more is not asked for the rest.
const LARGEST: usize = 64 << 20;

/// As much as is decompressed at a time, in bytes.
const BUFFER: usize = 64 << 10;

/// An answer to a request for a file.
#[derive(Debug)]
pub struct Served {
    /// Its bytes, after decompression.
    pub bytes: Vec<u8>,
    /// Its Content Security Policy; several are joined, as a browser holds a page to each of them.
    pub policies: Vec<String>,
}

/// Why there is no answer that counts.
#[derive(Debug, thiserror::Error)]
pub enum NotServed {
    /// Another status than 200; a redirection leads somewhere else.
    #[error("the answer is {0}, and 200 was expected")]
    Status(StatusCode),
    /// More bytes than any file has.
    #[error("the answer is larger than any file of the page")]
    TooLarge,
    /// No answer, or one that breaks off.
    #[error("{0}")]
    Unanswered(String),
}

/// Asks for files of one page.
#[derive(Debug)]
pub(crate) struct Site {
    client: Client,
    root: Url,
}

impl Site {
    /// The page at this address. Redirections are not followed: each file is to be where the release has it.
    pub(crate) fn new(root: Url) -> Result<Self, NotServed> {
        let client = Client::builder()
            .redirect(redirect::Policy::none())
            .build()
            .map_err(|error| NotServed::Unanswered(error.to_string()))?;
        Ok(Self { client, root })
    }

    /// Asks for a path from the root of the page.
    pub(crate) async fn ask(&self, path: &str) -> Result<Served, NotServed> {
        let unanswered = |error: reqwest::Error| NotServed::Unanswered(error.to_string());
        let url = self
            .root
            .join(path)
            .map_err(|error| NotServed::Unanswered(error.to_string()))?;
        // As a browser does: what it is given compressed is what counts.
        let request = self.client.get(url).header(ACCEPT_ENCODING, "br");
        let mut answer = request.send().await.map_err(unanswered)?;
        if answer.status() != StatusCode::OK {
            return Err(NotServed::Status(answer.status()));
        }
        let policies = answer.headers().get_all("content-security-policy");
        let policies = policies
            .iter()
            .map(|policy| String::from_utf8_lossy(policy.as_bytes()).into_owned())
            .collect();
        let encoding = answer.headers().get(CONTENT_ENCODING);
        let is_compressed = encoding.is_some_and(|encoding| encoding == "br");
        let mut bytes = Vec::new();
        while let Some(piece) = answer.chunk().await.map_err(unanswered)? {
            if bytes.len() + piece.len() > LARGEST {
                return Err(NotServed::TooLarge);
            }
            bytes.extend_from_slice(&piece);
        }
        if is_compressed {
            bytes = decompressed(&bytes)?;
        }
        Ok(Served { bytes, policies })
    }
}

fn decompressed(bytes: &[u8]) -> Result<Vec<u8>, NotServed> {
    let mut found = Vec::new();
    let most = LARGEST as u64 + 1;
    let mut reader = brotli::Decompressor::new(bytes, BUFFER).take(most);
    reader
        .read_to_end(&mut found)
        .map_err(|error| NotServed::Unanswered(error.to_string()))?;
    if found.len() > LARGEST {
        return Err(NotServed::TooLarge);
    }
    Ok(found)
}
