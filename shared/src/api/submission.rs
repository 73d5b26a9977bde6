use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::PersonRef;
use crate::files::FileKind;
use crate::finding::Findings;
use crate::identifiers::{
    Eui64, FileDigest, FileName, OrganisationId, QuarantineEventRef, ServiceRequestRef,
    SubmissionId,
};
use crate::instant::UtcTime;
use crate::quarantine::{Counts, ExitCheck};
use crate::risk::RiskRule;
use crate::submission::{StateName, SubmissionState};
use crate::thresholds::{Change, Comparison, ExceptionChange};

/// A submission in a list. Holds no threshold value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SubmissionSummary {
    /// Its reference.
    pub reference: SubmissionId,
    /// Which file it is.
    pub kind: FileKind,
    /// The file's name on the sender's machine.
    pub file_name: FileName,
    /// Bytes of what was uploaded.
    pub length: u64,
    /// Whose it is.
    pub organisation: OrganisationId,
    /// That organisation's name.
    pub organisation_name: String,
    /// Who sent it.
    pub uploader: PersonRef,
    /// The ARO who signed it; absent until the signature was verified.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub signer: Option<PersonRef>,
    /// Where it stands.
    pub state: StateName,
    /// When it was started.
    pub started_at: UtcTime,
    /// When its file arrived.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub received_at: Option<UtcTime>,
    /// When it was settled.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub settled_at: Option<UtcTime>,
    /// How many errors were found.
    pub errors: u64,
    /// How many warnings were found.
    pub warnings: u64,
    /// The rules of risk that fired, by name only.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub rules: Vec<RiskRule>,
    /// The earlier submission that it corrects.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub replaces: Option<SubmissionId>,
    /// The later submission that corrects it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub replaced_by: Option<SubmissionId>,
    /// Whether it was sent to be checked only: nothing of it takes effect.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub check_only: bool,
    /// Why the service cannot go on with it for now.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub stopped: Option<Stopped>,
}

/// A submission that the service cannot judge by a fault of its own. It goes on by itself once that is mended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Stopped {
    /// Since when.
    pub since: UtcTime,
    /// Why, in a sentence. Nothing is wrong with the file.
    pub reason: String,
}

/// Answer of `GET /submissions/{id}`. Holds threshold values where rules fired.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SubmissionDetail {
    /// What lists show.
    #[serde(flatten)]
    pub summary: SubmissionSummary,
    /// Where it stands, with times, rules and the reviewer's decision.
    pub progress: SubmissionState,
    /// SHA-256 of what was uploaded.
    pub sha256: FileDigest,
    /// The service-management request that it belongs to.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub service_request: Option<ServiceRequestRef>,
    /// Who signed, with which certificate, when; absent until the signature was verified.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub signature: Option<SignerView>,
    /// How many findings of each code there are; the findings have their own route.
    pub findings: FindingsSummary,
    /// What the file says, once it was read without an error.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub effect: Option<Effect>,
    /// The name of the reviewer who decided, if one did.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reviewer: Option<PersonRef>,
    /// Whether there is a receipt to download.
    pub receipt: bool,
    /// Changes with every change of the submission.
    pub version: u64,
    /// The digest of the last verdict on it; a reviewer's decision names the one that it is about.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub verdict: Option<FileDigest>,
}

/// The verified signer of a submission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SignerView {
    /// The certificate's subject (RFC 4514).
    pub subject: String,
    /// SHA-256 of the certificate, DER.
    pub certificate_sha256: FileDigest,
    /// The signing time inside the signature.
    pub signing_time: UtcTime,
}

/// How many findings there are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct FindingsSummary {
    /// Of severity error.
    pub errors: u64,
    /// Of severity warning.
    pub warnings: u64,
    /// By code.
    pub counts: BTreeMap<String, u64>,
    /// How many are kept one by one.
    pub kept: u64,
}

impl From<&Findings> for FindingsSummary {
    fn from(findings: &Findings) -> Self {
        Self {
            errors: findings.errors,
            warnings: findings.warnings,
            counts: findings.counts.clone(),
            kept: findings.findings.len() as u64,
        }
    }
}

/// What a file says, in numbers without any threshold value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(
    tag = "kind",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
pub enum Effect {
    /// An ADT File.
    Adt {
        /// Rows below the header.
        rows: u64,
        /// What it says of each User ID.
        users: Vec<UserEffect>,
    },
    /// An Exit Quarantine File.
    ExitQuarantine {
        /// Rows below the header.
        rows: u64,
        /// How many are released.
        release: u64,
        /// How many are deleted.
        delete: u64,
        /// How many of the same events stay held.
        left_held: u64,
        /// By event, in the order of the file.
        events: Vec<EventEffect>,
    },
}

impl Effect {
    /// What an ADT File of so many rows says, from its comparisons with what is in force.
    pub fn of_adt(rows: u64, comparisons: &[Comparison]) -> Self {
        Self::Adt {
            rows,
            users: comparisons.iter().map(UserEffect::from).collect(),
        }
    }

    /// What an Exit Quarantine File of so many rows does, from its check against what is held.
    pub fn of_exit(rows: u64, check: &ExitCheck) -> Self {
        let events = check.events.iter().map(|checked| EventEffect {
            event: checked.event,
            release: checked.counts.release,
            delete: checked.counts.delete,
            left_held: checked.counts.held,
        });
        let Counts {
            held,
            release,
            delete,
        } = check.counts;
        Self::ExitQuarantine {
            rows,
            release,
            delete,
            left_held: held,
            events: events.collect(),
        }
    }
}

impl From<&Comparison> for UserEffect {
    fn from(comparison: &Comparison) -> Self {
        let (rows, exceptions) = (&comparison.thresholds, &comparison.exceptions);
        let changed_rows = rows.iter().filter(|row| row.change != Change::Same).count();
        let changed_exceptions = exceptions
            .iter()
            .filter(|row| row.change != ExceptionChange::Kept)
            .count();
        Self {
            user_id: comparison.user_id,
            standing: rows.iter().filter(|row| row.new.is_some()).count() as u64,
            exceptions: exceptions.iter().filter(|row| row.new.is_some()).count() as u64,
            changed: (changed_rows + changed_exceptions) as u64,
            big: comparison.big_changes() as u64,
        }
    }
}

/// What an ADT File says of one User ID.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct UserEffect {
    /// The User ID.
    pub user_id: Eui64,
    /// Its standing rows.
    pub standing: u64,
    /// Its exceptions.
    pub exceptions: u64,
    /// How many rows change something.
    pub changed: u64,
    /// How many changes are big.
    pub big: u64,
}

/// What an Exit Quarantine File does to one event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct EventEffect {
    /// The event.
    pub event: QuarantineEventRef,
    /// How many are released.
    pub release: u64,
    /// How many are deleted.
    pub delete: u64,
    /// How many stay held.
    pub left_held: u64,
}
