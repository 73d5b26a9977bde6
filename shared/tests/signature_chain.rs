//! Certificates as authorities make them: algorithms, purposes and extensions, each accepted or refused by name.
#![allow(clippy::unwrap_used)]

mod pki_support;

use const_oid::ObjectIdentifier;
use const_oid::db::rfc5280::{
    ANY_EXTENDED_KEY_USAGE, ID_KP_CLIENT_AUTH, ID_KP_CODE_SIGNING, ID_KP_EMAIL_PROTECTION,
    ID_KP_SERVER_AUTH,
};
use const_oid::db::rfc5912::{ECDSA_WITH_SHA_384, SECP_384_R_1};
use der::Encode as _;
use der::asn1::{Any, BitString, Null};
use sluice_shared::finding::{Describe as _, SignatureDefect};
use sluice_shared::signature::{Certificate, KeyPurpose, SignatureFault};
use x509_cert::ext::pkix::ExtendedKeyUsage;

use pki_support::message::Message;
use pki_support::{Authority, add, add_der, defect, verified_for};

const ECDSA_WITH_SHA_1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.1");
const DOCUMENT_SIGNING: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.36");
const MICROSOFT_DOCUMENT_SIGNING: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.3.6.1.4.1.311.10.3.12");
const SMART_CARD_LOGON: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.4.1.311.20.2.2");

/// What is found of a signature by key 2 with its certificate below this authority.
fn below(authority: &Authority, signer: &Certificate) -> Option<SignatureDefect> {
    let message = Message::of(2, &[signer, &authority.certificate]);
    defect(&message.der(), &[authority])
}

#[test]
fn a_certificate_signed_with_sha384_and_an_accepted_key_is_accepted() {
    let root = Authority::root();
    let signer = root.issue_with(ECDSA_WITH_SHA_384, 2, |_| ());
    assert_eq!(below(&root, &signer), None);
    // The same with a value that was made over another hash.
    let mut forged = x509_of(&signer);
    forged.signature = x509_of(&root.issue(2, |_| ())).signature;
    let forged = Certificate::from_der(&forged.to_der().unwrap()).unwrap();
    let found = below(&root, &forged).unwrap();
    assert_eq!(found.code().code, "certificate-signature-invalid");
    assert_eq!(
        found.message(),
        "The certificate of CN=Test ARO 1,O=Test Supplier,C=GB names CN=Root,O=Test,C=GB as its authority, and was not signed with \
         that authority's key."
    );
}

#[test]
fn a_certificate_that_somebody_made_for_themselves_is_told_so() {
    let root = Authority::root();
    let own = root.authority(2, |_| ());
    let of_a_person = own.issue(2, |tbs| tbs.subject = tbs.issuer.clone());
    let of_an_authority = own.authority(2, |tbs| tbs.issuer = tbs.subject.clone());
    for certificate in [&of_a_person, &of_an_authority.certificate] {
        let message = Message::of(2, &[certificate]);
        assert_eq!(
            defect(&message.der(), &[&root]),
            Some(SignatureDefect::SelfSigned {
                subject: "CN=Authority 2,O=Test,C=GB".to_owned()
            })
        );
    }
    // An authority that issues under its own name has still issued it.
    let authority = root.authority(3, |_| ());
    let under_its_name = authority.issue(2, |tbs| tbs.subject = tbs.issuer.clone());
    let message = Message::of(2, &[&under_its_name, &authority.certificate]);
    assert_eq!(
        defect(&message.der(), &[&root, &authority]),
        Some(SignatureDefect::AuthoritySigned)
    );
}

fn x509_of(certificate: &Certificate) -> x509_cert::Certificate {
    der::Decode::from_der(certificate.der()).unwrap()
}

#[test]
fn an_algorithm_that_is_not_accepted_is_named_with_the_certificate_that_has_it() {
    let root = Authority::root();
    let subject = || "CN=Test ARO 1,O=Test Supplier,C=GB".to_owned();
    let sha1 = root.issue_with(ECDSA_WITH_SHA_1, 2, |_| ());
    assert_eq!(
        below(&root, &sha1),
        Some(SignatureDefect::CertificateSha1 { subject: subject() })
    );
    let ed25519 = root.issue_with(ObjectIdentifier::new_unwrap("1.3.101.112"), 2, |_| ());
    let algorithm = "id-Ed25519".to_owned();
    assert_eq!(
        below(&root, &ed25519),
        Some(SignatureDefect::CertificateAlgorithm {
            subject: subject(),
            algorithm
        })
    );
    // An authority on another curve, as many have: whether it signed cannot be known here.
    let on_p384 = root.authority(5, |tbs| {
        let spki = &mut tbs.subject_public_key_info;
        spki.algorithm.parameters = Some(Any::encode_from(&SECP_384_R_1).unwrap());
        spki.subject_public_key = BitString::from_bytes(&[4; 97]).unwrap();
    });
    let signer = on_p384.issue_with(ECDSA_WITH_SHA_384, 2, |_| ());
    let found = below(&on_p384, &signer).unwrap();
    assert_eq!(
        found.message(),
        "The certificate of CN=Test ARO 1,O=Test Supplier,C=GB was signed by its authority with ecdsa-with-SHA384 and a key of ECDSA on \
         the curve secp384r1, which is not accepted."
    );
    assert!(
        found.remedy().starts_with("Ask your certificate authority"),
        "{}",
        found.remedy()
    );
}

fn for_purposes(purposes: &[ObjectIdentifier]) -> impl FnOnce(&mut x509_cert::TbsCertificate) {
    move |tbs| add(tbs, false, &ExtendedKeyUsage(purposes.to_vec()))
}

