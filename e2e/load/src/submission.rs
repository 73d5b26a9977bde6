//! A signed file, ready to be sent.

use std::fs;
use std::path::Path;

use base64ct::{Base64, Encoding};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sluice_shared::identifiers::FileDigest;
use sluice_shared::instant::UtcTime;
use sluice_shared::signature::{Certificate, P256Key, SignedAttributes};

use crate::{Failure, HeldEvent};

/// The key of an ARO, with its certificate path.
pub struct Signer {
    key: P256Key,
    chain: Vec<Certificate>,
}

impl Signer {
    /// The key that the demo PKI in a stack's state folder made for a person.
    pub fn open(state: &Path, person: &str) -> Result<Self, Failure> {
        let people = state.join("pki/people");
        let key = fs::read_to_string(people.join(format!("{person}-key.pem")))?;
        let chain = fs::read(people.join(format!("{person}.pem")))?;
        Ok(Self {
            key: P256Key::from_pem(&key)?,
            chain: Certificate::parse_chain(&chain)?,
        })
    }

    /// A detached signature in DER.
    fn sign(&self, digest: [u8; 32], now: UtcTime) -> Result<Vec<u8>, Failure> {
        let signer = self.chain.first().ok_or("the certificate path is empty")?;
        let attributes = SignedAttributes::new(&FileDigest::new(digest), signer, now);
        let signature = self.key.sign(&attributes.to_be_signed());
        Ok(attributes.assemble(&self.chain, &signature)?)
    }
}

/// The body of `POST /api/submissions` for a file that decides an event.
pub fn announcement(
    event: &HeldEvent,
    file: &str,
    signer: &Signer,
    now: UtcTime,
) -> Result<Value, Failure> {
    let digest: [u8; 32] = Sha256::digest(file).into();
    let signature = signer.sign(digest, now)?;
    Ok(json!({
        "kind": "exit-quarantine",
        "fileName": format!("EXITQ_{}_load.csv", event.reference),
        "length": file.len(),
        "sha256": hex::encode(digest),
        "signature": { "form": "detached", "der": Base64::encode_string(&signature) },
    }))
}
