//! What the service knows that a verdict rests on, read from its tables: for `intake`, which judges, and for `api`, which
//! hands it to the page that judges beforehand.
use std::collections::BTreeSet;

use sluice_shared::{
    files::Sender,
    identifiers::{FileDigest, OrganisationId},
    quarantine::QuarantineEvent,
    risk::Releaser,
    verdict::{Basis, KnownAccounts, KnownForAdt, KnownSender, RegisteredSigner},
};

use crate::{
    Backend,
    stores::{StoreError, SubmissionRecord},
};

/// An organisation that sends files, and who may sign for it.
#[derive(Debug, Clone)]
pub(crate) struct SenderRecord {
    pub(crate) sender: Sender,
    signers: Vec<RegisteredSigner>,
    version: u64,
}

/// An organisation with its AROs; `None` if the directory has none of that name.
pub(crate) async fn sender(
    backend: &Backend,
    organisation: &OrganisationId,
) -> Result<Option<SenderRecord>, StoreError> {
    let record = backend.directory.organisation_record(organisation).await?;
    Ok(record.map(|record| SenderRecord {
        sender: Sender {
            organisation: record.organisation.id.clone(),
            user_ids: record.organisation.user_ids.clone(),
        },
        signers: record
            .people
            .iter()
            .filter_map(|person| {
                Some(RegisteredSigner {
                    person: person.into(),
                    subject: person.signing_subject()?.to_owned(),
                    certificates: person.certificates.clone(),
                })
            })
            .collect(),
        version: record.version,
    }))
}

/// The sender of a file, with what reviewers refused of it before.
pub(crate) async fn sender_of_file(
    backend: &Backend,
    record: &SenderRecord,
    file: &FileDigest,
) -> Result<KnownSender, StoreError> {
    let organisation = &record.sender.organisation;
    Ok(KnownSender {
        sender: record.sender.clone(),
        signers: record.signers.clone(),
        version: record.version,
        refusals: backend.submissions.refusals(organisation, file).await?,
    })
}

/// Whether what the last verdict on a submission rested on is still so.
pub(crate) async fn rests_on_what_is(
    backend: &Backend,
    record: &SubmissionRecord,
) -> Result<bool, StoreError> {
    let Some(judged) = &record.judged else {
        return Ok(true);
    };
    let basis = &judged.basis;
    let refusals = backend
        .submissions
        .refusals(&record.organisation, &judged.file)
        .await?;
    let mut now = Basis {
        refusals: refusals.len(),
        directory: backend.directory.version(&record.organisation).await?,
        ..Basis::default()
    };
    let organisation = &record.organisation;
    for user_id in basis.thresholds.keys() {
        let current = backend.thresholds.current(organisation, *user_id).await?;
        let version = current.map_or(0, |current| current.version);
        now.thresholds.insert(*user_id, version);
    }
    for (releaser, _) in &basis.releases {
        let released = backend.quarantine.released(organisation, releaser).await?;
        now.releases
            .push((releaser.clone(), released.version.unwrap_or(0)));
    }
    Ok(now == *basis)
}

/// What the verdict on an ADT File rests on: the thresholds of all User IDs of the sender.
pub(crate) async fn for_adt(
    backend: &Backend,
    sender: KnownSender,
) -> Result<KnownForAdt, StoreError> {
    let mut users = Vec::new();
    for user_id in &sender.sender.user_ids {
        let organisation = &sender.sender.organisation;
        let current = backend.thresholds.current(organisation, user_id.id);
        users.extend(current.await?);
    }
    Ok(KnownForAdt { sender, users })
}

/// What the verdict on an exit file rests on beside what is held: thresholds and accounts of the User IDs of these events,
/// and the organisation's account. The accounts are read first: what is recorded in between makes the announcement of this
/// file fail, and it is judged anew.
pub(crate) async fn accounts(
    backend: &Backend,
    sender: KnownSender,
    events: impl Iterator<Item = &QuarantineEvent>,
) -> Result<KnownAccounts, StoreError> {
    let user_ids: BTreeSet<_> = events.map(|event| event.user_id).collect();
    let organisation = &sender.sender.organisation;
    let altogether = Releaser::Organisation(organisation.clone());
    let releasers = user_ids.iter().copied().map(Releaser::User);
    let mut accounts = Vec::new();
    for releaser in releasers.chain([altogether]) {
        let released = backend.quarantine.released(organisation, &releaser);
        accounts.push(released.await?);
    }
    let mut users = Vec::new();
    for user_id in user_ids {
        users.extend(backend.thresholds.current(organisation, user_id).await?);
    }
    Ok(KnownAccounts {
        sender,
        users,
        accounts,
    })
}
