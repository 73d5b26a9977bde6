use sluice_shared::{
    files::FileKind,
    identifiers::{FileDigest, OrganisationId, PersonId, SubmissionId},
    instant::UtcTime,
};

use super::{Announcement, Announcements, Correction, StoreError, item, partition_of};
use crate::stores::{
    Partition, Submissions, Transaction,
    item::{Condition, EXPIRES, Item, blob_item, number, read_number, read_text, text},
};

/// An idempotency key is remembered for this many seconds: a week, far longer than anybody retries.
const REMEMBERED: i64 = 7 * 86_400;

/// What makes a request to start a submission the same request, or the same file.
#[derive(Debug, Clone)]
pub struct StartKeys {
    /// The caller's idempotency key.
    pub key: String,
    /// SHA-256 of the whole request: the same key with another request is a mistake.
    pub request: FileDigest,
}

/// What an idempotency key was used for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Started {
    /// The submission that it started.
    pub submission: SubmissionId,
    /// SHA-256 of the request.
    pub request: FileDigest,
}

/// What changes in announcements along with one that is started or asked for again.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    /// As they are to be, with the versions that were read. The transaction fails if the file of one has arrived.
    pub announcements: Vec<Announcement>,
    /// What corrects which.
    pub corrections: Vec<Correction>,
}

impl Announcements {
    /// What this person used this idempotency key for in this organisation, unless that is forgotten by `now`.
    pub async fn started_with(
        &self,
        organisation: &OrganisationId,
        person: &PersonId,
        key: &str,
        now: UtcTime,
    ) -> Result<Option<Started>, StoreError> {
        let pk = request_partition(organisation, person, key);
        let Some(item) = self.table.get(&pk, "META").await? else {
            return Ok(None);
        };
        let expires =
            read_number(&item, "expiresAt").and_then(|seconds| i64::try_from(seconds).ok());
        if expires.is_none_or(|expires| expires <= now.unix_seconds()) {
            return Ok(None);
        }
        let submission =
            read_text(&item, "submission").and_then(|text| SubmissionId::parse(text).ok());
        let request = read_text(&item, "request").and_then(|text| FileDigest::parse(text).ok());
        Ok(submission
            .zip(request)
            .map(|(submission, request)| Started {
                submission,
                request,
            }))
    }

    /// The latest submission of this file by this organisation.
    pub async fn of_file(
        &self,
        organisation: &OrganisationId,
        kind: FileKind,
        sha256: &FileDigest,
    ) -> Result<Option<SubmissionId>, StoreError> {
        let item = self
            .table
            .get(&file_partition(organisation, kind, sha256), "META")
            .await?;
        Ok(item
            .as_ref()
            .and_then(|item| read_text(item, "submission"))
            .and_then(|id| SubmissionId::parse(id).ok()))
    }

    /// Writes down what is announced with its signature, the idempotency key and the file, all or nothing.
    ///
    /// `instead_of` is what [`Announcements::of_file`] said: a conflict means that somebody started the same file, or used
    /// the same key, at the same moment; look again.
    pub async fn start(
        &self,
        submissions: &Submissions,
        (announcement, signature): (&Announcement, Option<&[u8]>),
        keys: &StartKeys,
        instead_of: Option<&SubmissionId>,
        changes: &Changes,
    ) -> Result<(), StoreError> {
        let mut transaction = Transaction::new("start a submission");
        let now = announcement.started_at;
        transaction.put(&self.table, item(announcement)?, Some(Condition::absent()));
        self.note_request(
            &mut transaction,
            (&announcement.uploader.id, announcement),
            keys,
            now,
        );
        // What is checked only is nobody's latest submission of the file.
        if !announcement.check_only {
            self.note_file(&mut transaction, announcement, instead_of);
        }
        if let Some(signature) = signature {
            let pk = partition_of(announcement);
            let blob = blob_item(&pk, "SIGNATURE", signature, Some(announcement.expires()));
            transaction.put(&self.table, blob, None);
        }
        self.put_changes(&mut transaction, submissions, announcement, changes, now)?;
        transaction.commit().await
    }

    /// Writes down that `person` asked for a submission again: what changes by that, and the idempotency key, if that is a new one. All
    /// or nothing; a conflict means that somebody was quicker, or that the file has arrived: look again.
    pub async fn ask_again(
        &self,
        submissions: &Submissions,
        (person, announcement): (&PersonId, &Announcement),
        keys: Option<&StartKeys>,
        changes: &Changes,
        now: UtcTime,
    ) -> Result<(), StoreError> {
        let mut transaction = Transaction::new("take what a later request says of a submission");
        if let Some(keys) = keys {
            self.note_request(&mut transaction, (person, announcement), keys, now);
        }
        self.put_changes(&mut transaction, submissions, announcement, changes, now)?;
        transaction.commit().await
    }

    fn put_changes(
        &self,
        transaction: &mut Transaction,
        submissions: &Submissions,
        announcement: &Announcement,
        changes: &Changes,
        now: UtcTime,
    ) -> Result<(), StoreError> {
        for read in &changes.announcements {
            let mut later = read.clone();
            later.version = read.version.saturating_add(1);
            let unchanged = Condition::version(read.version.into());
            transaction.put(&self.table, item(&later)?, Some(unchanged));
            submissions.not_arrived(transaction, &read.organisation, &read.id);
        }
        for correction in &changes.corrections {
            self.put_correction(transaction, announcement, correction, now);
        }
        Ok(())
    }

    fn note_file(
        &self,
        transaction: &mut Transaction,
        announcement: &Announcement,
        instead_of: Option<&SubmissionId>,
    ) {
        let said = announcement;
        let pk = file_partition(&said.organisation, said.kind, &said.sha256);
        let file = Item::from([
            ("pk".to_owned(), text(pk)),
            ("sk".to_owned(), text("META")),
            ("submission".to_owned(), text(announcement.id.to_string())),
        ]);
        let same_file = instead_of.map_or_else(Condition::absent, |earlier| Condition {
            expression: "submission = :earlier",
            values: Item::from([(":earlier".to_owned(), text(earlier.to_string()))]),
        });
        transaction.put(&self.table, file, Some(same_file));
    }

    fn note_request(
        &self,
        transaction: &mut Transaction,
        (person, announcement): (&PersonId, &Announcement),
        keys: &StartKeys,
        now: UtcTime,
    ) {
        let now = now.unix_seconds();
        let seconds = |seconds: i64| number(u64::try_from(seconds).unwrap_or(0));
        let pk = request_partition(&announcement.organisation, person, &keys.key);
        let request = Item::from([
            ("pk".to_owned(), text(pk)),
            ("sk".to_owned(), text("META")),
            ("submission".to_owned(), text(announcement.id.to_string())),
            ("request".to_owned(), text(keys.request.to_string())),
            (EXPIRES.to_owned(), seconds(now + REMEMBERED)),
        ]);
        let unused = Condition {
            expression: "attribute_not_exists(pk) OR expiresAt <= :now",
            values: Item::from([(":now".to_owned(), seconds(now))]),
        };
        transaction.put(&self.table, request, Some(unused));
    }
}

fn file_partition(organisation: &OrganisationId, kind: FileKind, sha256: &FileDigest) -> Partition {
    Partition::owned_by(organisation, format_args!("FILE#{kind}#{sha256}"))
}

fn request_partition(organisation: &OrganisationId, person: &PersonId, key: &str) -> Partition {
    Partition::owned_by(organisation, format_args!("REQUEST#{person}#{key}"))
}
