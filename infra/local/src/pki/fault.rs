//! What can be wrong with a signer's certificate, for tests.

use std::fs;
use std::io;
use std::path::Path;

/// What is special about a certificate in `faults/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Ended yesterday.
    Expired,
    /// Starts in 30 days.
    NotYetValid,
    /// On the issuing CA's list.
    Revoked,
    /// Without digitalSignature.
    WrongUsage,
    /// From a root of its own.
    UnknownRoot,
    /// Names someone who is no ARO of the supplier.
    WrongPerson,
    /// RSA of 1024 bits: too short.
    Rsa1024,
    /// RSA of 2048 bits: nothing wrong with it.
    Rsa2048,
}

impl Fault {
    /// Each of them.
    pub const ALL: [Self; 8] = [
        Self::Expired,
        Self::NotYetValid,
        Self::Revoked,
        Self::WrongUsage,
        Self::UnknownRoot,
        Self::WrongPerson,
        Self::Rsa1024,
        Self::Rsa2048,
    ];

    /// The name of its files: `NAME.pem` (with its chain) and `NAME-key.pem`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Expired => "expired",
            Self::NotYetValid => "not-yet-valid",
            Self::Revoked => "revoked",
            Self::WrongUsage => "wrong-usage",
            Self::UnknownRoot => "unknown-root",
            Self::WrongPerson => "wrong-person",
            Self::Rsa1024 => "rsa-1024",
            Self::Rsa2048 => "rsa-2048",
        }
    }

    /// Serial numbers that the issuing CA's list names.
    pub(super) fn revoked_serials(folder: &Path) -> io::Result<Vec<Vec<u8>>> {
        match fs::read_to_string(folder.join("faults/revoked-serial.hex")) {
            Ok(serial) => Ok(vec![hex::decode(serial.trim()).map_err(io::Error::other)?]),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(error),
        }
    }
}
