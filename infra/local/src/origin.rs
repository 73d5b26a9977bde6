//! A web origin on loopback.

use std::fmt;
use std::net::SocketAddr;

use http::HeaderValue;

/// Scheme, host and port, as a browser sends it in `Origin`. Always `http` on a loopback address, so always a valid
/// header value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin(String);

impl Origin {
    /// The origin of what listens on `address`.
    pub fn from_address(address: SocketAddr) -> Self {
        Self(format!("http://{address}"))
    }

    /// `http://127.0.0.1:8600`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `127.0.0.1:8600`: what a `Host` header must say.
    pub fn host(&self) -> &str {
        self.0.trim_start_matches("http://")
    }

    /// Whether an `Origin` header names this one.
    pub fn is(&self, header: &HeaderValue) -> bool {
        header.as_bytes() == self.0.as_bytes()
    }

    /// Whether `url` is a page of this origin: no other host can hide behind a prefix, a user name or a fragment.
    pub fn owns(&self, url: &str) -> bool {
        url.strip_prefix(&self.0)
            .is_some_and(|path| path.starts_with('/') && !path.contains(['#', '\\', '\r', '\n']))
    }

    /// As a header value.
    ///
    /// # Panics
    /// Never: an address and a port are visible ASCII.
    pub fn header(&self) -> HeaderValue {
        HeaderValue::from_str(&self.0).expect("an address and a port are visible ASCII")
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_its_own_pages_are_owned() {
        let origin = Origin::from_address(SocketAddr::from(([127, 0, 0, 1], 8600)));
        assert!(origin.owns("http://127.0.0.1:8600/"));
        assert!(origin.owns("http://127.0.0.1:8600/send?step=2"));
        for other in [
            "http://127.0.0.1:8600",
            "http://127.0.0.1:8600.example.org/",
            "http://127.0.0.1:8600@example.org/",
            "http://127.0.0.1:86001/",
            "https://127.0.0.1:8600/",
            "http://127.0.0.1:8600/#token",
        ] {
            assert!(!origin.owns(other), "{other}");
        }
    }
}
