//! Whose certificate it is: names are compared as RFC 5280 compares them, and one in another order is another name.

use sha2::{Digest as _, Sha256};
use sluice_shared::api::PersonRef;
use sluice_shared::files::{FileKind, FileReader, Sender, UserId};
use sluice_shared::finding::Finding;
use sluice_shared::identifiers::{FileDigest, PersonId, UserRole};
use sluice_shared::profile::Profile;
use sluice_shared::verdict::{
    FileSignature, JudgedAt, Known, KnownForAdt, KnownSender, ReadFile, RegisteredSigner, judge,
};

use crate::make::{CERTIFICATE, certificates, eui, hour, organisation};

const REGISTERED: &str = "CN=Supplier ARO 1,O=Large Supplier,C=GB";

fn known(subjects: &[&str]) -> KnownSender {
    let signer = |(number, subject): (usize, &&str)| RegisteredSigner {
        person: PersonRef {
            id: PersonId::parse(&format!("aro-{number}")).unwrap(),
            name: format!("ARO {number}"),
        },
        subject: (*subject).to_owned(),
        certificates: certificates(),
    };
    KnownSender {
        sender: Sender {
            organisation: organisation(),
            user_ids: Vec::new(),
        },
        signers: subjects.iter().enumerate().map(signer).collect(),
        refusals: Vec::new(),
        version: 0,
    }
}

fn signer(subjects: &[&str], subject: &str) -> Option<String> {
    known(subjects)
        .signer(subject)
        .map(|signer| signer.person.id.to_string())
}

#[test]
fn the_same_name_in_other_capitals_or_spaces_is_the_same_person() {
    for same in [
        REGISTERED,
        "CN=SUPPLIER ARO 1,O=Large Supplier,C=gb",
        "CN=Supplier  ARO 1,O=Large Supplier,C=GB",
    ] {
        assert_eq!(
            signer(&[REGISTERED], same).as_deref(),
            Some("aro-0"),
            "{same}"
        );
    }
    for registered in [
        "CN=Supplier ARO 1, O=Large Supplier, C=GB",
        "cn=supplier aro 1,o=large supplier,c=gb",
    ] {
        assert_eq!(
            signer(&[registered], REGISTERED).as_deref(),
            Some("aro-0"),
            "{registered}"
        );
    }
}

#[test]
fn another_name_is_another_person() {
    for other in [
        "CN=Supplier ARO 10,O=Large Supplier,C=GB",
        "CN=Supplier ARO 1,O=Small Supplier,C=GB",
        "C=GB,O=Large Supplier,CN=Supplier ARO 1",
        "CN=Supplier ARO 1",
        "",
    ] {
        assert_eq!(signer(&[REGISTERED], other), None, "{other}");
    }
    assert_eq!(signer(&["no name at all"], "another one"), None);
}

#[test]
fn of_two_that_are_the_same_name_only_the_very_text_counts() {
    let two = ["CN=Smith,C=GB", "CN=SMITH,C=GB"];
    assert_eq!(signer(&two, "CN=SMITH,C=GB").as_deref(), Some("aro-1"));
    assert_eq!(signer(&two, "CN=Smith,C=GB").as_deref(), Some("aro-0"));
    assert_eq!(signer(&two, "CN=smith,C=GB"), None);
}

/// What a verdict says of a file that this subject signed.
fn findings(subject: &str) -> Vec<Finding> {
    let mut sender = known(&[]).sender;
    sender.user_ids.push(UserId {
        id: eui("90-B3-D5-1F-30-03-00-00"),
        roles: vec![UserRole::ElectricityDistributor],
    });
    let mut reader = FileReader::new(FileKind::Adt, Profile::standard(), &sender, hour(0), 0);
    reader.push(FileKind::Adt.header().as_bytes());
    reader.push(b"\n90-B3-D5-1F-30-03-00-00,6.15.1,P1D,100,200,,\n");
    let digest = FileDigest::new(Sha256::digest("").into());
    let file = ReadFile {
        reading: Some(reader.finish()),
        sha256: digest,
        upload: None,
        signature: Some(Ok(FileSignature {
            subject: subject.to_owned(),
            certificate: CERTIFICATE,
            signing_time: hour(0),
            attributes_sha256: digest,
        })),
        submission: None,
        received_at: hour(0),
    };
    let known = Known::Adt(KnownForAdt {
        sender: known(&[REGISTERED]),
        users: Vec::new(),
    });
    let verdict = judge(&file, &known, Profile::standard(), JudgedAt::now(hour(0)));
    let findings = verdict.findings.findings.iter();
    findings
        .filter(|finding| finding.code == "signer-not-registered")
        .cloned()
        .collect()
}

#[test]
fn a_name_in_another_order_is_refused_with_how_it_is_registered_and_how_it_has_to_be() {
    let subject = "C=GB,O=Large Supplier,CN=Supplier ARO 1";
    let [finding] = findings(subject).try_into().unwrap();
    assert!(
        finding.message.contains(REGISTERED) && finding.message.contains("another order"),
        "{}",
        finding.message
    );
    assert!(finding.remedy.ends_with(subject), "{}", finding.remedy);
    let [stranger] = findings("CN=Somebody,C=GB").try_into().unwrap();
    assert!(
        stranger.message.contains("not registered"),
        "{}",
        stranger.message
    );
    assert_eq!(findings("CN=supplier aro 1,O=Large Supplier,C=GB"), []);
}

#[test]
fn what_looks_like_a_registered_name_and_is_none_says_by_which_character() {
    for (subject, named) in [
        ("CN=Supplier\u{200b} ARO 1,O=Large Supplier,C=GB", "U+200B"),
        ("CN=Supplier\u{a0}ARO 1,O=Large Supplier,C=GB", "U+00A0"),
    ] {
        let [finding] = findings(subject).try_into().unwrap();
        assert!(finding.message.contains(named), "{}", finding.message);
    }
    let [plain] = findings("CN=Somebody Else,C=GB").try_into().unwrap();
    assert!(!plain.message.contains("U+"), "{}", plain.message);
}
