//! People who sign.

use std::sync::atomic::{AtomicU64, Ordering};

use sha2::{Digest, Sha256};
use sluice_local::demo::people::Person;
use sluice_shared::identifiers::FileDigest;
use sluice_shared::instant::UtcTime;
use sluice_shared::signature::{Certificate, P256Key, SignedAttributes, UnsignedRequest};

use super::World;

/// A key with its certificate path, as an ARO has it.
pub(crate) struct Signer {
    key: P256Key,
    chain: Vec<Certificate>,
}

impl World {
    /// A certificate of the demo CA for a new key of this person.
    pub(crate) fn signer(&self, person: &str) -> Signer {
        self.signer_since(person, time::Duration::ZERO)
    }

    /// The same, issued so long ago.
    pub(crate) fn signer_since(&self, person: &str, ago: time::Duration) -> Signer {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let person = Person::find(person).unwrap();
        let mut secret = [7; 32];
        secret[..8].copy_from_slice(&NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes());
        let key = P256Key::from_random(&secret).unwrap();
        let subject = person.signer_subject().unwrap().parse().unwrap();
        let request = UnsignedRequest::new(&subject, &key.spki_der()).unwrap();
        let signature = key.sign(&request.to_be_signed());
        let pem = request.assemble(&signature).unwrap().to_pem();
        let chain = self
            .authority
            .issue_for_request(person, &pem, self.stack.clock().now() - ago)
            .unwrap();
        Signer {
            key,
            chain: Certificate::parse_chain(chain.as_bytes()).unwrap(),
        }
    }
}

impl Signer {
    /// A detached signature, DER.
    pub(crate) fn sign(&self, content: &str, at: UtcTime) -> Vec<u8> {
        self.sign_bytes(content.as_bytes(), at)
    }

    /// The same, of what need not be text.
    pub(crate) fn sign_bytes(&self, content: &[u8], at: UtcTime) -> Vec<u8> {
        let attributes = self.attributes(content, at);
        attributes
            .assemble(&self.chain, &self.key.sign(&attributes.to_be_signed()))
            .unwrap()
    }

    /// A `.p7m` with the content inside.
    pub(crate) fn envelop(&self, content: &str, at: UtcTime) -> Vec<u8> {
        let attributes = self.attributes(content.as_bytes(), at);
        let value = self.key.sign(&attributes.to_be_signed());
        attributes
            .assemble_enveloping(&self.chain, &value, content.as_bytes())
            .unwrap()
    }

    fn attributes(&self, content: &[u8], at: UtcTime) -> SignedAttributes {
        let digest = FileDigest::new(Sha256::digest(content).into());
        SignedAttributes::new(&digest, &self.chain[0], at)
    }
}
