//! NIST's PKITS: the signed message of each test through `verify`, with the test's own revocation lists.
//!
//! What differs from the suite's document stands in [`EXCEPTIONS`], with the reason; an exception that is no longer one
//! fails too.
#![allow(clippy::unwrap_used)]

mod testkit_files;

use std::fs;

use base64ct::{Base64, Encoding as _};
use der::asn1::AnyRef;
use der::{Decode as _, Encode as _, Reader as _, SliceReader, Tag};
use sluice_shared::instant::UtcTime;
use sluice_shared::profile::Profile;
use sluice_shared::signature::{
    ContentDigests, Crls, Signature, SignatureFault, TrustAnchors, VerificationContext, verify,
};

use testkit_files::{testkit_file, testkit_path};

/// What every message of the suite says.
const CONTENT: &[u8] = b"Content-Type: text/plain\r\n\r\nThis is a sample signed message.\r\n";
/// The suite's certificates are in force from 2010 to 2030.
const NOW: &str = "2020-06-01T12:00:00Z";

/// All of them refuse what the suite accepts, except 4.15.4, where a revocation stands in a delta list only.
const EXCEPTIONS: &[(&str, &[&str])] = &[
    (
        "DSA, and SHA-1 with it, are not accepted from anybody",
        &["4.1.4", "4.1.5"],
    ),
    (
        "a UTCTime of 1950 is not read, and no certificate of this system is that old",
        &["4.2.3"],
    ),
    (
        "the signer's certificate is an authority's, and people sign files",
        &["4.6.8", "4.6.14", "4.8.6", "4.14.13"],
    ),
    (
        "the service is given the list that each authority signs, so it takes no indirect lists",
        &[
            "4.14.22", "4.14.24", "4.14.25", "4.14.28", "4.14.29", "4.14.30", "4.14.33",
        ],
    ),
    (
        "the service is given full lists, so it takes no delta lists: what counts is the last full one",
        &["4.15.4", "4.15.5"],
    ),
];

struct Case {
    number: String,
    valid: bool,
    message: Vec<u8>,
}

fn cases() -> Vec<Case> {
    let files = fs::read_dir(testkit_path("pkits"))
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let sections = files.filter(|path| {
        path.file_name()
            .unwrap()
            .to_str()
            .unwrap()
            .starts_with("4.")
    });
    let mut cases: Vec<_> = sections
        .flat_map(|path| section(&fs::read_to_string(path).unwrap()))
        .collect();
    cases.sort_by(|a, b| a.number.cmp(&b.number));
    cases
}

fn section(text: &str) -> Vec<Case> {
    let blocks = text
        .split("-----END CMS-----")
        .filter(|block| !block.trim().is_empty());
    blocks
        .map(|block| {
            let (title, body) = block.split_once("-----BEGIN CMS-----").unwrap();
            let [number, _, result] = title
                .split_whitespace()
                .collect::<Vec<_>>()
                .try_into()
                .unwrap();
            let valid = match result {
                "valid" => true,
                "invalid" => false,
                other => panic!("{number}: {other}"),
            };
            let message = Base64::decode_vec(&body.replace(['\n', '\r'], "")).unwrap();
            Case {
                number: number.to_owned(),
                valid,
                message,
            }
        })
        .collect()
}

fn elements(bytes: &[u8]) -> Vec<AnyRef<'_>> {
    let mut reader = SliceReader::new(bytes).unwrap();
    let mut found = Vec::new();
    while !reader.is_finished() {
        found.push(AnyRef::decode(&mut reader).unwrap());
    }
    found
}

/// The lists in the message, without those that cannot be loaded (delta and indirect lists, unknown critical extensions):
/// a service refuses to start with them.
fn lists(message: &[u8]) -> Crls {
    let content_info = elements(AnyRef::from_der(message).unwrap().value());
    let signed_data = elements(content_info[1].value());
    let parts = elements(signed_data[0].value());
    let field = |number: u8| Tag::ContextSpecific {
        constructed: true,
        number: der::TagNumber::new(number),
    };
    let set = parts
        .iter()
        .find(|part| der::Tagged::tag(*part) == field(1));
    let lists = set.map(|set| elements(set.value())).unwrap_or_default();
    let usable = lists
        .iter()
        .map(|list| list.to_der().unwrap())
        .filter(|der| Crls::from_ders(std::slice::from_ref(der)).is_ok());
    Crls::from_ders(&usable.collect::<Vec<_>>()).unwrap()
}

fn outcome(anchors: &TrustAnchors, case: &Case) -> Result<(), SignatureFault> {
    let crls = lists(&case.message);
    let context = VerificationContext {
        anchors,
        crls: &crls,
        purposes: &Profile::standard().signing.accepted_key_purposes,
        at: UtcTime::parse(NOW).unwrap(),
        now: UtcTime::parse(NOW).unwrap(),
    };
    let signature = Signature::parse(&case.message)?;
    verify(&context, &signature, &ContentDigests::of_content(CONTENT)).map(|_| ())
}

#[test]
fn each_case_has_the_result_of_the_suite_or_is_an_exception_with_a_reason() {
    let anchors = TrustAnchors::parse(&testkit_file("pkits/trust-anchor.pem")).unwrap();
    let cases = cases();
    assert_eq!(cases.len(), 224, "the signed messages of the whole suite");
    let mut wrong = Vec::new();
    for case in &cases {
        let result = outcome(&anchors, case);
        let agrees = result.is_ok() == case.valid;
        let exception = EXCEPTIONS
            .iter()
            .any(|(_, numbers)| numbers.contains(&case.number.as_str()));
        if agrees && exception {
            wrong.push(format!(
                "{} agrees with the suite: take it off the list of exceptions",
                case.number
            ));
        }
        if !agrees && !exception {
            wrong.push(format!(
                "{}: the suite says valid = {}, and the result is {result:?}",
                case.number, case.valid
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let mut exceptions = EXCEPTIONS.iter().flat_map(|(_, numbers)| *numbers);
    let unknown = exceptions.find(|number| cases.iter().all(|case| case.number != **number));
    assert_eq!(unknown, None, "an exception for a case that does not exist");
}
