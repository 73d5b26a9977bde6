//! Defects of signatures, of the certificates behind them, and of who signed.

use super::certificate_codes as codes;
use super::code::finding_codes;
use super::signature_reasons::{AttributeFault, NoFileInside, NotCms, TooMuch, not_registered};
use super::{Describe, FindingCode};
use crate::directory::CertificateBar;
use crate::identifiers::FileDigest;
use crate::instant::UtcTime;

finding_codes! {
    NOT_CMS = Error "signature-not-cms", "The signature file is not a CMS signature",
        "A signature is a CMS SignedData file (.p7s beside the file, or .p7m with the file inside), in DER or PEM. \
         Something else was given: the file itself, a certificate, or a signature in another form such as PGP.";
    MAIL_MESSAGE = Error "signature-is-mail-message", "The signature file is a mail message (S/MIME)",
        "OpenSSL writes a mail message around the signature unless it is told otherwise. The signature has to be plain DER.";
    TOO_LARGE = Error "signature-too-large", "The signature holds more than is read",
        "A signature has a few thousand bytes: the signer's certificate, those of the authorities above it, and a few attributes. One with \
         many certificates, with revocation lists or with a long list of attributes inside is not read.";
    NO_SIGNER = Error "signature-without-signer", "Nobody signed",
        "A CMS file can carry certificates and no signature at all, as a .p7b does. One ARO has to sign.";
    SEVERAL_SIGNERS = Error "signature-with-several-signers", "More than one person signed",
        "Exactly one ARO signs a file, so that it is certain whose decision it is.";
    NO_SIGNED_ATTRIBUTES = Error "signature-without-signed-attributes", "The signature has no signed attributes",
        "The time of signing and the digest of the file have to be under the signature. OpenSSL leaves them out with -noattr.";
    ATTRIBUTE = Error "signature-attribute-wrong", "A signed attribute is missing or wrong",
        "The signed attributes content type, message digest and signing time are each there once, and say what CMS \
         requires.";
    CONTENT_MISSING = Error "signature-content-missing", "The signed file is not there",
        "A .p7m file has the signed file inside. This one has the signature only, so the file has to be sent with it.";
    CONTENT_TWICE = Error "signature-content-twice", "The signature has a file inside, and another file was given beside it",
        "Send either a file with a detached signature (.p7s), or a .p7m with the file inside, so that it is certain which \
         file was signed.";
    NO_FILE_INSIDE = Error "signature-content-wrong", "What is inside the signature is not the file",
        "A detached signature (.p7s) has nothing inside, and a .p7m has the whole file. This one has something else: an empty file, \
         what is no file at all, or content of another kind than data.";
    CERTIFICATE_MISSING = Error "signature-certificate-missing", "The signer's certificate is not in the signature",
        "The signature has to carry the certificate of the person who signed. OpenSSL leaves it out with -nocerts.";
    CERTIFICATE_OTHER = Error "signature-names-other-certificate", "The signature names another certificate",
        "The signed attribute signing-certificate-v2 says which certificate was used. It is not the one in the signature, so \
         somebody may have exchanged the certificate.";
    SIGNER_UNCERTAIN = Error "signature-signer-uncertain", "It is not certain who signed",
        "The signature holds certificates of different people that all fit. The signed attribute signing-certificate-v2 says which of \
         them was used; without it, a signature has to leave no choice.";
    OTHER_CONTENT = Error "signature-of-other-content", "The signature is of another file",
        "The digest that was signed is not the digest of the file: the file was changed after signing, even by opening and \
         saving it in a spreadsheet, or the signature belongs to another file.";
    TEXT_MODE = Error "signature-text-mode", "The file was signed as text",
        "The signing tool changed the line ends from LF to CRLF before it signed, so the signature is not over the bytes that \
         were sent. OpenSSL does so unless it is told -binary.";
    FORGED = Error "signature-invalid", "The signature does not verify",
        "The signature was not made with the key of the certificate in it, or it was changed on the way.";
    RAW_VALUE = Error "signature-value-not-der", "The signature value is not in DER",
        "An ECDSA signature is two numbers. CMS has them as a DER structure; some libraries give them as 64 plain bytes, and these were \
         put into the signature as they are.";
    ATTRIBUTE_ORDER = Error "signature-attributes-unordered", "The signature was made over attributes in a wrong order",
        "What is signed is the DER encoding of the signed attributes, in which they are sorted. The signing tool signed them in the order in \
         which it wrote them.";
    SHA1 = Error "signature-sha1", "SHA-1 was used",
        "SHA-1 can be forged and is not accepted, neither in a signature nor in a certificate.";
    ALGORITHM = Error "signature-algorithm-not-accepted", "The signature's algorithm is not accepted",
        "Signatures use SHA-256 with ECDSA P-256, or with RSA (PKCS #1 v1.5) and a key of 2,048 to 4,096 bits.";
    CERTIFICATE_ALGORITHM = Error "certificate-algorithm-not-accepted", "A certificate was signed with an algorithm that is not accepted",
        "Authorities sign certificates with SHA-256, SHA-384 or SHA-512, and ECDSA P-256 or RSA (PKCS #1 v1.5) of 2,048 to 4,096 bits. Other \
         curves and algorithms are not verified here, so it cannot be known who issued the certificate.";
    KEY = Error "signature-key-not-accepted", "The signer's key is not accepted",
        "Keys are ECDSA on the curve P-256, or RSA of 2,048 to 4,096 bits.";
    SIGNED_OUTSIDE_VALIDITY = Error "signed-outside-certificate-validity", "The file was signed when the certificate was not valid",
        "The signing time in the signature lies before the first day of the signer's certificate or after its last, so the \
         clock of the computer that signed was wrong, or another certificate was meant.";
    NOT_REGISTERED = Error "signer-not-registered", "The signer is not an ARO of the organisation",
        "The signature is good, but the person whom the certificate names is not registered as an Authorised Responsible \
         Officer of the organisation that sent the file.";
}

