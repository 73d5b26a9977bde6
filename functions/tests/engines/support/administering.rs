//! What administrators ask of the directory, and what comes of it.

use http::{Method, StatusCode};
use serde::Serialize;
use serde_json::{Value, json};
use sluice_local::demo::people::{Organisation, Part, Person};
use sluice_shared::api::{Base64Bytes, SignedRequest};
use sluice_shared::directory::{self, AnswerStatement, ChangeAnswer, ChangeStatement, Entrance};
use sluice_shared::identifiers::{ChangeReason, ChangeRequestId, FileDigest};
use sluice_testing::Client;

use super::{Signer, World};

/// Somebody whom the sign-in knows, and the directory does not.
pub(crate) const NEWCOMER: Person = Person {
    id: "supplier-newcomer",
    name: "Supplier newcomer",
    organisation: Organisation::LargeSupplier,
    part: Part::Newcomer,
};

pub(crate) fn change_reason(text: &str) -> ChangeReason {
    ChangeReason::parse(text).unwrap()
}

/// A statement in a signature.
pub(crate) fn signed_as_json(
    signer: &Signer,
    statement: &impl Serialize,
    at: sluice_shared::instant::UtcTime,
) -> SignedRequest {
    let json = serde_json::to_vec(statement).unwrap();
    SignedRequest {
        signed: Base64Bytes(signer.sign_enveloping(json, at).unwrap()),
    }
}

impl World {
    /// A reference of a change that nobody has.
    pub(crate) fn change_reference(&self) -> ChangeRequestId {
        let mut bytes = [0; 10];
        (self.backend.ports.random)(&mut bytes);
        ChangeRequestId::from_random(bytes)
    }

    /// As an organisation's administrator asks; the answer.
    pub(crate) async fn ask(
        &self,
        person: &str,
        organisation: &str,
        change: &Value,
    ) -> (StatusCode, Value) {
        let path = format!("/organisations/{organisation}/changes");
        let body = json!({ "change": change, "reason": "As agreed." });
        self.call(Method::POST, person, &path, &[], Some(&body))
            .await
    }

    /// What a DCC administrator asks for, ready to be signed.
    pub(crate) fn change_statement(&self, organisation: &str, change: &Value) -> ChangeStatement {
        ChangeStatement {
            request: self.change_reference(),
            organisation: organisation.parse().unwrap(),
            change: serde_json::from_value(change.clone()).unwrap(),
            reason: change_reason("As agreed."),
            asked_at: self.now(),
        }
    }

    /// As a DCC administrator asks, signed; the answer.
    pub(crate) async fn ask_signed(
        &self,
        person: &str,
        organisation: &str,
        change: &Value,
    ) -> (StatusCode, Value) {
        let statement = self.change_statement(organisation, change);
        let body = signed_as_json(&self.signer(person), &statement, statement.asked_at);
        let path = format!("/organisations/{organisation}/signed-changes");
        let body = serde_json::to_value(body).unwrap();
        self.call(Method::POST, person, &path, &[], Some(&body))
            .await
    }

    /// A second administrator's answer to a change, signed.
    pub(crate) fn answer_statement(
        &self,
        request: ChangeRequestId,
        signed: &str,
        answer: ChangeAnswer,
    ) -> AnswerStatement {
        AnswerStatement {
            request,
            request_digest: signed.parse::<FileDigest>().unwrap(),
            answer,
            reason: change_reason("Seen and agreed."),
            answered_at: self.now(),
        }
    }

    /// Answers to a change as a DCC administrator, signed by `signer`; the answer.
    pub(crate) async fn answer(
        &self,
        person: &str,
        change: &Value,
        answer: ChangeAnswer,
    ) -> (StatusCode, Value) {
        let request = change["request"].as_str().unwrap();
        let signed = change["signed"].as_str().unwrap();
        let statement = self.answer_statement(request.parse().unwrap(), signed, answer);
        let signs = Person::find(person).unwrap().signer_subject().is_some();
        let key = self.signer(if signs { person } else { "dcc-admin-2" });
        let body =
            serde_json::to_value(signed_as_json(&key, &statement, statement.answered_at)).unwrap();
        let organisation = change["organisation"].as_str().unwrap();
        let path = format!("/organisations/{organisation}/changes/{request}/answer");
        self.call(Method::POST, person, &path, &[], Some(&body))
            .await
    }

    /// The change that was asked for last in an organisation, as `person` sees it.
    pub(crate) async fn last_change(&self, person: &str, organisation: &str) -> Value {
        let people = self.people(person, organisation).await;
        let mut changes = people["changes"].as_array().unwrap().clone();
        changes.sort_by_key(|change| change["askedAt"].as_str().unwrap().to_owned());
        changes.pop().unwrap()
    }

    pub(crate) async fn people(&self, person: &str, organisation: &str) -> Value {
        self.get_json(person, &format!("/organisations/{organisation}/people"))
            .await
    }

    /// The API as somebody asks it who signed in.
    pub(crate) fn client_of(&self, person: &Person) -> Client {
        let token = self.stack.identity().access_token(person, 600);
        Client::in_process(self.router(), token).at(Entrance::Users)
    }

    /// Somebody as the directory knows them.
    pub(crate) async fn registered(&self, person: &str) -> Option<directory::Person> {
        self.backend
            .directory
            .person(&person.parse().unwrap())
            .await
            .unwrap()
    }
}
