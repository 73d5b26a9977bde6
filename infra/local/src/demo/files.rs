//! Files as Users send them. None of the demo's values holds a comma or a quote.

use std::fmt::Write as _;

use sluice_shared::files::FileKind;
use sluice_shared::identifiers::RequestId;
use sluice_shared::instant::UtcTime;
use sluice_shared::thresholds::{Limits, Statement, ThresholdKey};

/// An ADT File of these statements, as of `now`: exceptions that ended are left out, those that began have no start.
pub(super) fn adt(statements: &[Statement], now: UtcTime) -> String {
    let mut file = FileKind::Adt.header() + "\r\n";
    for statement in statements {
        let mut row =
            |key: ThresholdKey, limits: Limits, from: Option<UtcTime>, to: Option<UtcTime>| {
                let from = from
                    .filter(|from| *from > now)
                    .map(|from| from.to_string())
                    .unwrap_or_default();
                let to = to.map(|to| to.to_string()).unwrap_or_default();
                let _ = write!(
                    file,
                    "{},{},{},{},{},{from},{to}\r\n",
                    statement.user_id, key.srv, key.period, limits.warning, limits.quarantine
                );
            };
        for standing in &statement.standing {
            row(standing.key, standing.limits, standing.from, None);
        }
        for exception in statement
            .exceptions
            .iter()
            .filter(|exception| exception.to > now)
        {
            row(
                exception.key,
                exception.limits,
                exception.from,
                Some(exception.to),
            );
        }
    }
    file
}

/// An Exit Quarantine File for one event: `release` says which are released, all others are deleted.
pub(super) fn exit(event: &str, requests: &[RequestId], release: impl Fn(usize) -> bool) -> String {
    let mut file = String::with_capacity(64 + requests.len() * 96);
    file.push_str(&FileKind::ExitQuarantine.header());
    file.push_str("\r\n");
    for (position, request) in requests.iter().enumerate() {
        let action = if release(position) {
            "Release"
        } else {
            "Delete"
        };
        let _ = write!(file, "{event},{request},{action}\r\n");
    }
    file
}
