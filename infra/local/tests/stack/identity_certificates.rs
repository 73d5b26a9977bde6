//! The demo CA: a certificate for the caller's own key, in the caller's registered name.

use rcgen::{CertificateParams, DnType, KeyPair};
use sluice_local::demo::people::Person;
use sluice_local::stack::Stack;
use x509_cert::Certificate;
use x509_cert::der::{DecodePem, Encode};

use crate::support::{engines, folder};

/// A request that asks for a name which its sender does not have.
fn request(key: &KeyPair) -> String {
    let mut params = CertificateParams::default();
    params
        .distinguished_name
        .push(DnType::CommonName, "Somebody Else");
    params.serialize_request(key).unwrap().pem().unwrap()
}

async fn ask(stack: &Stack, token: Option<&str>, body: String) -> (u16, String) {
    let url = format!("{}/pki/certificates", stack.urls().identity);
    let mut request = reqwest::Client::new().post(url).body(body);
    if let Some(token) = token {
        request = request.bearer_auth(token);
    }
    let response = request.send().await.unwrap();
    (response.status().as_u16(), response.text().await.unwrap())
}

fn token(stack: &Stack, person: &str, seconds: i64) -> String {
    stack
        .identity()
        .access_token(Person::find(person).unwrap(), seconds)
}

#[tokio::test]
async fn an_aro_gets_their_registered_name_whatever_the_request_says() {
    let folder = folder();
    let stack = engines(&folder).await;
    let key = KeyPair::generate().unwrap();
    let (status, chain) = ask(
        &stack,
        Some(&token(&stack, "supplier-aro-1", 60)),
        request(&key),
    )
    .await;
    assert_eq!(status, 200, "{chain}");
    let chain = Certificate::load_pem_chain(chain.as_bytes()).unwrap();
    assert_eq!(chain.len(), 2, "leaf and issuing CA");
    let leaf = &chain[0].tbs_certificate;
    let registered = Person::find("supplier-aro-1")
        .unwrap()
        .signer_subject()
        .unwrap();
    let encoded = registered
        .parse::<x509_cert::name::Name>()
        .unwrap()
        .to_der()
        .unwrap();
    assert_eq!(
        leaf.subject.to_der().unwrap(),
        encoded,
        "byte for byte the name that the directory has"
    );
    assert_eq!(
        leaf.subject_public_key_info.subject_public_key.raw_bytes(),
        key.public_key_raw()
    );
    assert_eq!(leaf.issuer, chain[1].tbs_certificate.subject);
}

#[tokio::test]
async fn who_signs_nothing_gets_no_certificate() {
    let folder = folder();
    let stack = engines(&folder).await;
    let csr = request(&KeyPair::generate().unwrap());
    for person in ["supplier-submitter", "dcc-operator"] {
        assert_eq!(
            ask(&stack, Some(&token(&stack, person, 60)), csr.clone())
                .await
                .0,
            403,
            "{person}"
        );
    }
}

#[tokio::test]
async fn without_a_good_token_there_is_none() {
    let folder = folder();
    let stack = engines(&folder).await;
    let csr = request(&KeyPair::generate().unwrap());
    assert_eq!(ask(&stack, None, csr.clone()).await.0, 401);
    assert_eq!(ask(&stack, Some("nonsense"), csr.clone()).await.0, 401);
    assert_eq!(
        ask(&stack, Some(&token(&stack, "supplier-aro-1", 0)), csr)
            .await
            .0,
        401,
        "expired"
    );
}

#[tokio::test]
async fn a_request_that_its_key_did_not_sign_is_refused() {
    let folder = folder();
    let stack = engines(&folder).await;
    let token = token(&stack, "supplier-aro-1", 60);
    let pem = request(&KeyPair::generate().unwrap());
    let (label, mut der) = x509_cert::der::pem::decode_vec(pem.as_bytes()).unwrap();
    let last = der.len() - 1;
    der[last] ^= 1;
    let forged =
        x509_cert::der::pem::encode_string(label, x509_cert::der::pem::LineEnding::LF, &der)
            .unwrap();
    assert_eq!(ask(&stack, Some(&token), forged).await.0, 400);
    assert_eq!(
        ask(&stack, Some(&token), "no request".to_owned()).await.0,
        400
    );
}

#[tokio::test]
async fn the_authorities_are_public() {
    let folder = folder();
    let stack = engines(&folder).await;
    let pem = reqwest::get(format!("{}/pki/ca.pem", stack.urls().identity))
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    let authorities = Certificate::load_pem_chain(pem.as_bytes()).unwrap();
    assert_eq!(authorities.len(), 2);
    let root = std::fs::read_to_string(folder.path().join("pki/root.pem")).unwrap();
    assert_eq!(authorities[1], Certificate::from_pem(root).unwrap());
}
