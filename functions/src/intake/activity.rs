//! What `intake` made of things, in the record of activity: in the very transaction that makes it so, once for each time.
use std::collections::BTreeSet;

use sluice_shared::{
    activity::{About, Act, ActivityOutcome, ActivityRecord, Recorder, act_of_change},
    api::{PersonRef, ProblemCode},
    directory::{ChangeRecord, ChangeState},
    identifiers::{CorrelationId, OrganisationId},
};

use super::IntakeError;
use crate::{
    Backend,
    stores::{RecordKey, SubmissionRecord, Transaction},
};

/// What became of a submission, by the person whose act it was: the reviewer's, where one decided, and the sender's otherwise.
pub(super) fn of_submission(
    backend: &Backend,
    transaction: &mut Transaction,
    record: &SubmissionRecord,
    act: Act,
) -> Result<(), IntakeError> {
    let by_reviewer = matches!(
        act,
        Act::DecisionCounted | Act::DecisionVoid | Act::FileRefused
    );
    let outcome = match act {
        Act::DecisionVoid => ActivityOutcome::Refused {
            code: ProblemCode::DecisionNotCounted,
        },
        _ => ActivityOutcome::Done,
    };
    let person = if by_reviewer {
        record.reviewer.clone()
    } else {
        Some(record.uploader.clone())
    };
    let record = ActivityRecord {
        person_organisation: person
            .is_some()
            .then(|| organisation_of(record, by_reviewer)),
        person,
        act,
        about: vec![About::Submission(record.id)],
        outcome,
        ..blank(backend, &record.organisation, record.correlation_id)
    };
    put(backend, transaction, &record)
}

/// What became of a change, in the organisation in which something changes, and in the one where somebody goes.
pub(super) fn of_change(
    backend: &Backend,
    transaction: &mut Transaction,
    record: &ChangeRecord,
    (by, from): (&PersonRef, Option<&OrganisationId>),
    correlation_id: Option<CorrelationId>,
) -> Result<(), IntakeError> {
    let mut about = vec![About::Change(record.request)];
    about.extend(record.change.person().cloned().map(About::Person));
    about.extend(record.change.machine().cloned().map(About::System));
    let organisations = [Some(&record.organisation), record.change.destination()];
    let organisations: BTreeSet<_> = organisations.into_iter().flatten().collect();
    for organisation in organisations {
        let record = ActivityRecord {
            person: Some(by.clone()),
            person_organisation: from.cloned(),
            act: act_of_change(record),
            about: about.clone(),
            outcome: match record.state {
                ChangeState::Refused { .. } => ActivityOutcome::Refused {
                    code: ProblemCode::ChangeBarred,
                },
                _ => ActivityOutcome::Done,
            },
            ..blank(backend, organisation, correlation_id)
        };
        put(backend, transaction, &record)?;
    }
    Ok(())
}

/// Reviewers are the DCC's.
fn organisation_of(record: &SubmissionRecord, by_reviewer: bool) -> OrganisationId {
    let dcc = OrganisationId::parse(OrganisationId::DCC).ok();
    dcc.filter(|_| by_reviewer)
        .unwrap_or_else(|| record.organisation.clone())
}

fn blank(
    backend: &Backend,
    organisation: &OrganisationId,
    correlation_id: Option<CorrelationId>,
) -> ActivityRecord {
    ActivityRecord {
        at: backend.now(),
        recorder: Recorder::Intake,
        organisation: organisation.clone(),
        person: None,
        person_organisation: None,
        roles: Vec::new(),
        scopes: Vec::new(),
        act: Act::ChangeElse,
        about: Vec::new(),
        outcome: ActivityOutcome::Done,
        address: None,
        correlation_id,
    }
}

fn put(
    backend: &Backend,
    transaction: &mut Transaction,
    record: &ActivityRecord,
) -> Result<(), IntakeError> {
    let mut key = [0; 8];
    (backend.ports.random)(&mut key);
    Ok(backend
        .activity
        .put_with(transaction, record, RecordKey(key))?)
}
