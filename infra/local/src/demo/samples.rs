//! Files to try, made from the demo data: good ones, risky ones, one with eight different faults, a large one.

use std::fs;
use std::io;
use std::path::Path;

use serde_json::{Value, json};
use sluice_shared::files::FileKind;
use sluice_shared::identifiers::RequestId;
use sluice_shared::instant::UtcTime;
use sluice_shared::thresholds::Statement;
use time::Duration;

use super::files;
use super::history::statements;
use super::people::Organisation;
use super::quarantine::{LARGE, MIDDLING, SMALL, Scene};
use super::thresholds::{Edition, disable_supply, limits};
use crate::files::write_json;
use crate::pki::Signer;

/// Whose demo key signs the samples, for those who have no key in the page.
const SIGNER: &str = "supplier-aro-1";

/// Writes every sample, its signature beside it (`.p7s`), and `index.json`, which says what each is.
pub(super) fn write(state: &Path, began: UtcTime, now: UtcTime) -> io::Result<()> {
    let folder = state.join("samples");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let signer = Signer::of_person(state, SIGNER)?;
    let mut index = Vec::new();
    let mut sample = |name: String, title: &str, expect: &str, content: String| -> io::Result<()> {
        index.push(entry(&name, title, expect, content.len()));
        let signature = signer.sign(content.as_bytes(), now);
        let signature = signature.map_err(io::Error::other)?;
        fs::write(folder.join(format!("{name}.p7s")), signature)?;
        fs::write(folder.join(name), content)
    };
    let day = now
        .to_string()
        .chars()
        .take(10)
        .filter(char::is_ascii_digit)
        .collect::<String>();
    let current = statements(Organisation::LargeSupplier, Edition::Second, began);

    sample(
        format!("ADT_large-supplier_{day}.csv"),
        "Thresholds with a small change",
        "Accepted at once. Supplier ARO 1 or 2 signs it.",
        files::adt(&with_disable_supply(&current, 220), now),
    )?;
    sample(
        format!("ADT_large-supplier_{day}_2.csv"),
        "Thresholds with a risky change",
        "Needs review: the quarantine threshold of 7.2 rises from 200 to 1,000.",
        files::adt(&with_disable_supply(&current, 1_000), now),
    )?;
    sample(
        format!("ADT_large-supplier_{day}_3.csv"),
        "Thresholds with eight different faults",
        "Stops at the check, with what to do for each row.",
        faulty(&current, now),
    )?;
    for (place, number) in [(0, 4), (1, 5)] {
        let Some(silenced) = without_warning(&current, place) else {
            continue;
        };
        sample(
            format!("ADT_large-supplier_{day}_{number}.csv"),
            if place == 0 {
                "Thresholds without a warning"
            } else {
                "Thresholds of another User ID without a warning"
            },
            "Needs review by a harmless rule alone: a reviewer may accept both such files together.",
            files::adt(&[silenced], now),
        )?;
    }
    let exit = |scene: &Scene, release: &dyn Fn(usize) -> bool| {
        let requests = scene
            .communications(began)
            .iter()
            .map(|held| held.request)
            .collect::<Vec<_>>();
        files::exit(scene.reference, &requests, release)
    };
    sample(
        exit_name(&SMALL, &day),
        "Decisions on event 1201",
        "Accepted at once: releases two communications and deletes one.",
        exit(&SMALL, &|position| position < 2),
    )?;
    sample(
        exit_name(&MIDDLING, &day),
        "Decisions on event 1203",
        "Accepted at once: releases 212 communications and deletes 28.",
        exit(&MIDDLING, &|position| position < 212),
    )?;
    sample(
        exit_name(&LARGE, &day),
        "Decisions on 100,000 communications",
        "Accepted at once: deletes all of event 18446744073709551617.",
        exit(&LARGE, &|_| false),
    )?;
    sample(
        format!("EXITQ_1301_{day}.csv"),
        "Decisions on another organisation's event",
        "Stops at the check for the supplier: event 1301 belongs to the network operator.",
        files::exit("1301", &[foreign_request()], |_| true),
    )?;
    write_json(&folder.join("index.json"), &json!({ "samples": index }))
}

fn entry(name: &str, title: &str, expect: &str, length: usize) -> Value {
    let kind = if name.starts_with("ADT") {
        "adt"
    } else {
        "exit-quarantine"
    };
    json!({
        "name": name,
        "signature": format!("{name}.p7s"),
        "kind": kind,
        "title": title,
        "expect": expect,
        "length": length,
    })
}

fn exit_name(scene: &Scene, day: &str) -> String {
    format!("EXITQ_{}_{day}.csv", scene.reference)
}

/// The same statements with another quarantine threshold for `7.2` of the first User ID.
fn with_disable_supply(statements: &[Statement], quarantine: u64) -> Vec<Statement> {
    let mut changed = statements.to_vec();
    if let Some(first) = changed.first_mut() {
        for row in first
            .standing
            .iter_mut()
            .filter(|row| row.key.srv == disable_supply().into())
        {
            row.limits = limits(quarantine);
        }
    }
    changed
}

/// The statement of one of the User IDs, by which nobody is warned any more before communications of its first service are held.
fn without_warning(statements: &[Statement], place: usize) -> Option<Statement> {
    let mut changed = statements.get(place)?.clone();
    let first = changed.standing.first_mut()?;
    first.limits.warning = first.limits.quarantine;
    Some(changed)
}

/// A good file in which eight rows are damaged, each in another way.
fn faulty(statements: &[Statement], now: UtcTime) -> String {
    let good = files::adt(statements, now);
    let past = now.plus(-Duration::days(1));
    let mut damaged = 0_usize;
    let mut out = FileKind::Adt.header() + "\r\n";
    for (position, line) in good.lines().skip(1).enumerate() {
        let mut fields = line.split(',').map(str::to_owned).collect::<Vec<_>>();
        // Every third row, so that good ones stand between.
        if position % 3 == 1 && damaged < 8 {
            match damaged {
                // The warning threshold above the quarantine threshold.
                0 => fields[3] = format!("{}1", fields[4]),
                1 => "-5".clone_into(&mut fields[4]),
                // Another organisation's User ID.
                2 => "90-B3-D5-1F-30-03-00-00".clone_into(&mut fields[0]),
                3 => "P1M".clone_into(&mut fields[2]),
                4 => "10.5".clone_into(&mut fields[3]),
                5 => "99.9".clone_into(&mut fields[1]),
                6 => fields[5] = past.to_string(),
                // What a spreadsheet makes of an EUI-64 without its hyphens.
                _ => "9.03E+15".clone_into(&mut fields[0]),
            }
            damaged += 1;
        }
        out.push_str(&fields.join(","));
        out.push_str("\r\n");
    }
    out
}

fn foreign_request() -> RequestId {
    RequestId::parse("90-B3-D5-1F-30-03-00-00:00-DB-12-34-56-78-90-A0:1000")
        .expect("a request of the network operator")
}
