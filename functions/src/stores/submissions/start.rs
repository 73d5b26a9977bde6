use sluice_shared::{
    files::FileKind,
    identifiers::{FileDigest, OrganisationId, PersonId, SubmissionId},
    instant::UtcTime,
};

use super::{StoreError, SubmissionRecord, Submissions, blob_item, item};
use crate::stores::{
    Transaction,
    chunks::EXPIRES,
    item::{Condition, Item, number, read_number, read_text, text},
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

impl Submissions {
    /// What this person used this idempotency key for, unless that is forgotten by `now`.
    pub async fn started_with(
        &self,
        person: &PersonId,
        key: &str,
        now: UtcTime,
    ) -> Result<Option<Started>, StoreError> {
        let Some(item) = self
            .table
            .get(&request_partition(person, key), "META")
            .await?
        else {
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

    /// Records a new submission with its signature, the idempotency key and the file, all or nothing.
    ///
    /// `instead_of` is what [`Submissions::of_file`] said: a conflict means that somebody started the same file, or used
    /// the same key, at the same moment; look again. `linked` are other submissions that change along with it.
    pub async fn start(
        &self,
        record: &SubmissionRecord,
        signature: Option<&[u8]>,
        keys: &StartKeys,
        instead_of: Option<&SubmissionId>,
        linked: &[SubmissionRecord],
    ) -> Result<(), StoreError> {
        let mut transaction = Transaction::new("start a submission");
        transaction.put(&self.table, item(record)?, Some(Condition::absent()));
        let person = &record.uploader.id;
        self.note_request(&mut transaction, (person, record), keys, record.started_at);
        // What is checked only is nobody's latest submission of the file.
        if !record.check_only {
            self.note_file(&mut transaction, record, instead_of);
        }
        if let Some(signature) = signature {
            let mut blob = blob_item(&record.id, "SIGNATURE", signature);
            if let Some(expires) = record.expires() {
                blob.insert(EXPIRES.to_owned(), number(expires));
            }
            transaction.put(&self.table, blob, None);
        }
        for other in linked {
            self.put(&mut transaction, other)?;
        }
        transaction.commit().await
    }

    /// Records that `person` asked for a submission again: what changes by that, and the idempotency key, if that is a new one. All or nothing; a conflict means that somebody was quicker: look again.
    pub async fn ask_again(
        &self,
        (person, record): (&PersonId, &SubmissionRecord),
        changed: &[SubmissionRecord],
        keys: Option<&StartKeys>,
        now: UtcTime,
    ) -> Result<(), StoreError> {
        let mut transaction = Transaction::new("take what a later request says of a submission");
        if let Some(keys) = keys {
            self.note_request(&mut transaction, (person, record), keys, now);
        }
        for changed in changed {
            self.put(&mut transaction, changed)?;
        }
        transaction.commit().await
    }

    fn note_file(
        &self,
        transaction: &mut Transaction,
        record: &SubmissionRecord,
        instead_of: Option<&SubmissionId>,
    ) {
        let pk = file_partition(&record.organisation, record.kind, &record.sha256);
        let file = Item::from([
            ("pk".to_owned(), text(pk)),
            ("sk".to_owned(), text("META")),
            ("submission".to_owned(), text(record.id.to_string())),
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
        (person, record): (&PersonId, &SubmissionRecord),
        keys: &StartKeys,
        now: UtcTime,
    ) {
        let now = now.unix_seconds();
        let seconds = |seconds: i64| number(u64::try_from(seconds).unwrap_or(0));
        let pk = request_partition(person, &keys.key);
        let request = Item::from([
            ("pk".to_owned(), text(pk)),
            ("sk".to_owned(), text("META")),
            ("submission".to_owned(), text(record.id.to_string())),
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

fn file_partition(organisation: &OrganisationId, kind: FileKind, sha256: &FileDigest) -> String {
    format!("FILE#{organisation}#{kind}#{sha256}")
}

fn request_partition(person: &PersonId, key: &str) -> String {
    format!("REQUEST#{person}#{key}")
}
