//! A statement that is found acceptable fits into the items that it is recorded in, whatever its rows.

use sluice_shared::files::{AdtRow, FileKind, FileReader, Sender, UserId, write_adt};
use sluice_shared::identifiers::{FileDigest, Srv, SrvOrAll, UserRole};
use sluice_shared::profile::Profile;
use sluice_shared::thresholds::{Period, StatementOrigin};
use sluice_shared::verdict::{
    Changes, JudgedAt, Known, KnownForAdt, KnownSender, ReadFile, Verdict, judge,
};
use time::Duration;

use crate::make::{eui, hour, organisation, origin};

/// What an item holds (DynamoDB).
const ITEM: usize = 400 * 1024;

/// The verdict on first statements of so many User IDs with so many exceptions each, of keys that have no standing threshold
/// and so no old level.
fn verdict(user_ids: usize, exceptions: usize) -> Verdict {
    let mut profile = Profile::standard().clone();
    profile.adt.require_every_critical_service = false;
    let user_ids: Vec<_> = (0..user_ids)
        .map(|number| eui(&format!("90-B3-D5-1F-30-01-00-{number:02X}")))
        .collect();
    let rows = (0..user_ids.len() * exceptions).map(|line| {
        let number = line % exceptions;
        let from = hour(24 + i64::try_from(number).unwrap());
        AdtRow {
            line: 2 + line as u64,
            user_id: user_ids[line / exceptions],
            srv: SrvOrAll::One(Srv::parse("7.2").unwrap()),
            period: Period::Hour,
            warning: 1,
            quarantine: 2,
            from: Some(from),
            to: Some(from.plus(Duration::hours(1))),
        }
    });
    let bytes = write_adt(&rows.collect::<Vec<_>>());
    let sender = Sender {
        organisation: organisation(),
        user_ids: user_ids
            .iter()
            .map(|id| UserId {
                id: *id,
                roles: vec![UserRole::ImportSupplier],
            })
            .collect(),
    };
    let mut reader = FileReader::new(FileKind::Adt, &profile, &sender, hour(0), 0);
    reader.push(bytes.as_ref());
    let file = ReadFile {
        reading: Some(reader.finish()),
        sha256: FileDigest::new([1; 32]),
        upload: None,
        signature: None,
        submission: None,
        received_at: hour(0),
    };
    let known = Known::Adt(KnownForAdt {
        sender: KnownSender {
            sender,
            signers: Vec::new(),
            refusals: Vec::new(),
            version: 0,
        },
        users: Vec::new(),
    });
    judge(&file, &known, &profile, JudgedAt::now(hour(0)))
}

/// Bytes of the larger item, or `None` where the statement is found too large.
fn recorded(exceptions: usize) -> Option<usize> {
    let verdict = verdict(1, exceptions);
    let Some(Changes::Adt(changes)) = &verdict.changes else {
        assert_eq!(
            verdict.findings.count_of("statement-too-large"),
            1,
            "{exceptions}: {:?}",
            verdict.findings.counts
        );
        return None;
    };
    let accepted = StatementOrigin {
        accepted_at: hour(0),
        ..origin(0)
    };
    let in_force = changes[0].in_force(&accepted).unwrap();
    let bytes = |json: Result<Vec<u8>, serde_json::Error>| json.unwrap().len();
    let current = bytes(serde_json::to_vec(&in_force.thresholds))
        + bytes(serde_json::to_vec(&in_force.raises));
    Some(current.max(bytes(serde_json::to_vec(&in_force.entry))))
}

#[test]
fn what_is_accepted_fits_and_the_next_is_found_too_large() {
    let (mut fits, mut beyond) = (1_usize, 10_000_usize);
    assert!(recorded(fits).is_some());
    assert!(recorded(beyond).is_none());
    // What is in force can always be restated, dropped or replaced by as much, so a User ID is never locked by its own rows.
    while beyond - fits > 1 {
        let middle = usize::midpoint(fits, beyond);
        match recorded(middle) {
            Some(bytes) => {
                assert!(2 * bytes < ITEM, "{middle} exceptions take {bytes} bytes");
                fits = middle;
            }
            None => beyond = middle,
        }
    }
    assert!(fits > 800, "{fits} exceptions");
}

/// No User ID is to blame, and sending them in several files helps.
#[test]
fn user_ids_that_fit_alone_may_be_too_much_for_one_file() {
    assert!(verdict(2, 800).changes.is_some());
    let verdict = verdict(20, 800);
    assert!(verdict.changes.is_none());
    let findings = &verdict.findings;
    assert_eq!(findings.count_of("statements-too-large"), 1);
    assert_eq!(findings.count_of("statement-too-large"), 0);
}
