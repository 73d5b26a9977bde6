//! throw-away
#![allow(clippy::all, clippy::pedantic, clippy::unwrap_used)]
use sluice_shared::finding::Describe as _;
use sluice_shared::instant::UtcTime;
use sluice_shared::signature::*;
use std::fs;
fn main() {
    let base = "/work/shared/trouble/";
    let kit = concat!(env!("CARGO_MANIFEST_DIR"), "/testkit/signatures/");
    let read = |p: &str| fs::read(p).unwrap();
    let cat = |a: Vec<u8>, b: Vec<u8>| [a, b"\n".to_vec(), b].concat();
    let anchors = TrustAnchors::parse(&cat(
        read(&format!("{base}certificates/root.pem")),
        read(&format!("{kit}root.pem")),
    ))
    .unwrap();
    let crls = Crls::parse(&cat(
        read(&format!("{base}certificates/crls.pem")),
        read(&format!("{kit}crls.pem")),
    ))
    .unwrap();
    let at = UtcTime::parse(&std::env::var("AT").unwrap_or("2026-11-28T20:00:00Z".into())).unwrap();
    let file = read(&format!("{base}signatures/file.csv"));
    let digests = ContentDigests::of_content(&file);
    let mut names: Vec<_> = fs::read_dir(format!("{base}signatures"))
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .filter(|n| n.ends_with(".p7s"))
        .collect();
    names.sort();
    for name in names {
        let bytes = read(&format!("{base}signatures/{name}"));
        let result = Signature::parse(&bytes)
            .map_err(SignatureFault::from)
            .and_then(|s| {
                if s.content().is_some() {
                    return Err(SignatureDefect::ContentTwice.into());
                }
                verify(
                    &VerificationContext {
                        anchors: &anchors,
                        crls: &crls,
                        purposes: &sluice_shared::profile::Profile::standard()
                            .signing
                            .accepted_key_purposes,
                        at,
                        now: at,
                    },
                    &s,
                    &digests,
                )
            });
        match result {
            Ok(v) => println!(
                "{name} [{} B]: OK {} | cn={} | reparse={:?}",
                bytes.len(),
                v.subject,
                v.subject.common_name(),
                DistinguishedName::parse(v.subject.as_str()).map(|n| n == v.subject)
            ),
            Err(SignatureFault::Sender(d)) => println!(
                "{name} [{} B]: {} | {} | {}",
                bytes.len(),
                d.code().code,
                d.message(),
                d.remedy()
            ),
            Err(SignatureFault::Service(f)) => println!("{name}: FAULT {f}"),
        }
    }
    let mut names: Vec<_> = fs::read_dir(format!("{base}certificates"))
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    for name in names {
        let bytes = read(&format!("{base}certificates/{name}"));
        println!(
            "{name}: anchors: {}",
            TrustAnchors::parse(&bytes).map_or_else(
                |e| e.to_string(),
                |a| format!("{} read", a.certificates().len())
            )
        );
        println!(
            "{name}: lists: {}",
            Crls::parse(&bytes).map_or_else(
                |e| e.to_string(),
                |a| format!(
                    "read, next update {:?}; {:?}",
                    a.nearest_next_update(),
                    a.check_anchors(&anchors).map_err(|e| e.to_string())
                )
            )
        );
        println!(
            "{name}: chain: {}",
            Certificate::parse_chain(&bytes).map_or_else(
                |e| e.to_string(),
                |a| format!(
                    "{} read {:?}",
                    a.len(),
                    a.iter()
                        .map(|c| c.subject().to_string())
                        .collect::<Vec<_>>()
                )
            )
        );
    }
}