/// What can be wrong with a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignatureDefect {
    /// Not CMS `SignedData`, in DER, BER or PEM.
    NotCms(NotCms),
    /// Beyond a limit.
    TooMuch(TooMuch),
    /// An S/MIME mail message, as `openssl cms -sign` writes without `-outform DER`.
    MailMessage,
    /// No `SignerInfo`.
    NoSigner,
    /// More than one `SignerInfo`.
    SeveralSigners {
        /// How many.
        signers: usize,
    },
    /// No signed attributes (RFC 5652, 5.3).
    NoSignedAttributes,
    /// A signed attribute is missing, doubled or says something wrong.
    Attribute {
        /// The name of the attribute, such as `signing time`.
        name: &'static str,
        /// How it is wrong.
        fault: AttributeFault,
    },
    /// A `.p7m` was announced, and there is no content in it.
    ContentMissing,
    /// There is content inside although the file was given beside the signature.
    ContentTwice,
    /// What is inside is no file, although something is.
    NoFileInside(NoFileInside),
    /// The certificate of the signer is not in the signature.
    CertificateMissing,
    /// `signing-certificate-v2` (RFC 5035) names another certificate.
    CertificateOther,
    /// Certificates of different subjects fit, and nothing signed says which one it was.
    SignerUncertain,
    /// The message digest is of other bytes.
    OtherContent {
        /// The digest under the signature.
        signed: FileDigest,
        /// The digest of the file.
        file: FileDigest,
    },
    /// The message digest is that of the file with CRLF line ends.
    TextMode,
    /// The signature value does not verify.
    Forged,
    /// An ECDSA value that would verify, in the form `r‖s`.
    RawValue,
    /// It verifies over the attributes in the order in which they stand, and not over their DER.
    AttributeOrder,
    /// SHA-1, in the signature.
    Sha1,
    /// SHA-1, in a certificate.
    CertificateSha1 {
        /// Whom the certificate names.
        subject: String,
    },
    /// A certificate that was signed with another algorithm or key than the accepted ones.
    CertificateAlgorithm {
        /// Whom the certificate names.
        subject: String,
        /// What it was signed with.
        algorithm: String,
    },
    /// Another digest or signature algorithm than the accepted ones.
    Algorithm {
        /// Its name or object identifier.
        name: String,
    },
    /// The signer's key is too short, too long, on another curve or of another kind.
    Key {
        /// What it is, such as `RSA 1024`.
        key: String,
    },
    /// A certificate breaks RFC 5280.
    CertificateUnreadable {
        /// Whom it names, where that much can be read.
        subject: Option<String>,
    },
    /// Past the end of a certificate's validity.
    Expired {
        /// Whom the certificate names.
        subject: String,
        /// Its last second.
        not_after: UtcTime,
    },
    /// Before the start of a certificate's validity.
    NotYetValid {
        /// Whom the certificate names.
        subject: String,
        /// Its first second.
        not_before: UtcTime,
    },
    /// The signer's certificate, or an authority's above it, is on a revocation list.
    Revoked {
        /// Whom the revoked certificate names.
        subject: String,
    },
    /// No path to a trust anchor.
    UnknownIssuer {
        /// The authority that the signer's certificate names.
        issuer: String,
    },
    /// The signer's certificate names its owner as its issuer.
    SelfSigned {
        /// Whom it names.
        subject: String,
    },
    /// The signature on a certificate does not verify.
    ChainForged {
        /// Whom the certificate names.
        subject: String,
        /// The authority that it names.
        issuer: String,
    },
    /// Key usage without `digitalSignature`.
    WrongUsage,
    /// No key usage at all.
    NoUsage,
    /// An extended key usage without any purpose that is accepted.
    WrongPurpose {
        /// Whom the certificate names: the signer or an authority.
        subject: String,
        /// What it may be used for.
        purposes: String,
        /// What is accepted.
        accepted: String,
    },
    /// The signer's certificate is a certificate authority's.
    AuthoritySigned,
    /// An issuer without the CA flag, or whose key usage lacks `keyCertSign`.
    IssuerNotAuthority {
        /// Whom its certificate names.
        subject: String,
    },
    /// `pathLenConstraint` exceeded, or deeper than any path is looked for.
    PathTooLong,
    /// Name constraints (RFC 5280, 4.2.1.10).
    NameNotAllowed {
        /// Whom the certificate names.
        subject: String,
    },
    /// Constraints on names in a form that is not compared, which has to be refused (RFC 5280, 4.2.1.10).
    ConstraintNotCompared {
        /// The authority that has them in its certificate.
        authority: String,
    },
    /// A critical extension that is not understood.
    CriticalExtension {
        /// Its object identifier.
        oid: String,
        /// Whom the certificate names that has it.
        subject: String,
    },
    /// No valid policy where an authority demands one (RFC 5280, 6.1).
    PolicyMissing,
    /// The signing time lies outside of the validity of the signer's certificate.
    SignedOutsideValidity {
        /// When it says that it was signed.
        signing_time: UtcTime,
        /// The certificate's first second.
        not_before: UtcTime,
        /// The certificate's last second.
        not_after: UtcTime,
    },
    /// An ARO is registered under the parts of the certificate's subject in another order, which is another name.
    RegisteredInOtherOrder {
        /// Whom the certificate names.
        subject: String,
        /// As what the ARO is registered.
        registered: String,
    },
    /// The certificate names an ARO, and does not count for them.
    CertificateBarred {
        /// Whom it names.
        subject: String,
        /// Why.
        bar: CertificateBar,
    },
    /// The certificate's subject is no registered ARO of the sending organisation.
    NotRegistered {
        /// Whom the certificate names.
        subject: String,
    },
}

