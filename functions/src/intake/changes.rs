//! Changes of the directory: what was asked for is held to the rule and to signatures, and made in one transaction with the record of it. Neither
//! `api` nor `review` is believed.
use sluice_shared::{
    api::PersonRef,
    directory::{
        Approval, CertificateIdentity, ChangeAnswer, ChangeBar, ChangeRecord, ChangeState,
        DirectoryChange, Entrance, PermittedChange, Person, may_approve,
    },
    identifiers::{ChangeReason, FileDigest},
};

use super::{
    IntakeError, activity,
    event::{ChangeAnswered, ChangeAsked},
};
use crate::{
    Backend,
    changing::{
        ReadForChange, StatementNotCounted, digest_of, read_for_change, verify_answer,
        verify_change,
    },
    stores::{Asked, SignedChange, Standing, StoreError, TakenRequest, Transaction, pause_before},
};

/// Others may change the same organisation at the same moment: it is looked at anew, this often at most before the message comes again. Each time
/// one of them gets through, so it is more than are taken at a time: with five, a burst of a hundred changes ended in part as dead letters.
const ATTEMPTS: u32 = 24;

/// A change was asked for.
pub(super) async fn asked(backend: &Backend, asked: &ChangeAsked) -> Result<(), IntakeError> {
    retried("take up a change", || Box::pin(take_up(backend, asked))).await
}

/// A second administrator answered.
pub(super) async fn answered(
    backend: &Backend,
    answered: &ChangeAnswered,
) -> Result<(), IntakeError> {
    let what = "take an answer to a change";
    retried(what, || Box::pin(take_answer(backend, answered))).await
}

