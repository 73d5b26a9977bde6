//! Releases of the page: which bytes it is made of, signed by whoever released it, so that anybody can hold what a browser is given to it.
//!
//! The list is JSON inside its signature (CMS `SignedData`, `.p7m`); `openssl cms` makes and opens it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::certificate_path::PathRules;
use super::key_purpose::KeyPurpose;
use super::signed_json::SignedJson;
use super::trust::TrustAnchors;
use super::verify::VerifiedSignature;
use crate::finding::SignatureDefect;
use crate::identifiers::FileDigest;
use crate::instant::UtcTime;

/// The bytes of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PageRelease {
    /// The version of the project that it was built from.
    pub version: String,
    /// The Content Security Policy that it is served with, directive by directive; but for those in which a deployment names its own
    /// addresses.
    pub policy: BTreeMap<String, String>,
    /// Each file, by its path from the root of the page.
    pub files: BTreeMap<ReleasedPath, ReleasedFile>,
}

/// What a file of a release is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReleasedFile {
    /// SHA-256 of its bytes.
    pub sha256: FileDigest,
    /// Their number.
    pub length: u64,
}

/// Where a file of a release is, from the root of the page: `assets/boot-de72feccec04cae5.js`. Nothing in it means anything in an address.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ReleasedPath(String);

/// The text is no such path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "is not a path like assets/boot.js: letters, digits, -, _ and points; no name begins with a point"
)]
pub struct NotAReleasedPath;

impl ReleasedPath {
    /// Reads names of letters, digits, `-`, `_` and points, with `/` between them. No name begins with a point.
    pub fn parse(text: &str) -> Result<Self, NotAReleasedPath> {
        let is_name = |name: &str| {
            let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
            !name.is_empty() && !name.starts_with('.') && name.bytes().all(plain)
        };
        if text.split('/').all(is_name) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotAReleasedPath)
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ReleasedPath {
    type Error = NotAReleasedPath;

    fn try_from(text: String) -> Result<Self, NotAReleasedPath> {
        Self::parse(&text)
    }
}

impl From<ReleasedPath> for String {
    fn from(path: ReleasedPath) -> Self {
        path.0
    }
}

/// Opens a signed release: what it lists, and who signed it, with the certificates in force when it was signed. Revocation is not
/// looked at: whoever checks a page has no revocation lists of those who release it.
pub fn verify_release(
    anchors: &TrustAnchors,
    purposes: &[KeyPurpose],
    bytes: &[u8],
) -> Result<(PageRelease, VerifiedSignature), SignatureDefect> {
    let signed = SignedJson::parse(bytes)?;
    let at: UtcTime = signed.signature.attributes()?.signing_time;
    let rules = PathRules {
        anchors,
        at,
        purposes,
    };
    signed.verified(rules)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_leads_nowhere_but_into_the_page() {
        for path in ["index.html", "assets/program-6d24/split_judge.wasm"] {
            assert_eq!(
                ReleasedPath::parse(path).map(String::from).as_deref(),
                Ok(path)
            );
        }
        for path in [
            "",
            "/",
            "/a",
            "a/",
            "a//b",
            ".",
            "..",
            "a/../b",
            ".well-known/x",
            "a b",
            "a%2fb",
            "a?b",
            "a#b",
            "é",
            "a\\b",
        ] {
            assert_eq!(ReleasedPath::parse(path), Err(NotAReleasedPath), "{path}");
        }
    }
}
