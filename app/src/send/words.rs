//! The sentences of the steps, with exact numbers.

use super::{draft::Draft, flow::Outcome, verdict::Verdict};
use crate::{
    api::{EventEffect, FileEffect},
    components::{counted, in_words, keep_held, size},
    routes::submissions::threshold_changes,
    sent::decided_words,
    worker::Judged,
};

/// `ADT_….csv, 12.4 kB`.
pub(super) fn file_line(draft: &Draft) -> String {
    let kind = draft
        .kind
        .map(|kind| format!("{}: ", kind.name()))
        .unwrap_or_default();
    format!("{kind}{}, {}", draft.file_name, size(draft.length))
}

/// `240 rows, no errors, 2 warnings`.
pub(super) fn check_line(outcome: &Outcome) -> String {
    let rows = counted(outcome.file.rows, "row", "rows");
    let found = match (outcome.findings.errors, outcome.findings.warnings) {
        (0, 0) => "no errors".to_owned(),
        (0, warnings) => format!("no errors, {}", counted(warnings, "warning", "warnings")),
        (errors, 0) => counted(errors, "error", "errors"),
        (errors, warnings) => {
            format!(
                "{}, {}",
                counted(errors, "error", "errors"),
                counted(warnings, "warning", "warnings")
            )
        }
    };
    format!("{rows}, {found}")
}

/// What the file changes, and whether a reviewer decides before, in a line.
pub(super) fn effect_line(outcome: &Outcome) -> String {
    let judged = match &outcome.verdict {
        Verdict::Judged(judged) => judged,
        Verdict::Unknown(_) => return "Not compared with what is in force".into(),
        Verdict::AtFault => return String::new(),
    };
    let what = effect(judged);
    if judged.rules.is_empty() {
        what
    } else {
        format!("{what}. A DCC reviewer decides first")
    }
}

/// What a file changes, in a line.
pub(super) fn effect(judged: &Judged) -> String {
    match &judged.effect {
        Some(FileEffect::Adt { users, .. }) => threshold_changes(users),
        Some(FileEffect::ExitQuarantine {
            release,
            delete,
            left_held,
            ..
        }) => decided(*release, *delete, *left_held),
        None => String::new(),
    }
}

/// What a file of thresholds changes, and from when.
pub(super) fn effect_once_accepted(judged: &Judged) -> String {
    let what = effect(judged);
    let count = match changes(judged) {
        0 => return format!("{what}."),
        1 => "It takes effect",
        _ => "They take effect",
    };
    format!("{what}. {count} once the file is accepted.")
}

fn changes(judged: &Judged) -> u64 {
    match &judged.effect {
        Some(FileEffect::Adt { users, .. }) => users.iter().map(|user| user.changed).sum(),
        _ => 0,
    }
}

/// `Release 200 and delete 28. Keep 12 held`.
fn decided(release: u64, delete: u64, held: u64) -> String {
    let words = format!("{}.{}", decided_words(release, delete), keep_held(held));
    words.trim_end_matches('.').to_owned()
}

/// What happens to one event when the file is accepted.
pub(super) fn event_sentence(event: &EventEffect) -> String {
    let all = event.release + event.delete + event.left_held;
    format!(
        "{} of the {} in event {}.{}",
        decided_words(event.release, event.delete),
        counted(all, "communication held", "communications held"),
        event.event,
        keep_held(event.left_held)
    )
}

/// Who signed, and when.
pub(super) fn signature_line(outcome: &Outcome) -> String {
    outcome
        .file
        .signature
        .as_ref()
        .map_or_else(String::new, |signature| {
            format!(
                "Signed by {}, {}",
                signature.certificate.subject,
                in_words(signature.signing_time)
            )
        })
}

/// Who reads a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shell {
    /// That of macOS and Linux.
    Posix,
    /// That of Windows.
    PowerShell,
}

/// Whether every shell reads a file's name as it is written, the command prompt of Windows included.
pub(super) fn is_plain_word(name: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "._-+".contains(c);
    !name.is_empty() && !name.starts_with('-') && name.chars().all(is_plain)
}

