//! What is counted and timed, in `CloudWatch`'s embedded metric format: a line of the log that `CloudWatch` reads metrics off.
//!
//! No thresholds, no names, no references: a metric says that something happened, never to whom.
use std::{io::Write, sync::Arc, time::Duration};

use serde_json::{Map, Value, json};
use sluice_shared::{files::FileKind, instant::UtcTime, risk::RiskRule, submission::StateName};

/// Where all metrics are.
pub const NAMESPACE: &str = "Sluice";

/// One thing that happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Metric {
    /// `intake` came to an outcome of a submission, which is written.
    Submission {
        /// Which file it was.
        kind: FileKind,
        /// Accepted, rejected, refused, waiting for a reviewer, or checked only.
        outcome: StateName,
    },
    /// A signature did not hold, or was nobody's who may sign.
    SignatureRejected,
    /// A rule of risk made a submission wait.
    RuleFired(RiskRule),
    /// A file could not be judged, by a fault of the service's own trust data.
    TrustFault,
    /// `intake` worked on one message for so long.
    IntakeDuration(Duration),
    /// So many hours are left until the first revocation list is past its next update; less than 0 once it is.
    RevocationListHoursLeft(i64),
}

/// Takes what happened, and when.
pub type Meter = Arc<dyn Fn(Metric, UtcTime) + Send + Sync>;

impl Metric {
    /// All names, as the template's alarms and dashboard use them.
    pub const NAMES: [&'static str; 6] = [
        "Submissions",
        "RejectedSignatures",
        "RulesFired",
        "IntakeDuration",
        "TrustFaults",
        "RevocationListHoursLeft",
    ];

    /// The line that `CloudWatch` reads.
    pub fn line(self, at: UtcTime) -> Value {
        let [submissions, signatures, rules, duration, trust, list_hours] = Self::NAMES;
        let one = Value::from(1);
        let (name, unit, value, dimensions) = match self {
            Self::Submission { kind, outcome } => (
                submissions,
                "Count",
                one,
                vec![
                    ("Outcome", outcome.as_str().to_owned()),
                    ("Kind", kind.to_string()),
                ],
            ),
            Self::SignatureRejected => (signatures, "Count", one, vec![]),
            Self::TrustFault => (trust, "Count", one, vec![]),
            Self::RuleFired(rule) => (
                rules,
                "Count",
                one,
                vec![("Rule", rule.as_str().to_owned())],
            ),
            Self::IntakeDuration(taken) => (
                duration,
                "Milliseconds",
                u64::try_from(taken.as_millis()).unwrap_or(u64::MAX).into(),
                vec![],
            ),
            Self::RevocationListHoursLeft(hours) => (list_hours, "None", hours.into(), vec![]),
        };
        // Each metric by its dimensions, and altogether.
        let mut sets = vec![Vec::new()];
        let mut names = Vec::new();
        for (dimension, _) in &dimensions {
            names.push(*dimension);
            sets.push(names.clone());
        }
        let mut line: Map<String, Value> = dimensions
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.into()))
            .collect();
        line.insert(name.to_owned(), value);
        line.insert(
            "_aws".to_owned(),
            json!({
                "Timestamp": at.unix_millis(),
                "CloudWatchMetrics": [{
                    "Namespace": NAMESPACE,
                    "Dimensions": sets,
                    "Metrics": [{ "Name": name, "Unit": unit }],
                }],
            }),
        );
        Value::Object(line)
    }
}

/// Writes the lines to standard output, which in Lambda is the log.
pub(crate) fn to_log() -> Meter {
    Arc::new(|metric, at| {
        // A metric that cannot be written is no reason to fail what it counts.
        let _ = writeln!(std::io::stdout().lock(), "{}", metric.line(at));
    })
}
