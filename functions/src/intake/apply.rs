//! What becomes of a submission, by its verdict.
use sluice_shared::{
    identifiers::OrganisationId,
    submission::SubmissionEvent,
    thresholds::StatementOrigin,
    verdict::{Changes, StatementChange},
};

use super::{
    IntakeError,
    judgement::{Judgement, next_state},
    pages, settle,
};
use crate::{
    Backend,
    stores::{Accepted, SubmissionRecord, Transaction},
};

/// Records the outcome. Nothing takes effect that differs from what people saw: a decision of a reviewer holds for the
/// verdict with its digest, and for no other.
pub(super) async fn apply(
    backend: &Backend,
    record: SubmissionRecord,
    judgement: &Judgement<'_>,
) -> Result<(), IntakeError> {
    let verdict = &judgement.verdict;
    if record.state.review().is_some() && !record.is_accepted_by_reviewer() {
        return Err(IntakeError::Unexpected(format!(
            "{} was refused, and nothing of it takes effect",
            record.id
        )));
    }
    if record.check_only {
        return settle::check(backend, &record, judgement).await;
    }
    // From its announcement on, an exit file only goes forward.
    let is_being_recorded = record.recording_since.is_some();
    let Some(changes) = &verdict.changes else {
        if is_being_recorded {
            return Err(IntakeError::Unexpected(format!(
                "{} was accepted and partly recorded, and is now found at fault",
                record.id
            )));
        }
        return settle::reject(backend, record, judgement).await;
    };
    if !is_being_recorded {
        match record.state.review() {
            Some(review) if review.verdict != verdict.digest() => {
                return settle::hold_again(backend, &record, judgement).await;
            }
            None if !verdict.rules.is_empty() => {
                return settle::hold(backend, &record, judgement).await;
            }
            Some(_) | None => {}
        }
    }
    match changes {
        Changes::Adt(statements) => {
            let origin = origin(&record, judgement)?;
            let mut transaction = Transaction::new("settle a submission");
            let organisation = &record.organisation;
            statements_in_force(
                backend,
                &mut transaction,
                organisation,
                (statements, &origin),
            )?;
            settle::accept(backend, record, judgement, origin.accepted_at, transaction).await
        }
        Changes::Exit(exit) => {
            // Before anything is announced: what cannot become accepted must not be written, page by page.
            next_state(&record, &SubmissionEvent::Accepted { at: judgement.at })?;
            let announced = settle::with_verdict(record, judgement);
            let (record, decided_at) =
                pages::announce(backend, announced, exit, &verdict.file, judgement.at).await?;
            pages::record(backend, &record, exit, decided_at).await?;
            let mut transaction = Transaction::new("settle a submission");
            for event in &exit.events {
                backend
                    .quarantine
                    .finish(&mut transaction, &event.finished, &record.id)?;
            }
            settle::accept(backend, record, judgement, decided_at, transaction).await
        }
    }
}

fn statements_in_force(
    backend: &Backend,
    transaction: &mut Transaction,
    organisation: &OrganisationId,
    (statements, origin): (&[StatementChange], &StatementOrigin),
) -> Result<(), IntakeError> {
    for change in statements {
        let in_force = change.in_force(origin).map_err(|_| {
            IntakeError::Unexpected(format!("{} was judged to be newer", origin.submission))
        })?;
        let accepted = Accepted {
            replaces: in_force.replaces,
            thresholds: &in_force.thresholds,
            raises: &in_force.raises,
            entry: &in_force.entry,
        };
        backend
            .thresholds
            .accept(transaction, organisation, &accepted)?;
    }
    Ok(())
}

fn origin(
    record: &SubmissionRecord,
    judgement: &Judgement<'_>,
) -> Result<StatementOrigin, IntakeError> {
    let (Some(verified), Some(signer)) = (judgement.verified, &judgement.verdict.signer) else {
        return Err(IntakeError::Unexpected(format!(
            "{} is acceptable without a signer",
            record.id
        )));
    };
    Ok(StatementOrigin {
        submission: record.id,
        signed_at: verified.signing_time,
        accepted_at: judgement.at,
        signer: signer.id.clone(),
        uploader: record.uploader.id.clone(),
        reviewer: record.reviewer.as_ref().map(|reviewer| reviewer.id.clone()),
    })
}
