//! Signatures: what to sign, putting a signature together, verifying one, certificates and their paths.
//!
//! CMS `SignedData` (RFC 5652) with SHA-256, over the exact bytes of a file, detached (`.p7s`) or with the file inside
//! (`.p7m`). Everything is pure: the time, the keys and the revocation lists are parameters, and signing is done in two
//! steps (what to sign, then putting the answer in), so that `WebCrypto`, a token or a key service can do it.

mod algorithms;
mod assemble;
mod attributes;
mod ber;
mod ber_pieces;
mod certificate;
mod certificate_file;
mod certificate_path;
mod der_form;
mod digests;
mod extensions;
mod key_material;
mod key_purpose;
mod name;
mod name_text;
mod name_value;
mod not_cms;
mod parse;
mod path_error;
mod path_signatures;
mod pem;
mod private_key;
mod raw;
mod receipt;
mod release;
mod request;
mod revocation;
mod revocation_list;
mod signed_json;
mod signer;
mod signing;
mod text_forms;
mod trust;
mod trust_blocks;
mod trust_fault;
mod usage;
mod verify;
#[cfg(test)]
mod wycheproof_vectors;

pub use crate::finding::{AttributeFault, NoFileInside, NotCms, SignatureDefect, TooMuch};
pub use algorithms::{RSA_LONGEST, RSA_SHORTEST, ecdsa_signature_der};
pub use assemble::AssembleError;
pub use attributes::SignedAttributes;
pub use certificate::{Certificate, CertificateError, CertificateSummary, KeyAlgorithm};
pub use der_form::der_of_ber;
pub use digests::{ContentDigests, Digests};
pub use key_purpose::{KeyPurpose, NotAKeyPurpose};
pub use name::{DistinguishedName, NotADistinguishedName};
pub use parse::{Signature, SignatureSummary};
pub use private_key::{GivenAs, PrivateKeyGiven};
pub use receipt::{
    Receipt, ReceiptDecision, ReceiptOutcome, ReceiptSigner, read_receipt, verify_receipt,
};
pub use release::{NotAReleasedPath, PageRelease, ReleasedFile, ReleasedPath, verify_release};
pub use request::{CertificationRequest, RequestError, UnsignedRequest};
pub use revocation_list::ListError;
pub(crate) use signed_json::SignedJson;
pub use signed_json::{UnsignedJson, signed_content};
pub use signing::{NotAP256Key, P256Key};
pub use trust::{Crls, TrustAnchors, TrustError, VerificationContext};
pub use trust_blocks::BlockError;
pub use trust_fault::{SignatureFault, TrustFault};
pub use verify::{VerifiedSignature, verify};
