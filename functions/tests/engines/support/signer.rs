//! People who sign.

use std::sync::atomic::{AtomicU64, Ordering};

use sluice_local::demo::people::Person;
use sluice_shared::signature::{P256Key, UnsignedRequest};

use super::{Signer, World};

impl World {
    /// The key of this person, whose certificate is registered.
    pub(crate) fn signer(&self, person: &str) -> Signer {
        Signer::of_person(self.folder(), person).unwrap()
    }

    /// A certificate of the demo CA for a new key of this person; nobody has registered it.
    pub(crate) fn new_signer(&self, person: &str) -> Signer {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let person = Person::find(person).unwrap();
        let mut secret = [7; 32];
        secret[..8].copy_from_slice(&NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes());
        let key = P256Key::from_random(&secret).unwrap();
        let subject = person.signer_subject().unwrap().parse().unwrap();
        let request = UnsignedRequest::new(&subject, &key.spki_der()).unwrap();
        let signature = key.sign(&request.to_be_signed());
        let pem = request.assemble(&signature).unwrap().to_pem();
        let certificates = self
            .authority
            .issue_for_request(person, &pem, self.stack.clock().now())
            .unwrap();
        Signer::new(key, certificates.as_bytes()).unwrap()
    }
}