async fn retried<F>(what: &'static str, attempt_once: impl Fn() -> F) -> Result<(), IntakeError>
where
    F: Future<Output = Result<(), IntakeError>>,
{
    for attempt in 0..ATTEMPTS {
        pause_before(attempt).await;
        match attempt_once().await {
            Err(IntakeError::Store(StoreError::Conflict(_))) => {}
            done => return done,
        }
    }
    Err(StoreError::Conflict(what).into())
}

async fn take_up(backend: &Backend, message: &ChangeAsked) -> Result<(), IntakeError> {
    let (organisation, id) = (&message.organisation, message.request);
    let does_not_count = |why: &str| counts_for_nothing(&id, why);
    let directory = &backend.directory;
    if directory.change(organisation, id).await?.is_some() {
        tracing::info!(request = %id, "nothing to do: the change was taken up before");
        return Ok(());
    }
    let requests = &backend.requests;
    let taken = requests.request(message.entrance, organisation, id).await?;
    let taken =
        taken.ok_or_else(|| IntakeError::Unexpected(format!("no change {id} is asked for")))?;
    let taken = taken.ok_or_else(|| does_not_count("it cannot be read"))?;
    let Some(asker) = directory.standing(&taken.by).await? else {
        return of_who_has_left(backend, message, taken).await;
    };
    let said = said(backend, &asker, message, &taken)?;

    let mut read = read_for_change(backend, &asker.person, organisation, &said.change).await?;
    read.look_for_stop(backend, &said.change).await?;
    let wanted = (&said.change, said.signed_with.as_ref());
    let permitted = read.permit(backend, &asker.person, wanted);
    let now = backend.now();
    let state = match &permitted {
        Ok(PermittedChange {
            approval: Approval::BySecondAdministrator,
            ..
        }) => ChangeState::AwaitingApproval { since: now },
        Ok(_) => ChangeState::Made {
            at: now,
            approved_by: None,
            approval: None,
        },
        Err(bar) => ChangeState::Refused {
            at: now,
            by: None,
            why: bar.to_string(),
        },
    };
    let record = ChangeRecord {
        request: id,
        organisation: organisation.clone(),
        about: about(&read, &said.change),
        before: read.before(&said.change),
        change: said.change,
        reason: said.reason,
        asked_by: PersonRef::from(&asker.person),
        asked_at: now,
        signed: said.digest,
        certificate: said.certificate,
        state,
    };
    let mut transaction = Transaction::new("take up a change of the directory");
    let signed = match &taken.asked {
        Asked::Signed(bytes) => Some(bytes.as_slice()),
        Asked::Plain { .. } => None,
    };
    let signed = SignedChange {
        request: signed,
        answer: None,
    };
    directory.create_change(&mut transaction, &record, signed)?;
    if let (Ok(permitted), ChangeState::Made { .. }) = (&permitted, &record.state) {
        apply(backend, &mut transaction, &read, permitted, &[&asker])?;
    }
    let by = (&record.asked_by, Some(&asker.person.organisation));
    activity::of_change(backend, &mut transaction, &record, by, taken.correlation_id)?;
    transaction.commit().await?;
    log(&record);
    Ok(())
}

/// Whoever asked was removed before it came to that: their request is refused with them. Of somebody who was never registered it counts for nothing.
async fn of_who_has_left(
    backend: &Backend,
    message: &ChangeAsked,
    taken: TakenRequest,
) -> Result<(), IntakeError> {
    let directory = &backend.directory;
    let named = directory.person_named(&taken.by).await?;
    let (Some(asked_by), Asked::Plain { change, reason }) = (named, taken.asked) else {
        let why = format!("nobody is called {}", taken.by);
        return Err(counts_for_nothing(&message.request, &why));
    };
    let now = backend.now();
    let why = format!(
        "{} asked for it, and is registered no longer.",
        asked_by.name
    );
    let record = ChangeRecord {
        request: message.request,
        organisation: message.organisation.clone(),
        about: None,
        before: None,
        change,
        reason,
        asked_by,
        asked_at: now,
        signed: None,
        certificate: None,
        state: ChangeState::Refused {
            at: now,
            by: None,
            why,
        },
    };
    let mut transaction = Transaction::new("refuse a change of somebody who has left");
    directory.create_change(&mut transaction, &record, SignedChange::default())?;
    let by = (&record.asked_by, None);
    activity::of_change(backend, &mut transaction, &record, by, taken.correlation_id)?;
    transaction.commit().await?;
    log(&record);
    Ok(())
}

/// What is asked for, by somebody's word that counts.
struct Said {
    change: DirectoryChange,
    reason: ChangeReason,
    digest: Option<FileDigest>,
    /// SHA-256 of the certificate by which it was signed.
    certificate: Option<FileDigest>,
    /// By which certificate whoever asks showed that they have its key.
    signed_with: Option<CertificateIdentity>,
}

fn said(
    backend: &Backend,
    asker: &Standing,
    message: &ChangeAsked,
    taken: &TakenRequest,
) -> Result<Said, IntakeError> {
    let id = message.request;
    let by = &asker.person;
    match &taken.asked {
        Asked::Plain { change, reason } => {
            may_ask_plainly(by, message, change).map_err(|why| counts_for_nothing(&id, &why))?;
            Ok(Said {
                change: change.clone(),
                reason: reason.clone(),
                digest: None,
                certificate: None,
                signed_with: None,
            })
        }
        Asked::Signed(bytes) => {
            // As for what is not signed: each entrance speaks for its own people.
            if Entrance::for_person(by) != message.entrance {
                let why = format!("{} is answered at the other entrance", by.id);
                return Err(counts_for_nothing(&id, &why));
            }
            let verified = counted(&id, verify_change(backend, by, bytes))?;
            let statement = verified.statement;
            if statement.request != id || statement.organisation != message.organisation {
                return Err(counts_for_nothing(&id, "it was signed for another place"));
            }
            Ok(Said {
                change: statement.change,
                reason: statement.reason,
                digest: Some(digest_of(bytes)),
                certificate: Some(verified.certificate),
                signed_with: verified.signed_with,
            })
        }
    }
}

/// Whether somebody may ask for a change without signing it.
fn may_ask_plainly(
    by: &Person,
    message: &ChangeAsked,
    change: &DirectoryChange,
) -> Result<(), String> {
    if by.organisation != message.organisation {
        return Err(format!("{} is of another organisation", by.id));
    }
    let stops_own_key =
        matches!(change, DirectoryChange::StopKey { person, .. } if *person == by.id);
    match message.entrance {
        // Whoever has lost a key cannot sign with it.
        _ if stops_own_key && Entrance::for_person(by) == message.entrance => Ok(()),
        Entrance::Users if !by.is_dcc() => Ok(()),
        Entrance::Users | Entrance::Staff => Err("DCC staff sign what they ask for".to_owned()),
    }
}

async fn take_answer(backend: &Backend, answered: &ChangeAnswered) -> Result<(), IntakeError> {
    let (organisation, id) = (&answered.organisation, answered.request);
    let does_not_count = |why: &str| counts_for_nothing(&id, why);
    let directory = &backend.directory;
    let record = directory.change(organisation, id).await?;
    let record = record.ok_or_else(|| {
        IntakeError::Unexpected(format!("an answer to {id}, which nobody took up"))
    })?;
    if !record.awaits_approval() {
        tracing::info!(request = %id, "nothing to do: the change waits no longer");
        return Ok(());
    }
    let key = (id, answered.answer);
    let taken = backend.requests.answered(organisation, key).await?;
    let taken =
        taken.ok_or_else(|| IntakeError::Unexpected(format!("no answer to {id} is there")))?;
    let taken = taken.ok_or_else(|| does_not_count("the answer cannot be read"))?;
    let approver = directory.standing(&taken.by).await?;
    let approver =
        approver.ok_or_else(|| does_not_count(&format!("nobody is called {}", taken.by)))?;
    let statement = counted(&id, verify_answer(backend, &approver.person, &taken.signed))?;
    if statement.request != id || Some(statement.request_digest) != record.signed {
        return Err(does_not_count("the answer is to another request"));
    }
    may_approve(&approver.person, &record.asked_by.id, &record.change)
        .map_err(|bar| does_not_count(&format!("{} may not answer: {bar}", taken.by)))?;

    let mut transaction = Transaction::new("settle a change of the directory");
    let by = PersonRef::from(&approver.person);
    let state = match statement.answer {
        ChangeAnswer::Refuse => ChangeState::Refused {
            at: backend.now(),
            by: Some(by),
            why: statement.reason.as_str().to_owned(),
        },
        ChangeAnswer::Approve => {
            match permitted_still(backend, &mut transaction, &record, &approver).await? {
                Ok(()) => ChangeState::Made {
                    at: backend.now(),
                    approved_by: Some(by),
                    approval: Some(statement.reason),
                },
                Err(why) => ChangeState::Refused {
                    at: backend.now(),
                    by: None,
                    why,
                },
            }
        }
    };
    let settled = ChangeRecord { state, ..record };
    directory
        .settle_change(&mut transaction, &settled, Some(&taken.signed))
        .await?;
    let by = PersonRef::from(&approver.person);
    let by = (&by, Some(&approver.person.organisation));
    activity::of_change(
        backend,
        &mut transaction,
        &settled,
        by,
        taken.correlation_id,
    )?;
    transaction.commit().await?;
    log(&settled);
    Ok(())
}

/// Adds what an approved change does, if whoever asked for it may still have it, by the directory as it is now; why not, otherwise.
async fn permitted_still(
    backend: &Backend,
    transaction: &mut Transaction,
    record: &ChangeRecord,
    approver: &Standing,
) -> Result<Result<(), String>, IntakeError> {
    if record.has_waited_too_long(backend.now(), &backend.settings.profile.people) {
        return Ok(Err(
            "It waited for longer than a change may. Ask for it again.".to_owned(),
        ));
    }
    let Some(asker) = backend.directory.standing(&record.asked_by.id).await? else {
        return Ok(Err(format!(
            "{} asked for it, and is registered no longer.",
            record.asked_by.name
        )));
    };
    // Their key may have been stopped since: then nothing shows any more that they asked for it.
    let signed_by = record
        .certificate
        .map(|certificate| asker.person.certificates.check(certificate));
    if let Some(Err(bar)) = signed_by {
        let why = format!(
            "{} signed it with a key that does not count: {bar}.",
            record.asked_by.name
        );
        return Ok(Err(why));
    }
    let read =
        read_for_change(backend, &asker.person, &record.organisation, &record.change).await?;
    let permitted = if read.before(&record.change) == record.before {
        // What is shown by a key needs no approval, and so never comes here.
        read.permit(backend, &asker.person, (&record.change, None))
    } else {
        Err(ChangeBar::ChangedSince)
    };
    match permitted {
        Ok(permitted) => {
            apply(backend, transaction, &read, &permitted, &[&asker, approver])?;
            Ok(Ok(()))
        }
        Err(bar) => Ok(Err(bar.to_string())),
    }
}

fn apply(
    backend: &Backend,
    transaction: &mut Transaction,
    read: &ReadForChange,
    permitted: &PermittedChange,
    standings: &[&Standing],
) -> Result<(), IntakeError> {
    let organisation = (&read.id, read.organisation.as_ref());
    let destination = read.destination.as_ref();
    let directory = &backend.directory;
    directory.apply_change(
        transaction,
        organisation,
        destination,
        &permitted.effect,
        standings,
    )?;
    Ok(())
}

/// What was verified, or that it counts for nothing.
fn counted<T>(
    id: &impl std::fmt::Display,
    verified: Result<T, StatementNotCounted>,
) -> Result<T, IntakeError> {
    verified.map_err(|why| match why {
        // Not whoever signed is at fault: it is tried again, and counts once the lists are mended.
        StatementNotCounted::Trust(fault) => IntakeError::Trust(fault.to_string()),
        why => counts_for_nothing(id, &why.to_string()),
    })
}

/// Whom a change is about, as they are called.
fn about(read: &ReadForChange, change: &DirectoryChange) -> Option<PersonRef> {
    if let Some(id) = change.machine() {
        let name = match change {
            DirectoryChange::RegisterMachine { name, .. } => Some(name),
            _ => read
                .machines()
                .iter()
                .find(|machine| machine.id == *id)
                .map(|machine| &machine.name),
        };
        return Some(PersonRef::of_machine(id, name?));
    }
    let id = change.person()?;
    if let DirectoryChange::Invite { name, .. } = change {
        return Some(PersonRef {
            id: id.clone(),
            name: name.to_string(),
        });
    }
    let mut people = read.people().iter();
    people.find(|person| person.id == *id).map(PersonRef::from)
}

fn counts_for_nothing(id: &impl std::fmt::Display, why: &str) -> IntakeError {
    IntakeError::Change(format!("the change {id} counts for nothing: {why}"))
}

fn log(record: &ChangeRecord) {
    let state = match record.state {
        ChangeState::AwaitingApproval { .. } => "awaiting-approval",
        ChangeState::Made { .. } => "made",
        ChangeState::Refused { .. } => "refused",
    };
    tracing::info!(request = %record.request, organisation = %record.organisation, state, "a change of the directory");
}