#[test]
fn an_extended_key_usage_includes_one_of_the_accepted_purposes() {
    let root = Authority::root();
    for purpose in [
        ID_KP_EMAIL_PROTECTION,
        DOCUMENT_SIGNING,
        ID_KP_CLIENT_AUTH,
        MICROSOFT_DOCUMENT_SIGNING,
        ANY_EXTENDED_KEY_USAGE,
    ] {
        for purposes in [&[purpose][..], &[SMART_CARD_LOGON, purpose]] {
            assert_eq!(
                below(&root, &root.issue(2, for_purposes(purposes))),
                None,
                "{purposes:?}"
            );
        }
    }
    let server = root.issue(
        2,
        for_purposes(&[ID_KP_SERVER_AUTH, ID_KP_CODE_SIGNING, SMART_CARD_LOGON]),
    );
    let found = below(&root, &server).unwrap();
    assert_eq!(found.code().code, "certificate-not-for-signing");
    assert_eq!(
        found.message(),
        "The certificate of CN=Test ARO 1,O=Test Supplier,C=GB is for other purposes (extended key usage server authentication \
         (1.3.6.1.5.5.7.3.1), code signing (1.3.6.1.5.5.7.3.3), smart card logon (1.3.6.1.4.1.311.20.2.2))."
    );
    assert!(
        found
            .remedy()
            .contains("client authentication (1.3.6.1.5.5.7.3.2)"),
        "{}",
        found.remedy()
    );
}

#[test]
fn what_is_accepted_is_a_setting() {
    let root = Authority::root();
    let mail = root.issue(2, for_purposes(&[ID_KP_EMAIL_PROTECTION]));
    let message = Message::of(2, &[&mail]).der();
    let code_signing = [KeyPurpose::parse("1.3.6.1.5.5.7.3.3").unwrap()];
    for purposes in [&code_signing[..], &[]] {
        let Err(SignatureFault::Sender(defect)) = verified_for(&message, &[], purposes) else {
            panic!("accepted for {purposes:?}");
        };
        assert_eq!(defect.code().code, "certificate-not-for-signing");
        assert_eq!(
            defect.remedy().contains("code signing"),
            !purposes.is_empty(),
            "{}",
            defect.remedy()
        );
    }
    let signs_code = root.issue(2, for_purposes(&[ID_KP_CODE_SIGNING]));
    assert!(verified_for(&Message::of(2, &[&signs_code]).der(), &[], &code_signing).is_ok());
    let any = root.issue(2, |_| ());
    assert!(
        verified_for(&Message::of(2, &[&any]).der(), &[], &[]).is_ok(),
        "without an extended key usage"
    );
    assert!(KeyPurpose::parse("emailProtection").is_err());
}

#[test]
fn one_purpose_is_left_by_every_authority_on_the_way() {
    let root = Authority::root();
    let authority =
        |purposes: &'static [ObjectIdentifier]| root.authority(5, for_purposes(purposes));
    let mail = authority(&[ID_KP_EMAIL_PROTECTION]);
    assert_eq!(below(&mail, &mail.issue(2, |_| ())), None);
    assert_eq!(
        below(
            &mail,
            &mail.issue(
                2,
                for_purposes(&[ID_KP_EMAIL_PROTECTION, ID_KP_CLIENT_AUTH])
            )
        ),
        None
    );
    // Each is accepted by itself, and they have none in common.
    let clients = authority(&[ID_KP_CLIENT_AUTH]);
    let found = below(
        &clients,
        &clients.issue(2, for_purposes(&[ID_KP_EMAIL_PROTECTION])),
    )
    .unwrap();
    assert!(
        matches!(&found, SignatureDefect::WrongPurpose { subject, .. } if subject.starts_with("CN=Authority 5")),
        "{found:?}"
    );
    let servers = authority(&[ID_KP_SERVER_AUTH]);
    assert!(matches!(
        below(&servers, &servers.issue(2, |_| ())),
        Some(SignatureDefect::WrongPurpose { .. })
    ));
}

#[test]
fn an_unknown_critical_extension_is_named_in_whichever_certificate_it_is() {
    let root = Authority::root();
    let der = Null.to_der().unwrap();
    let critical = |oid: &'static str| {
        let der = der.clone();
        move |tbs: &mut x509_cert::TbsCertificate| {
            add_der(tbs, true, ObjectIdentifier::new_unwrap(oid), der);
        }
    };
    for (oid, name) in [
        ("1.2.3.4.5", "1.2.3.4.5"),
        ("2.5.29.16", "2.5.29.16 (privateKeyUsagePeriod)"),
        ("2.5.29.31", "2.5.29.31 (cRLDistributionPoints)"),
    ] {
        let in_signer = below(&root, &root.issue(2, critical(oid))).unwrap();
        let expected = format!("has the critical extension {name}, which is not known here.");
        assert!(
            in_signer.message().ends_with(&expected),
            "{}",
            in_signer.message()
        );
        let authority = root.authority(5, critical(oid));
        let in_authority = below(&authority, &authority.issue(2, |_| ())).unwrap();
        assert!(
            in_authority.message().ends_with(&expected),
            "{}",
            in_authority.message()
        );
        assert!(in_authority.message().contains("CN=Authority 5"));
    }
    // Of several, one that is known stands first.
    let several = root.issue(2, |tbs| {
        critical("1.2.3.4.6")(tbs);
        critical("1.2.3.4.7")(tbs);
    });
    assert!(
        matches!(below(&root, &several), Some(SignatureDefect::CriticalExtension { oid, .. }) if oid == "1.2.3.4.6")
    );
}