/// A file's name as one word of a command, whatever is in it.
pub(super) fn shell_word(name: &str, shell: Shell) -> String {
    if is_plain_word(name) {
        return name.to_owned();
    }
    // What begins with a hyphen would be an option.
    let here = if name.starts_with('-') { "./" } else { "" };
    match shell {
        Shell::Posix => format!("'{here}{}'", name.replace('\'', r"'\''")),
        Shell::PowerShell => format!("'{here}{}'", doubled(name)),
    }
}

/// `PowerShell` takes curly quotation marks for straight ones, too; two of them are one inside.
fn doubled(name: &str) -> String {
    let is_quote = |c: char| matches!(c, '\'' | '\u{2018}'..='\u{201b}');
    name.chars()
        .flat_map(|c| std::iter::repeat_n(c, if is_quote(c) { 2 } else { 1 }))
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use serde_json::json;
    use sluice_shared::identifiers::QuarantineEventRef;

    fn event(release: u64, delete: u64, left_held: u64) -> EventEffect {
        EventEffect {
            event: QuarantineEventRef::parse("1203").unwrap(),
            release,
            delete,
            left_held,
        }
    }

    #[test]
    fn no_name_is_more_than_a_word_to_a_shell() {
        for (name, posix, power_shell) in [
            ("ADT_large-supplier_20261121.csv", None, None),
            ("our thresholds.csv", Some("'our thresholds.csv'"), None),
            ("$(touch x);a?.csv", Some("'$(touch x);a?.csv'"), None),
            ("%USERNAME%,@a.csv", Some("'%USERNAME%,@a.csv'"), None),
            ("it's.csv", Some(r"'it'\''s.csv'"), Some("'it''s.csv'")),
            (
                "it\u{2019}s.csv",
                Some("'it\u{2019}s.csv'"),
                Some("'it\u{2019}\u{2019}s.csv'"),
            ),
            ("-in.csv", Some("'./-in.csv'"), None),
            ("報告", Some("'報告'"), None),
        ] {
            let posix = posix.unwrap_or(name);
            assert_eq!(shell_word(name, Shell::Posix), posix);
            assert_eq!(
                shell_word(name, Shell::PowerShell),
                power_shell.unwrap_or(posix)
            );
        }
    }

    fn outcome(rows: u64, errors: u64, warnings: u64) -> Outcome {
        let digest = "0".repeat(64);
        let findings =
            json!({ "findings": [], "counts": {}, "errors": errors, "warnings": warnings });
        let file = json!({
            "id": 1, "kind": "adt", "readAs": "adt", "length": 1, "sha256": digest, "contentSha256": digest, "rows": rows,
            "findings": findings, "signature": null, "signatureDer": null, "events": [],
        });
        Outcome {
            file: serde_json::from_value(file).unwrap(),
            findings: serde_json::from_value(findings).unwrap(),
            verdict: Verdict::AtFault,
        }
    }

    #[test]
    fn a_check_is_told_by_its_rows_and_what_was_found_in_them() {
        for (rows, errors, warnings, line) in [
            (58, 0, 0, "58 rows, no errors"),
            (1, 0, 1, "1 row, no errors, 1 warning"),
            (1_000, 0, 2, "1,000 rows, no errors, 2 warnings"),
            (2, 1, 0, "2 rows, 1 error"),
            (3, 2, 1, "3 rows, 2 errors, 1 warning"),
        ] {
            assert_eq!(check_line(&outcome(rows, errors, warnings)), line);
        }
    }

    #[test]
    fn an_event_is_told_in_exact_numbers() {
        assert_eq!(
            event_sentence(&event(212, 28, 0)),
            "Release 212 and delete 28 of the 240 communications held in event 1203."
        );
        assert_eq!(
            event_sentence(&event(0, 1_000, 1)),
            "Delete 1,000 of the 1,001 communications held in event 1203. Keep 1 held."
        );
    }
}
