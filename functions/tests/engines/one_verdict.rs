//! The page and the service come to the same verdict: every file of the testkit is judged with what `GET /known/…` gives, as the page
//! does, and sent to be checked by the service.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sluice_functions::intake::KeptEvidence;
use sluice_shared::api::{HeldPageView, KnownExitEvents};
use sluice_shared::files::{FileKind, FileReader, Reading, Sender};
use sluice_shared::identifiers::{FileDigest, SubmissionId};
use sluice_shared::instant::UtcTime;
use sluice_shared::quarantine::HeldEvent;
use sluice_shared::signature::Signature;
use sluice_shared::verdict::{JudgedAt, Known, KnownForAdt, ReadFile, Verdict, judge};
use sluice_testing::{announcement, detached};

use super::support::{IMPORT, LARGE, Signer, World};

const KINDS: [FileKind; 2] = [FileKind::Adt, FileKind::ExitQuarantine];

/// A person of the organisation that the testkit's files are of.
fn sender_of(name: &str) -> (&'static str, &'static str) {
    if name.contains("network-operator") {
        ("operator-aro", "operator-submitter")
    } else {
        ("supplier-aro-1", "supplier-submitter")
    }
}

fn files(kind: FileKind) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/testkit");
    let entries = std::fs::read_dir(folder.join(kind.as_str())).unwrap();
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// Reads and judges as the page does.
async fn by_the_page(
    world: &World,
    person: &str,
    kind: FileKind,
    file: &[u8],
    der: &[u8],
) -> Verdict {
    let sender: Sender = {
        let me = world.get_json(person, "/me").await;
        let organisation = &me["organisation"];
        serde_json::from_value(json!({
            "organisation": organisation["id"], "userIds": organisation["userIds"],
        }))
        .unwrap()
    };
    let service = world.get_json(person, "/profile").await;
    let profile = serde_json::from_value(service["profile"].clone()).unwrap();
    let now: UtcTime = serde_json::from_value(service["now"].clone()).unwrap();
    let mut reader = FileReader::new(kind, &profile, &sender, now, file.len() as u64);
    file.chunks(1_000).for_each(|piece| reader.push(piece));
    let reading = reader.finish();
    let sha256 = FileDigest::new(Sha256::digest(file).into());
    let known = known(world, person, &reading, &sha256).await;
    let signature = Signature::parse(der).unwrap().summary().unwrap();
    let file = ReadFile {
        reading: Some(reading),
        sha256,
        upload: None,
        signature: Some(Ok((&signature).into())),
        submission: None,
        received_at: now,
    };
    judge(&file, &known, &profile, JudgedAt::now(now))
}

async fn known(world: &World, person: &str, reading: &Reading, sha256: &FileDigest) -> Known {
    match reading {
        Reading::Adt(_) => {
            let known = world
                .get_json(person, &format!("/known/adt?sha256={sha256}"))
                .await;
            Known::Adt(serde_json::from_value::<KnownForAdt>(known).unwrap())
        }
        Reading::Exit(reading) => {
            let events: Vec<_> = reading
                .rows
                .events()
                .iter()
                .map(ToString::to_string)
                .collect();
            let asked = events[..events.len().min(90)].join(",");
            let path = format!("/known/exit-quarantine?sha256={sha256}&events={asked}");
            let known = world.get_json(person, &path).await;
            let known: KnownExitEvents = serde_json::from_value(known).unwrap();
            let mut events = Vec::new();
            for event in &known.events {
                let mut pages = Vec::new();
                for page in 0..event.pages {
                    let path = format!(
                        "/quarantine-events/{}/communications?page={page}",
                        event.reference
                    );
                    let view: HeldPageView =
                        serde_json::from_value(world.get_json(person, &path).await).unwrap();
                    pages.push(view.to_decided_page().unwrap());
                }
                let event = event.clone();
                events.push(HeldEvent { event, pages });
            }
            Known::ExitQuarantine(Box::new(known.with_pages(events)))
        }
    }
}

