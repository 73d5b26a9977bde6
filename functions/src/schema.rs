//! The tables as data: stacks without a template create them from here, and a test holds `infra/template.yaml` to it.
//!
//! Every table has a partition key `pk` and a sort key `sk`, both text; what a key looks like is said in the store's file.
use crate::settings::Tables;

/// A secondary index: sparse, since an item without its partition attribute is not in it. It copies whole items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Index {
    /// Its name.
    pub name: &'static str,
    /// Partition attribute (text).
    pub partition: &'static str,
    /// Sort attribute (text).
    pub sort: &'static str,
}

/// A table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Table {
    /// Which one; the logical name that the template uses too.
    pub name: &'static str,
    /// Its secondary indexes.
    pub indexes: &'static [Index],
    /// Attribute (seconds since 1970) after which DynamoDB may drop an item.
    pub expires: Option<&'static str>,
}

impl Table {
    /// The table's logical id in the template.
    pub fn logical_id(&self) -> String {
        let (first, rest) = self.name.split_at(1);
        format!("{}{rest}Table", first.to_uppercase())
    }
}

/// What an organisation has, by the instant it was started.
pub const BY_ORGANISATION: Index = Index {
    name: "by-organisation",
    partition: "organisation",
    sort: "listedAt",
};
/// What all organisations have, for DCC staff. One partition takes 1,000 writes a second: submissions and events are
/// made by people, a few a minute.
pub const BY_START: Index = Index {
    name: "by-start",
    partition: "all",
    sort: "listedAt",
};
/// What is announced under a reference, for DCC staff, who do not know whose it is.
pub const BY_REFERENCE: Index = Index {
    name: "by-reference",
    partition: "reference",
    sort: "listedAt",
};
/// Submissions that wait for a reviewer, oldest first; and those that reviewers decided.
pub const AWAITING_REVIEW: Index = Index {
    name: "awaiting-review",
    partition: "reviewQueue",
    sort: "listedAt",
};

/// What is announced of submissions, until their files arrive.
pub const ANNOUNCEMENTS: Table = Table {
    name: "announcements",
    indexes: &[BY_ORGANISATION, BY_START, BY_REFERENCE],
    expires: Some("expiresAt"),
};
/// Submissions whose files have arrived.
pub const SUBMISSIONS: Table = Table {
    name: "submissions",
    indexes: &[BY_ORGANISATION, BY_START, AWAITING_REVIEW],
    expires: Some("expiresAt"),
};
/// Thresholds.
pub const THRESHOLDS: Table = Table {
    name: "thresholds",
    indexes: &[],
    expires: None,
};
/// Quarantine.
pub const QUARANTINE: Table = Table {
    name: "quarantine",
    indexes: &[BY_ORGANISATION, BY_START],
    expires: None,
};
/// Directory.
pub const DIRECTORY: Table = Table {
    name: "directory",
    indexes: &[],
    expires: None,
};
/// Decisions.
pub const DECISIONS: Table = Table {
    name: "decisions",
    indexes: &[],
    expires: None,
};
/// Changes of the directory that are asked for, and answers to them.
pub const REQUESTS: Table = Table {
    name: "requests",
    indexes: &[],
    expires: None,
};
/// Who did what.
pub const ACTIVITY: Table = Table {
    name: "activity",
    indexes: &[],
    expires: Some("expiresAt"),
};

/// Who has a submission in hand, what was asked about it, and answered.
pub const REVIEWING: Table = Table {
    name: "reviewing",
    indexes: &[],
    expires: Some("expiresAt"),
};

/// All tables.
pub const TABLES: [Table; 9] = [
    ANNOUNCEMENTS,
    SUBMISSIONS,
    THRESHOLDS,
    QUARANTINE,
    DIRECTORY,
    DECISIONS,
    REQUESTS,
    ACTIVITY,
    REVIEWING,
];

/// All tables, each with the name that this deployment gives it.
pub fn all(tables: &Tables) -> [(Table, &str); 9] {
    [
        (ANNOUNCEMENTS, &tables.announcements),
        (SUBMISSIONS, &tables.submissions),
        (THRESHOLDS, &tables.thresholds),
        (QUARANTINE, &tables.quarantine),
        (DIRECTORY, &tables.directory),
        (DECISIONS, &tables.decisions),
        (REQUESTS, &tables.requests),
        (ACTIVITY, &tables.activity),
        (REVIEWING, &tables.reviewing),
    ]
}
