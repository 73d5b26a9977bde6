//! Whether what an address serves is what was released.

use std::fmt;

use reqwest::Url;
use sluice_shared::finding::Describe as _;
use sluice_shared::signature::{
    DistinguishedName, KeyPurpose, PageRelease, ReleasedPath, SignatureDefect, TrustAnchors,
    VerifiedSignature, verify_release,
};

use crate::list::released;
use crate::policy::directives;
use crate::served::{NotServed, Served, Site};

/// Where the signed list is, from the root of the page.
pub const SIGNED_LIST: &str = "release.p7m";

/// Where a deployment's own addresses are, which no release can say.
const CONFIG: &str = "config.json";

/// Code signing (RFC 5280, 4.2.1.12): a certificate with an extended key usage has to have this one.
const CODE_SIGNING: &str = "1.3.6.1.5.5.7.3.3";

/// What was found where all is as it was released.
#[derive(Debug)]
pub struct Released {
    /// What was released.
    pub release: PageRelease,
    /// Who signed it, and when.
    pub signature: VerifiedSignature,
    /// What the deployment says of itself, for whoever knows what it should be.
    pub config: String,
}

/// Something that is served otherwise than it was released.
#[derive(Debug, PartialEq, Eq)]
pub struct Difference {
    /// What: a path, or a directive of the policy.
    pub what: String,
    /// How it differs.
    pub how: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.what, self.how)
    }
}

/// Why it cannot be said, or is not so.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// The signed list did not come.
    #[error("{SIGNED_LIST} was not served: {0}")]
    NoList(NotServed),
    /// Its signature does not hold.
    #[error("{SIGNED_LIST}: {}", .0.message())]
    Signature(SignatureDefect),
    /// Somebody else signed it.
    #[error("{SIGNED_LIST} was signed by {found}, and {wanted} was expected")]
    Signer {
        /// Who did.
        found: DistinguishedName,
        /// Who should have.
        wanted: DistinguishedName,
    },
    /// What differs, all of it.
    #[error("what is served is not what was released")]
    Differs(Vec<Difference>),
    /// The connection could not be set up.
    #[error(transparent)]
    NotServed(#[from] NotServed),
}

/// Asks for the signed list, and for every file that is in it, and compares.
pub async fn verify_page(
    root: Url,
    anchors: &TrustAnchors,
    signer: &DistinguishedName,
) -> Result<Released, VerifyError> {
    let site = Site::new(root)?;
    let list = site.ask(SIGNED_LIST).await.map_err(VerifyError::NoList)?;
    let purposes: Vec<KeyPurpose> = KeyPurpose::parse(CODE_SIGNING).into_iter().collect();
    let (release, signature) =
        verify_release(anchors, &purposes, &list.bytes).map_err(VerifyError::Signature)?;
    if !signature.subject.is_same_as(signer) {
        return Err(VerifyError::Signer {
            found: signature.subject,
            wanted: signer.clone(),
        });
    }
    let mut differences = Vec::new();
    for path in release.files.keys() {
        differences.extend(compare(&site, &release, path, path.as_str()).await);
    }
    // Where a browser begins, and an address inside the page, which shows the same.
    if let Ok(index) = ReleasedPath::parse("index.html") {
        for address in ["", "submissions"] {
            differences.extend(compare(&site, &release, &index, address).await);
        }
    }
    if !differences.is_empty() {
        return Err(VerifyError::Differs(differences));
    }
    let config = site.ask(CONFIG).await?;
    Ok(Released {
        release,
        signature,
        config: String::from_utf8_lossy(&config.bytes).into_owned(),
    })
}

/// What is served at `address` beside the file at `path` of the release.
async fn compare(
    site: &Site,
    release: &PageRelease,
    path: &ReleasedPath,
    address: &str,
) -> Vec<Difference> {
    let difference = |how: String| Difference {
        what: format!("/{address}"),
        how,
    };
    let Some(file) = release.files.get(path) else {
        return vec![difference("the release has no such file".to_owned())];
    };
    let served = match site.ask(address).await {
        Ok(served) => served,
        Err(error) => return vec![difference(error.to_string())],
    };
    let found = released(&served.bytes);
    let mut differences = Vec::new();
    if found != *file {
        differences.push(difference(format!(
            "{} bytes with SHA-256 {}, and {} bytes with {} were released",
            found.length, found.sha256, file.length, file.sha256
        )));
    }
    differences.extend(of_policy(release, &served).into_iter().map(difference));
    differences
}

/// How the policy of an answer is weaker than the release's. A browser holds a page to every policy that comes with it, so one of them has
/// to be the release's.
fn of_policy(release: &PageRelease, served: &Served) -> Option<String> {
    let is_released = |policy: &String| directives(policy) == release.policy;
    if served.policies.iter().any(is_released) {
        return None;
    }
    Some(match served.policies.as_slice() {
        [] => "it has no Content Security Policy".to_owned(),
        others => format!(
            "its Content Security Policy is not the release's: {}",
            others.join(", ")
        ),
    })
}
