//! An issuer of another make in place of the embedded one: to try a deployment's own, and for tests.

use http::Uri;

/// Where an issuer is. The page is its client [`CLIENT`](crate::identity::CLIENT), and the `sub` of its tokens names a person of the directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherIssuer {
    address: String,
    origin: String,
}

/// Why an address is no issuer's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "an issuer's address begins with http:// or https://, names a host, and has no user name, query or fragment (OpenID Connect Discovery 1.0, section 3)"
)]
pub struct NoIssuer;

impl OtherIssuer {
    /// `http://127.0.0.1:9000/realms/one`: as its tokens name it, a slash at the end or none.
    pub fn parse(address: &str) -> Result<Self, NoIssuer> {
        let uri: Uri = address.parse().map_err(|_| NoIssuer)?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err(NoIssuer);
        };
        // Its origin becomes part of the page's policy, in which a semicolon or a quotation mark would end what it is in.
        let is_plain = |letter: char| letter.is_ascii_alphanumeric() || ".-:[]".contains(letter);
        if !["http", "https"].contains(&scheme)
            || !authority.as_str().chars().all(is_plain)
            || address.contains(['?', '#'])
        {
            return Err(NoIssuer);
        }
        Ok(Self {
            address: address.to_owned(),
            origin: format!("{scheme}://{authority}"),
        })
    }

    /// As its tokens name it.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Scheme, host and port.
    pub fn origin(&self) -> &str {
        &self.origin
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn an_address_stays_as_it_was_written() {
        let issuer = OtherIssuer::parse("https://sign-in.example:8443/realms/one/").unwrap();
        assert_eq!(issuer.address(), "https://sign-in.example:8443/realms/one/");
        assert_eq!(issuer.origin(), "https://sign-in.example:8443");
    }

    #[test]
    fn what_is_no_issuers_address_is_refused() {
        for address in [
            "",
            "127.0.0.1:9000",
            "ftp://sign-in.example",
            "https://somebody@sign-in.example",
            "https://sign-in.example;script-src",
            "https://sign-in.example/'none'",
            "https://sign-in.example?realm=one",
            "https://sign-in.example/#one",
        ] {
            let parsed = OtherIssuer::parse(address);
            let kept_out = parsed.is_err_and(|error| error == NoIssuer);
            // A path does not reach the policy.
            assert_eq!(kept_out, !address.contains("/'"), "{address}");
        }
    }
}
