//! What was declared before the story begins: two accepted statements of the supplier, one of the network operator.

use sha2::{Digest, Sha256};
use sluice_functions::stores::{Accepted, SignedForm, StoreError, SubmissionRecord, Transaction};
use sluice_functions::{Backend, receipt_of};
use sluice_shared::api::{FileEffect, FindingsSummary, PersonRef, SignerView};
use sluice_shared::files::FileKind;
use sluice_shared::identifiers::{FileDigest, FileName, ReviewMessage, SubmissionId};
use sluice_shared::instant::UtcTime;
use sluice_shared::review::{ReviewAnswer, ReviewQuestion};
use sluice_shared::risk::{AdtCase, RaiseAccount};
use sluice_shared::signature::ReceiptOutcome;
use sluice_shared::submission::{Decision, ReviewDecision, ReviewReason, SubmissionState};
use sluice_shared::thresholds::{Comparison, Statement, StatementOrigin, compare};
use sluice_shared::verdict::StatementChange;
use time::Duration;

use super::directory::{organisation_id, person_id, user_ids};
use super::files;
use super::people::{Organisation, Person};
use super::thresholds::{Edition, statement};

/// One accepted file.
struct Chapter {
    organisation: Organisation,
    edition: Edition,
    days_ago: i64,
    signer: &'static str,
    uploader: &'static str,
    /// Fixed, so that a start that was cut off does not make it twice.
    reference: [u8; 10],
}

const CHAPTERS: [Chapter; 3] = [
    Chapter {
        organisation: Organisation::LargeSupplier,
        edition: Edition::First,
        days_ago: 90,
        signer: "supplier-aro-1",
        uploader: "supplier-aro-1",
        reference: *b"\x31\x07first-IS",
    },
    Chapter {
        organisation: Organisation::NetworkOperator,
        edition: Edition::First,
        days_ago: 60,
        signer: "network-aro-1",
        uploader: "network-submitter",
        reference: *b"\x5a\x19first-ED",
    },
    Chapter {
        organisation: Organisation::LargeSupplier,
        edition: Edition::Second,
        days_ago: 21,
        signer: "supplier-aro-2",
        uploader: "supplier-submitter",
        reference: *b"\x7c\x23secondIS",
    },
];

pub(super) async fn seed(backend: &Backend, began: UtcTime) -> Result<(), StoreError> {
    for chapter in &CHAPTERS {
        chapter.tell(backend, began).await?;
    }
    Ok(())
}

impl Chapter {
    async fn tell(&self, backend: &Backend, began: UtcTime) -> Result<(), StoreError> {
        let accepted_at = began.plus(-Duration::days(self.days_ago));
        let statements = statements(self.organisation, self.edition, began);
        let factor = backend.settings.profile.risk.max_increase_factor;
        let mut comparisons = Vec::new();
        for statement in &statements {
            comparisons.push(
                self.declare(backend, statement, accepted_at, factor)
                    .await?,
            );
        }
        let file = files::adt(&statements, accepted_at);
        let mut record = self.record(&file, &comparisons, accepted_at);
        record.receipt = give_receipt(backend, &record, accepted_at).await?;
        let mut transaction = Transaction::new("seed a submission");
        let submissions = &backend.submissions;
        submissions.create(&mut transaction, &record, None)?;
        match transaction.commit().await {
            Ok(()) | Err(StoreError::Conflict(_)) => {}
            Err(error) => return Err(error),
        }
        self.ask(backend, &record, accepted_at).await
    }

    /// Of the supplier's first statement its reviewer asked something, which was answered.
    async fn ask(
        &self,
        backend: &Backend,
        record: &SubmissionRecord,
        accepted_at: UtcTime,
    ) -> Result<(), StoreError> {
        let is_first =
            (self.organisation, self.edition) == (Organisation::LargeSupplier, Edition::First);
        let said = |text| ReviewMessage::parse(text).expect("long enough");
        if !is_first {
            return Ok(());
        }
        let question = ReviewQuestion {
            number: 0,
            asker: reference_to(person("reviewer-1")),
            asked_at: accepted_at.plus(-Duration::minutes(4)),
            text: said("Which forecast are these thresholds made from?"),
            answer: None,
        };
        let answer = ReviewAnswer {
            by: reference_to(person("supplier-aro-2")),
            answered_at: accepted_at.plus(-Duration::minutes(2)),
            text: said("The forecast of the joining file, with a fifth added for each service."),
        };
        let reviewing = &backend.reviewing;
        match reviewing.ask(record, &question).await {
            Ok(()) | Err(StoreError::Conflict(_)) => {}
            Err(error) => return Err(error),
        }
        reviewing.answer(record, 0, &answer).await.map(drop)
    }

