//! The verdict on an Exit Quarantine File: what it decides of what is held, and whether it may.

use std::collections::BTreeMap;

use super::effect::FileEffect;
use super::evidence::ExitEvidence;
use super::exit_changes::ExitChanges;
use super::limits::{MOST_EVENTS, MOST_EXIT_USER_IDS};
use super::{Changes, JudgedAt, KnownForExit, ReadFile, Verdict};
use crate::files::ExitReading;
use crate::finding::{Place, RecordDefect};
use crate::profile::Profile;
use crate::quarantine::check_exit;
use crate::risk::{exit_risks, releases};

pub(super) fn judge(
    file: &ReadFile,
    reading: &ExitReading,
    known: &KnownForExit,
    profile: &Profile,
    at: JudgedAt,
    verdict: &mut Verdict,
) {
    let events = reading.rows.events().len();
    if events > MOST_EVENTS {
        let most = MOST_EVENTS;
        let defect = RecordDefect::TooManyEvents { events, most };
        verdict.findings.add(Place::file(), defect);
        return;
    }
    let check = check_exit(
        &reading.rows,
        known.events.as_slice(),
        file.submission,
        profile.files.max_findings,
    );
    verdict.findings.append(check.findings.clone());
    let mut user_ids: Vec<_> = check.events.iter().map(|event| event.user_id).collect();
    user_ids.sort_unstable();
    user_ids.dedup();
    if user_ids.len() > MOST_EXIT_USER_IDS {
        let defect = RecordDefect::TooManyUserIds {
            user_ids: user_ids.len(),
            most: MOST_EXIT_USER_IDS,
        };
        verdict.findings.add(Place::file(), defect);
    }
    verdict.effect = Some(FileEffect::of_exit(reading.row_count, &check));
    let accounts = &known.accounts;
    let releases = releases(&check, &accounts.sender.sender.organisation);
    let earlier: BTreeMap<_, _> = accounts
        .accounts
        .iter()
        .map(|account| (account.releaser.clone(), account.released.clone()))
        .collect();
    let in_force: Vec<_> = accounts
        .users
        .iter()
        .map(|user| user.thresholds.clone())
        .collect();
    let risks = exit_risks(&releases, &earlier, &in_force, at, &profile.risk);
    verdict.rules.extend(risks.fired);
    verdict.evidence.released = risks.seen;
    verdict.evidence.exits = check
        .events
        .iter()
        .map(|event| ExitEvidence {
            event: event.event,
            by_srv: event.by_srv.clone(),
        })
        .collect();
    if !verdict.findings.is_acceptable() {
        return;
    }
    match ExitChanges::plan(&check, known, &releases, file.submission, at.now) {
        Ok(changes) => verdict.changes = Some(Changes::Exit(Box::new(changes))),
        Err(defect) => verdict.findings.add(Place::file(), defect),
    }
}
