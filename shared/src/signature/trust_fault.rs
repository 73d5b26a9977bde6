//! Faults of the service's own trust data, told apart from what is wrong with a sender's signature.

use super::name::DistinguishedName;
use crate::finding::SignatureDefect;
use crate::instant::UtcTime;

/// Why a signature could not be accepted: one is the sender's to mend, the other is not.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignatureFault {
    /// Something is wrong with the signature or with a certificate behind it.
    #[error("the signature does not hold")]
    Sender(SignatureDefect),
    /// The service cannot say whether the signature holds; it can once its trust data is mended.
    #[error(transparent)]
    Service(#[from] TrustFault),
}

/// What is wrong with the service's own trust data. The authority is always one that leads to a trust anchor of the service:
/// naming another one in a signature raises no fault.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TrustFault {
    /// There is no list that is about the certificate.
    #[error(
        "The service has no revocation list of {authority}, so it cannot say yet whether the signature holds."
    )]
    ListMissing {
        /// Whose list is needed.
        authority: DistinguishedName,
    },
    /// The newest list is past its next update.
    #[error(
        "The service's revocation list of {authority} was good until {}, and the service waits for a newer one.",
        next_update.in_words()
    )]
    ListStale {
        /// Whose list is needed.
        authority: DistinguishedName,
        /// When the next list was due.
        next_update: UtcTime,
    },
    /// The list says that it was made later than now, so one of the clocks is wrong.
    #[error("The service's revocation list of {authority} is good only from {} on.", this_update.in_words())]
    ListNotYetValid {
        /// Whose list is needed.
        authority: DistinguishedName,
        /// From when on.
        this_update: UtcTime,
    },
    /// The list was not signed by the authority, or by a key that may not sign lists.
    #[error(
        "The service's revocation list of {authority} is not validly signed, so the service needs the right one."
    )]
    ListForged {
        /// Whose list is needed.
        authority: DistinguishedName,
    },
}

impl From<SignatureDefect> for SignatureFault {
    fn from(defect: SignatureDefect) -> Self {
        Self::Sender(defect)
    }
}

impl TrustFault {
    /// A stable name for logs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::ListMissing { .. } => "revocation-list-missing",
            Self::ListStale { .. } => "revocation-list-stale",
            Self::ListNotYetValid { .. } => "revocation-list-not-yet-valid",
            Self::ListForged { .. } => "revocation-list-forged",
        }
    }

    /// Whose list is at fault.
    pub const fn authority(&self) -> &DistinguishedName {
        match self {
            Self::ListMissing { authority }
            | Self::ListStale { authority, .. }
            | Self::ListNotYetValid { authority, .. }
            | Self::ListForged { authority } => authority,
        }
    }
}