impl Describe for SignatureDefect {
    fn code(&self) -> &'static FindingCode {
        match self {
            Self::NotCms(_) => &NOT_CMS,
            Self::TooMuch(_) => &TOO_LARGE,
            Self::MailMessage => &MAIL_MESSAGE,
            Self::NoSigner => &NO_SIGNER,
            Self::SeveralSigners { .. } => &SEVERAL_SIGNERS,
            Self::NoSignedAttributes => &NO_SIGNED_ATTRIBUTES,
            Self::Attribute { .. } => &ATTRIBUTE,
            Self::ContentMissing => &CONTENT_MISSING,
            Self::ContentTwice => &CONTENT_TWICE,
            Self::NoFileInside(_) => &NO_FILE_INSIDE,
            Self::CertificateMissing => &CERTIFICATE_MISSING,
            Self::CertificateOther => &CERTIFICATE_OTHER,
            Self::SignerUncertain => &SIGNER_UNCERTAIN,
            Self::OtherContent { .. } => &OTHER_CONTENT,
            Self::TextMode => &TEXT_MODE,
            Self::Forged => &FORGED,
            Self::RawValue => &RAW_VALUE,
            Self::AttributeOrder => &ATTRIBUTE_ORDER,
            Self::Sha1 | Self::CertificateSha1 { .. } => &SHA1,
            Self::CertificateAlgorithm { .. } => &CERTIFICATE_ALGORITHM,
            Self::Algorithm { .. } => &ALGORITHM,
            Self::Key { .. } => &KEY,
            Self::CertificateUnreadable { .. } => &codes::CERTIFICATE_UNREADABLE,
            Self::Expired { .. } => &codes::EXPIRED,
            Self::NotYetValid { .. } => &codes::NOT_YET_VALID,
            Self::Revoked { .. } => &codes::REVOKED,
            Self::UnknownIssuer { .. } | Self::SelfSigned { .. } => &codes::UNKNOWN_ISSUER,
            Self::ChainForged { .. } => &codes::CHAIN_FORGED,
            Self::WrongUsage | Self::NoUsage | Self::WrongPurpose { .. } => &codes::WRONG_USAGE,
            Self::AuthoritySigned => &codes::AUTHORITY_SIGNED,
            Self::IssuerNotAuthority { .. } => &codes::ISSUER_NOT_AUTHORITY,
            Self::PathTooLong => &codes::PATH_TOO_LONG,
            Self::NameNotAllowed { .. } | Self::ConstraintNotCompared { .. } => {
                &codes::NAME_NOT_ALLOWED
            }
            Self::CriticalExtension { .. } => &codes::CRITICAL_EXTENSION,
            Self::PolicyMissing => &codes::POLICY_MISSING,
            Self::SignedOutsideValidity { .. } => &SIGNED_OUTSIDE_VALIDITY,
            Self::RegisteredInOtherOrder { .. } | Self::NotRegistered { .. } => &NOT_REGISTERED,
            Self::CertificateBarred { bar, .. } => codes::barred(*bar),
        }
    }

    fn message(&self) -> String {
        match self {
            Self::NotCms(reason) => reason.message(),
            Self::TooMuch(limit) => limit.message(),
            Self::MailMessage => "The signature file is a mail message (S/MIME), not a plain signature.".to_owned(),
            Self::NoSigner => "The signature file has no signer in it.".to_owned(),
            Self::SeveralSigners { signers } => {
                format!("The signature file has {signers} signers; one ARO signs a file.")
            }
            Self::NoSignedAttributes => "The signature has no signed attributes, so it does not say when it was made.".to_owned(),
            Self::Attribute { name, fault } => fault.message(name),
            Self::NoFileInside(reason) => reason.message().to_owned(),
            Self::ContentMissing => "There is no file inside the .p7m; it holds a signature only.".to_owned(),
            Self::ContentTwice => "The signature has a file inside, and another file was given beside it.".to_owned(),
            Self::CertificateMissing => "The signer's certificate is not in the signature.".to_owned(),
            Self::CertificateOther => {
                "The signature says that it was made with another certificate than the one in it.".to_owned()
            }
            Self::SignerUncertain => {
                "Certificates of different people in the signature fit, and nothing that was signed says whose it is.".to_owned()
            }
            Self::OtherContent { signed, file } => format!(
                "The signature is not of this file: the file's SHA-256 digest begins {}, and the digest that was signed begins {}.",
                file.beginning(),
                signed.beginning()
            ),
            Self::TextMode => {
                "The file was signed as text: the line ends were changed to CRLF before signing, so the signature is not over \
                 the bytes of this file."
                    .to_owned()
            }
            Self::Forged => "The signature does not verify with the key of the certificate in it.".to_owned(),
            Self::RawValue => "The signature value is 64 plain bytes (r and s), where CMS has the two numbers in DER.".to_owned(),
            Self::AttributeOrder => {
                "The signature is over the signed attributes in the order in which they stand, and not over their DER encoding, in \
                 which they are sorted."
                    .to_owned()
            }
            Self::Sha1 => "The signature uses SHA-1, which can be forged.".to_owned(),
            Self::CertificateSha1 { subject } => {
                format!("The certificate of {subject} was signed with SHA-1, which can be forged.")
            }
            Self::CertificateAlgorithm { subject, algorithm } => {
                format!("The certificate of {subject} was signed by its authority with {algorithm}, which is not accepted.")
            }
            Self::Algorithm { name } => format!("The signature uses {name}, which is not accepted."),
            Self::Key { key } => format!("The signer's key is {key}, which is not accepted."),
            Self::CertificateUnreadable { subject: None } => "A certificate in the signature cannot be read.".to_owned(),
            Self::CertificateUnreadable { subject: Some(subject) } => {
                format!("The certificate of {subject} breaks the rules for certificates (RFC 5280).")
            }
            Self::Expired { subject, not_after } => format!("The certificate of {subject} expired on {}.", not_after.in_words()),
            Self::NotYetValid { subject, not_before } => {
                format!("The certificate of {subject} is not valid before {}.", not_before.in_words())
            }
            Self::Revoked { subject } => format!("The certificate of {subject} was revoked."),
            Self::UnknownIssuer { issuer } => {
                format!("The signer's certificate was issued by {issuer}, and no chain leads from there to a trusted authority.")
            }
            Self::SelfSigned { subject } => {
                format!("The certificate of {subject} was issued by its owner, not by a certificate authority.")
            }
            Self::ChainForged { subject, issuer } => {
                format!("The certificate of {subject} names {issuer} as its authority, and was not signed with that authority's key.")
            }
            Self::WrongUsage => "The key usage of the signer's certificate does not include digital signature.".to_owned(),
            Self::NoUsage => "The signer's certificate has no key usage. It needs one that includes digital signature.".to_owned(),
            Self::WrongPurpose { subject, purposes, .. } => {
                format!("The certificate of {subject} is for other purposes (extended key usage {purposes}).")
            }
            Self::AuthoritySigned => "The signer's certificate is a certificate authority's, not a person's.".to_owned(),
            Self::IssuerNotAuthority { subject } => {
                format!("A certificate in the chain was issued by {subject}, whose own certificate does not let them issue any.")
            }
            Self::PathTooLong => "There are more authorities between the signer and the trusted one than allowed.".to_owned(),
            Self::NameNotAllowed { subject } => {
                format!("The certificate of {subject} has a name that one of the authorities above it may not give.")
            }
            Self::ConstraintNotCompared { authority } => {
                format!("The certificate of {authority} limits the names below it in a form that is not compared here.")
            }
            Self::CriticalExtension { oid, subject } => {
                format!("The certificate of {subject} has the critical extension {oid}, which is not known here.")
            }
            Self::PolicyMissing => {
                "A certificate in the chain demands a certificate policy, and the chain names none that fits.".to_owned()
            }
            Self::SignedOutsideValidity { signing_time, not_before, not_after } => format!(
                "The signature says that it was made on {}, and the signer's certificate is valid from {} to {}.",
                signing_time.in_words_with_seconds(),
                not_before.in_words_with_seconds(),
                not_after.in_words_with_seconds()
            ),
            Self::RegisteredInOtherOrder { subject, registered } => format!(
                "{subject} signed the file. An ARO of your organisation is registered as {registered}: the same parts in another order, which \
                 is another name."
            ),
            Self::CertificateBarred { subject, bar } => codes::barred_message(subject, *bar),
            Self::NotRegistered { subject } => not_registered(subject),
        }
    }

    fn remedy(&self) -> String {
        match self {
            Self::NotCms(reason) => reason.remedy(),
            Self::TooMuch(limit) => limit.remedy(),
            Self::MailMessage => "Sign again with the options -binary -outform DER.",
            Self::NoSigner => "Have one ARO sign the file, and send that signature.",
            Self::SeveralSigners { .. } => "Have one ARO sign the file alone.",
            Self::NoSignedAttributes => "Sign again without the option -noattr.",
            Self::Attribute { fault, .. } => fault.remedy(),
            Self::NoFileInside(NoFileInside::OtherKind) => {
                "Sign the file itself with a tool that makes CMS signatures of files, such as openssl cms -sign -binary -outform DER."
            }
            Self::NoFileInside(_) => "Sign again so that nothing is inside (openssl cms -sign -binary), or the whole file (-nodetach).",
            Self::ContentMissing => "Send the file with this signature beside it, or sign again with -nodetach.",
            Self::ContentTwice => "Send the .p7m alone, or the file with a detached signature.",
            Self::CertificateMissing => "Sign again without the option -nocerts.",
            Self::CertificateOther => "Sign again.",
            Self::SignerUncertain => "Sign again with no certificate inside but yours and those of the authorities above it, or with -cades.",
            Self::OtherContent { .. } => "Choose the file exactly as it was signed, or sign the file as it is now.",
            Self::TextMode => "Sign again with the option -binary.",
            Self::Forged => "Sign again, and send the new signature unchanged.",
            Self::RawValue => "Have your signing tool write the ECDSA value in DER (Ecdsa-Sig-Value of RFC 5480), and sign again.",
            Self::AttributeOrder => "Have your signing tool sort the signed attributes as DER does before it signs, and sign again.",
            Self::Sha1 => "Sign again with SHA-256 (-md sha256).",
            Self::CertificateSha1 { .. } | Self::CertificateAlgorithm { .. } => {
                "Ask your certificate authority for a chain of certificates that are signed with SHA-256 and ECDSA P-256 or RSA, and sign \
                 with a certificate from it."
            }
            Self::Algorithm { .. } => "Sign again with SHA-256 and ECDSA P-256, or with SHA-256 and RSA (PKCS #1 v1.5).",
            Self::Key { .. } => "Get a certificate for an ECDSA P-256 key, or for an RSA key of 2,048 to 4,096 bits, and sign with it.",
            Self::CertificateUnreadable { .. } => "Ask your certificate authority for a new certificate, and sign with it.",
            Self::Expired { .. } => "Get a new certificate, and sign again with it.",
            Self::NotYetValid { .. } => "Sign again from that time on and send it, or sign with another certificate now.",
            Self::Revoked { .. } => "Sign with a certificate that is in force. If you did not expect this, tell your certificate authority.",
            Self::UnknownIssuer { .. } => "Sign with a certificate of a trusted authority, and put the certificates of the authorities between into the signature (-certfile).",
            Self::SelfSigned { .. } => "Ask a trusted certificate authority to issue a certificate for your key, and sign with it.",
            Self::ChainForged { .. } => "Ask your certificate authority for its correct certificates, and sign again.",
            Self::WrongUsage | Self::NoUsage => "Sign with a certificate whose key usage includes digital signature.",
            Self::WrongPurpose { accepted, .. } if accepted.is_empty() => {
                "Ask your certificate authority for a chain of certificates without an extended key usage, and sign with it."
            }
            Self::WrongPurpose { accepted, .. } => {
                return format!(
                    "Ask your certificate authority for a chain of certificates whose extended key usage includes one of these, or that have \
                     none, and sign with it: {accepted}."
                );
            }
            Self::AuthoritySigned => "Sign with the certificate of a person who is an ARO.",
            Self::IssuerNotAuthority { .. }
            | Self::PathTooLong
            | Self::NameNotAllowed { .. }
            | Self::ConstraintNotCompared { .. } => {
                "Ask your certificate authority for a certificate of the trusted chain, and sign again."
            }
            Self::PolicyMissing => {
                "Ask your certificate authority for certificates whose policies fit each other, or that demand none, and sign again."
            }
            Self::CriticalExtension { oid, .. } => {
                return format!(
                    "Ask your certificate authority for certificates in which {oid} is left out or not critical, and sign again."
                );
            }
            Self::SignedOutsideValidity { .. } => "Correct the clock of the computer, and sign again with a certificate that is in force.",
            Self::RegisteredInOtherOrder { subject, .. } => {
                return format!("Ask your organisation's administrator to register the name as the certificate has it: {subject}");
            }
            Self::CertificateBarred { bar, .. } => codes::barred_remedy(*bar),
            Self::NotRegistered { .. } => {
                "Have a registered ARO sign the file, or ask your organisation's administrator to register this person."
            }
        }
        .to_owned()
    }
}
