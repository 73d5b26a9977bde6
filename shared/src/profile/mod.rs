//! The profile: limits and rule settings that no public document settles, as data.

mod budget;

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::directory::PersonRole;
use crate::identifiers::Srv;
use crate::json::read_json;
use crate::period::Period;
use crate::risk::RiskRule;
use crate::signature::KeyPurpose;

pub use budget::Budget;

static STANDARD: LazyLock<Profile> = LazyLock::new(|| {
    let json = include_str!(concat!(env!("OUT_DIR"), "/default-profile.json"));
    // By the reader that reads what the service tells: the page has one.
    read_json(json).expect("a test reads the same text")
});

/// A profile; each value is explained beside it in `data/default-profile.toml`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Profile {
    /// What the profile is called.
    pub name: String,
    /// Limits on every file.
    pub files: FileLimits,
    /// Rules for the ADT file.
    pub adt: AdtRules,
    /// Rules for signatures.
    pub signing: SigningRules,
    /// What makes a file wait for a reviewer.
    pub risk: RiskRules,
    /// How reviewers look at what waits for them.
    pub review: ReviewRules,
    /// Rules for sign-ins.
    pub sign_in: SignInRules,
    /// Rules for uploads.
    pub upload: UploadRules,
    /// What may be sent in a day.
    pub budgets: BudgetRules,
    /// Deadlines of held communications.
    pub quarantine: QuarantineRules,
    /// What organisations' administrators may do by themselves, and how long what DCC administrators sign is good for.
    pub people: PeopleRules,
    /// How long the record of activity is kept.
    pub activity: ActivityRules,
}

/// Limits on every file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FileLimits {
    /// Rows below the header.
    pub max_rows: u64,
    /// Bytes of one record, line end included.
    pub max_record_bytes: usize,
    /// Bytes of a whole file.
    pub max_file_bytes: u64,
    /// Findings kept one by one.
    pub max_findings: usize,
}

/// Rules for the ADT file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AdtRules {
    /// User IDs that one file may name.
    pub max_user_ids: usize,
    /// Rows below the header of one ADT file; a lower limit than that of all files, since all of it is kept.
    pub max_rows: u64,
    /// Whether each critical service that a User ID's role may send needs a standing threshold.
    pub require_every_critical_service: bool,
    /// Services that may have thresholds although they are not critical.
    pub allowed_non_critical: Vec<Srv>,
    /// The highest threshold.
    pub max_threshold: u64,
}

/// Rules for signatures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SigningRules {
    /// How far a signing time may lie ahead of the service's clock.
    pub max_ahead_minutes: u32,
    /// How long ago an ADT File may have been signed.
    pub adt_max_age_days: u32,
    /// How long ago an Exit Quarantine File may have been signed.
    pub exit_max_age_hours: u32,
    /// Bytes of a detached signature.
    pub max_signature_bytes: usize,
    /// What the extended key usage of certificates, where they have one, has to include one of.
    pub accepted_key_purposes: Vec<KeyPurpose>,
}

/// What makes a file wait for a reviewer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RiskRules {
    /// A quarantine threshold may grow by this factor.
    pub max_increase_factor: u64,
    /// A quarantine threshold may be lowered to one part in so many, but not to 0.
    pub max_decrease_factor: u64,
    /// Whether a warning threshold may be raised to the quarantine threshold.
    pub allow_warning_at_quarantine: bool,
    /// Communications that an organisation may release within the period below.
    pub max_release: u64,
    /// The length of the span in which they are counted, wherever it starts.
    pub max_release_period: Period,
    /// Communications that an organisation may delete within the period below.
    pub max_delete: u64,
    /// The length of the span in which they are counted, wherever it starts.
    pub max_delete_period: Period,
}

/// How reviewers look at what waits for them. No verdict rests on it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ReviewRules {
    /// Rules whose risk is medium. What stands in neither list is high.
    pub medium: Vec<RiskRule>,
    /// Rules whose risk is low.
    pub low: Vec<RiskRule>,
    /// Those of low risk that a reviewer may accept together with others.
    pub harmless: Vec<RiskRule>,
    /// Submissions that may be accepted together at most.
    pub max_together: usize,
    /// Hours after which what waits is called overdue.
    pub overdue_hours: u32,
    /// Questions that reviewers may ask about one submission.
    pub max_questions: u32,
}

/// Rules for sign-ins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SignInRules {
    /// For so many seconds after it, a sign-in is good for what takes effect.
    pub fresh_seconds: u32,
}

/// Rules for uploads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct UploadRules {
    /// Minutes for which a presigned upload is good.
    pub valid_minutes: u32,
}

/// What may be sent in a day, of UTC.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct BudgetRules {
    /// Submissions that one person may start.
    pub person_submissions_a_day: u64,
    /// Bytes of their files.
    pub person_bytes_a_day: u64,
    /// Submissions that all of an organisation may start together.
    pub organisation_submissions_a_day: u64,
    /// Bytes of their files.
    pub organisation_bytes_a_day: u64,
}

/// Deadlines of held communications.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct QuarantineRules {
    /// Hours in which a decision is due.
    pub decision_hours: u32,
    /// When to remind, in per cent of that time.
    pub remind_at_percent: Vec<u32>,
    /// Days after which an undecided communication is listed for DCC staff.
    pub list_after_days: u32,
}

/// What organisations' administrators may do by themselves, and how long what DCC administrators sign is good for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PeopleRules {
    /// The most people of one organisation.
    pub max_people: usize,
    /// Changes that all administrators of an organisation together may make in a day.
    pub max_changes_a_day: usize,
    /// Roles that they may give; those that sign they never may.
    pub roles_by_administrators: Vec<PersonRole>,
    /// Hours for which a signed request, or a signed answer to one, may be on its way.
    pub statement_hours: u32,
    /// Days for which a change may wait for its approval.
    pub approval_days: u32,
    /// Days after which somebody has to look over again what a person may do.
    pub review_days: u32,
    /// Days after which a person who has not been here is called dormant.
    pub dormant_days: u32,
}

/// How long the record of activity is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ActivityRules {
    /// Years after which a record may be dropped.
    pub keep_years: u16,
}

/// A profile that cannot be read: where, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the profile cannot be read: {0}")]
pub struct ProfileError(String);

impl Profile {
    /// The default profile, which is compiled in.
    pub fn standard() -> &'static Self {
        &STANDARD
    }

    /// Reads a profile from TOML. Every value is needed, and none that is not known is taken.
    pub fn parse(text: &str) -> Result<Self, ProfileError> {
        toml::from_str(text).map_err(|error| ProfileError(error.to_string()))
    }
}