/// Sends a file to be checked only; what is recorded of it.
async fn by_the_service(
    world: &World,
    person: &str,
    kind: FileKind,
    file: &[u8],
    der: &[u8],
) -> SubmissionId {
    let name = "file.csv".parse().unwrap();
    let mut request = announcement(kind, name, file, detached(der.to_vec()));
    request.check_only = true;
    let reference = world.send_request(person, &request, file).await;
    assert_eq!(world.run_intake().await, [true]);
    reference.parse().unwrap()
}

async fn compare(
    world: &World,
    signer: &Signer,
    person: &str,
    kind: FileKind,
    file: &[u8],
    name: &str,
) {
    let der = signer.sign(file, world.now()).unwrap();
    let page = by_the_page(world, person, kind, file, &der).await;
    let id = by_the_service(world, person, kind, file, &der).await;
    let submissions = &world.backend.submissions;
    let record = world.record(&id.to_string()).await;
    let findings = submissions.findings(&record).await.unwrap().unwrap();
    let evidence: Option<KeptEvidence> = submissions.evidence(&record).await.unwrap();
    assert_eq!(findings.findings, page.findings.findings, "{name}");
    assert_eq!(findings.counts, page.findings.counts, "{name}");
    assert_eq!(record.effect, page.effect, "{name}");
    assert_eq!(record.state.rules(), page.rules, "{name}");
    // Of a file at fault none is kept; the digest below is over it all the same.
    assert_eq!(evidence.is_some(), page.changes.is_some(), "{name}");
    if let Some(kept) = evidence {
        assert_eq!(kept.evidence, page.evidence, "{name}");
    }
    assert_eq!(record.signer, page.signer, "{name}");
    assert_eq!(record.judged.unwrap().verdict, page.digest(), "{name}");
    let would_be = if page.changes.is_none() {
        "rejected"
    } else if page.rules.is_empty() {
        "accepted"
    } else {
        "awaiting-review"
    };
    let state = serde_json::to_value(&record.state).unwrap();
    assert_eq!(state["wouldBe"], Value::from(would_be), "{name}");
}

#[tokio::test(flavor = "multi_thread")]
async fn on_every_file_of_the_testkit() {
    let world = World::new().await;
    let mut seen = 0;
    for kind in KINDS {
        for path in files(kind) {
            let file = std::fs::read(&path).unwrap();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            // Nothing to upload: the API refuses it before.
            if file.is_empty() {
                continue;
            }
            let (aro, submitter) = sender_of(&name);
            let signer = world.signer(aro);
            compare(&world, &signer, submitter, kind, &file, &name).await;
            seen += 1;
        }
    }
    assert!(seen > 100, "{seen} files");
}

#[tokio::test(flavor = "multi_thread")]
async fn on_files_that_fire_each_rule() {
    let world = World::with_large_event().await;
    let signer = world.signer("supplier-aro-1");
    for factor in [1, 2, 3] {
        let file = world.adt(IMPORT, |_, level| Some(level * factor)).await;
        let name = format!("levels times {factor}");
        compare(
            &world,
            &signer,
            "supplier-submitter",
            FileKind::Adt,
            file.as_bytes(),
            &name,
        )
        .await;
    }
    let lowered = world.adt(IMPORT, |_, level| Some(level / 20)).await;
    let kind = FileKind::Adt;
    compare(
        &world,
        &signer,
        "supplier-submitter",
        kind,
        lowered.as_bytes(),
        "lowered",
    )
    .await;
    let kind = FileKind::ExitQuarantine;
    for count in [10, 300, 20_000] {
        let file = world.exit(LARGE, "Release", count).await;
        let name = format!("{count} released");
        compare(
            &world,
            &signer,
            "supplier-submitter",
            kind,
            file.as_bytes(),
            &name,
        )
        .await;
    }
}
