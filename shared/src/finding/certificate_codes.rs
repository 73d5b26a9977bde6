//! The codes of what is wrong with certificates, which are told as defects of the signature that they stand behind.

use super::FindingCode;
use super::code::finding_codes;
use crate::directory::CertificateBar;

finding_codes! {
    CERTIFICATE_UNREADABLE = Error "certificate-unreadable", "A certificate cannot be read",
        "A certificate in the signature breaks the rules for certificates (RFC 5280), so nothing in it can be relied on.";
    EXPIRED = Error "certificate-expired", "The certificate has expired",
        "A certificate is good until a date that is written in it. After that, its owner needs a new one.";
    NOT_YET_VALID = Error "certificate-not-yet-valid", "The certificate is not valid yet",
        "A certificate is good from a date that is written in it.";
    REVOKED = Error "certificate-revoked", "The certificate was revoked",
        "The authority that issued the certificate has withdrawn it, often because the key was lost or its owner has left.";
    UNKNOWN_ISSUER = Error "certificate-issuer-unknown", "The certificate comes from an authority that is not trusted here",
        "There is no chain of certificates from the signer to one of the authorities that this service trusts.";
    CHAIN_FORGED = Error "certificate-signature-invalid", "A certificate was not signed by the authority that it names",
        "The signature on a certificate in the chain does not verify with the authority's key.";
    WRONG_USAGE = Error "certificate-not-for-signing", "The certificate is not meant for signing",
        "The key usage of the signer's certificate has to include digital signature. Its extended key usage, when it has one, has to include \
         a purpose that this service accepts, and so has that of each authority above it.";
    AUTHORITY_SIGNED = Error "certificate-is-an-authority", "The certificate is an authority's, not a person's",
        "Certificate authorities issue certificates. Files are signed by people.";
    ISSUER_NOT_AUTHORITY = Error "certificate-issuer-not-an-authority", "A certificate was issued by somebody who is not an authority",
        "Every certificate in the chain above the signer's has to be marked as an authority's and allowed to sign certificates.";
    PATH_TOO_LONG = Error "certificate-path-too-long", "The chain of certificates is too long",
        "An authority can limit how many authorities may follow below it. This chain has more, or more than 6 in all.";
    NAME_NOT_ALLOWED = Error "certificate-name-not-allowed", "An authority issued a certificate for a name that it may not use",
        "An authority can be limited to certain names. The certificate's name is outside of them.";
    CRITICAL_EXTENSION = Error "certificate-critical-extension-unknown", "A certificate has a rule that is not known here",
        "A certificate can mark an extension as critical: whoever does not understand it must not accept the certificate.";
    POLICY_MISSING = Error "certificate-policy-missing", "The chain of certificates lacks a policy that one of its authorities demands",
        "An authority can demand that every certificate below it names a policy that it was issued under. One of them names \
         none, or one that the authority does not accept.";
    NOT_KNOWN = Error "certificate-not-registered", "The certificate is not registered",
        "The certificate names an Authorised Responsible Officer of the organisation. It counts once that person has registered it, with a \
         signature of its key: so nobody signs with a certificate that an authority issued to somebody else in their name.";
    STOPPED = Error "certificate-key-stopped", "The key was stopped",
        "Its owner, an administrator of the organisation or the DCC stopped the key. Nothing counts that is signed with it, whenever it was \
         signed.";
}

pub(super) const fn barred(bar: CertificateBar) -> &'static FindingCode {
    match bar {
        CertificateBar::NotRegistered | CertificateBar::KeyForm => &NOT_KNOWN,
        CertificateBar::Stopped(_) => &STOPPED,
    }
}

pub(super) fn barred_message(subject: &str, bar: CertificateBar) -> String {
    match bar {
        CertificateBar::NotRegistered | CertificateBar::KeyForm => {
            format!("The certificate of {subject} is not registered.")
        }
        CertificateBar::Stopped(at) => {
            format!("The key of {subject} was stopped on {}.", at.in_words())
        }
    }
}

pub(super) const fn barred_remedy(bar: CertificateBar) -> &'static str {
    match bar {
        CertificateBar::NotRegistered | CertificateBar::KeyForm => {
            "Have the person register it on the page Signing key. Then send the file with this signature again."
        }
        CertificateBar::Stopped(_) => {
            "Sign again with another key. If nobody should have stopped this one, ask your organisation's administrator."
        }
    }
}