    /// Puts one User ID's statement in force, unless it is. Gives what it changed.
    async fn declare(
        &self,
        backend: &Backend,
        statement: &Statement,
        accepted_at: UtcTime,
        factor: u64,
    ) -> Result<Comparison, StoreError> {
        let organisation = organisation_id(self.organisation);
        let current = backend
            .thresholds
            .current(&organisation, statement.user_id)
            .await?;
        let before = current.as_ref().map(|current| &current.thresholds);
        let changes = compare(before, statement, accepted_at, factor);
        let nothing = RaiseAccount::default();
        let case = AdtCase {
            comparison: &changes,
            current: before,
            account: current.as_ref().map_or(&nothing, |known| &known.raises),
        };
        let after = |reviewed| {
            let rules = &backend.settings.profile.risk;
            RaiseAccount::after(&case, reviewed, accepted_at, rules)
        };
        let change = StatementChange {
            statement: statement.clone(),
            changes: changes.clone(),
            current: before.cloned(),
            replaces: current.as_ref().map(|known| known.version),
            raises: after(false),
            raises_reviewed: after(true),
        };
        // Not newer: a start that was cut off told this chapter already.
        let Ok(in_force) = change.in_force(&self.origin(accepted_at)) else {
            return Ok(changes);
        };
        let mut transaction = Transaction::new("seed thresholds");
        let accepted = Accepted {
            replaces: in_force.replaces,
            thresholds: &in_force.thresholds,
            raises: &in_force.raises,
            entry: &in_force.entry,
        };
        backend
            .thresholds
            .accept(&mut transaction, &organisation, &accepted)?;
        transaction.commit().await?;
        Ok(changes)
    }

    fn origin(&self, accepted_at: UtcTime) -> StatementOrigin {
        StatementOrigin {
            submission: SubmissionId::from_random(self.reference),
            signed_at: accepted_at.plus(-Duration::minutes(7)),
            accepted_at,
            signer: person_id(person(self.signer)),
            uploader: person_id(person(self.uploader)),
            reviewer: self.review(accepted_at).map(|review| review.reviewer),
        }
    }

    /// A User ID's first statement is always looked at.
    fn review(&self, accepted_at: UtcTime) -> Option<ReviewDecision> {
        (self.edition == Edition::First).then(|| ReviewDecision {
            reviewer: person_id(person("reviewer-1")),
            decision: Decision::Accept,
            reason: ReviewReason::parse(
                "First statement, agrees with the forecast of the joining file.",
            )
            .expect("long enough"),
            decided_at: accepted_at,
            // The evidence of so long ago is not kept here.
            verdict: FileDigest::new(Sha256::digest(self.reference).into()),
        })
    }

    fn record(
        &self,
        file: &str,
        comparisons: &[Comparison],
        accepted_at: UtcTime,
    ) -> SubmissionRecord {
        let day = accepted_at
            .to_string()
            .chars()
            .take(10)
            .filter(char::is_ascii_digit)
            .collect::<String>();
        let file_name = format!("ADT_{}_{day}.csv", self.organisation.id());
        let signer = person(self.signer);
        let digest = |bytes: &[u8]| FileDigest::new(Sha256::digest(bytes).into());
        let review = self.review(accepted_at);
        let received_at = accepted_at.plus(-Duration::minutes(5));
        SubmissionRecord {
            id: SubmissionId::from_random(self.reference),
            organisation: organisation_id(self.organisation),
            organisation_name: self.organisation.name().to_owned(),
            kind: FileKind::Adt,
            file_name: FileName::parse(&file_name).expect("letters, digits and a dot"),
            length: file.len() as u64,
            sha256: digest(file.as_bytes()),
            form: SignedForm::Detached {
                signature: digest(&self.reference),
            },
            service_request: None,
            replaces: None,
            replaced_by: None,
            uploader: reference_to(person(self.uploader)),
            started_by: None,
            also_asked: Vec::new(),
            checked_at: Some(received_at),
            started_at: accepted_at.plus(-Duration::minutes(6)),
            reviewer: review.as_ref().map(|_| reference_to(person("reviewer-1"))),
            state: SubmissionState::Accepted {
                received_at,
                decided_at: accepted_at,
                rules: Vec::new(),
                review,
                void: Vec::new(),
            },
            version: 1,
            object_version: None,
            signer: Some(reference_to(signer)),
            signature: Some(SignerView {
                subject: signer.signer_subject().unwrap_or_default(),
                certificate_sha256: digest(signer.id.as_bytes()),
                signing_time: accepted_at.plus(-Duration::minutes(7)),
            }),
            findings: FindingsSummary::default(),
            effect: Some(FileEffect::of_adt(
                file.lines().count().saturating_sub(1) as u64,
                comparisons,
            )),
            decision_signature: None,
            decisions_dropped: 0,
            receipt: false,
            recording_since: None,
            check_only: false,
            judged: None,
            stopped: None,
            correlation_id: None,
        }
    }
}

/// Signs the receipt and keeps it, unless a start that was cut off did. False: the functions have no key for receipts.
async fn give_receipt(
    backend: &Backend,
    record: &SubmissionRecord,
    accepted_at: UtcTime,
) -> Result<bool, StoreError> {
    let Some(key) = &backend.receipts else {
        return Ok(false);
    };
    let Some(receipt) = receipt_of(record, ReceiptOutcome::Accepted, accepted_at) else {
        return Ok(false);
    };
    let Ok(signed) = key.sign(&receipt, backend.now()).await else {
        return Ok(false);
    };
    let mut transaction = Transaction::new("seed a receipt");
    backend
        .submissions
        .put_receipt(&mut transaction, record, &signed);
    match transaction.commit().await {
        Ok(()) | Err(StoreError::Conflict(_)) => Ok(true),
        Err(error) => Err(error),
    }
}

/// The statements of all User IDs of an organisation.
pub(super) fn statements(
    organisation: Organisation,
    edition: Edition,
    began: UtcTime,
) -> Vec<Statement> {
    user_ids(organisation)
        .iter()
        .map(|user| statement(user, edition, began))
        .collect()
}

fn person(id: &str) -> &'static Person {
    Person::find(id).expect("someone of the demo")
}

fn reference_to(person: &Person) -> PersonRef {
    PersonRef {
        id: person_id(person),
        name: person.name.to_owned(),
    }
}
