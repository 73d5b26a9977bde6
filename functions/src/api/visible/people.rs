use serde::de::DeserializeOwned;
use sluice_shared::{
    activity::About,
    directory::{
        AnswerStatement, CertificateIdentity, ChangeRecord, ChangeStatement, DirectoryChange,
        Machine,
    },
    finding::SignatureDefect,
    identifiers::{ChangeRequestId, CorrelationId, OrganisationId},
};

use super::{super::signed_form::wrong_form, VisibleTo};
use crate::{
    changing::{
        StatementNotCounted, VerifiedChange, digest_of, read_for_change, verify_answer,
        verify_change,
    },
    error::{ApiError, Refusal},
    stores::{Asked, OrganisationRecord, StoreError, TakenAnswer, TakenRequest, Visited},
};

impl VisibleTo<'_> {
    /// An organisation that the caller sees, with its people.
    pub(crate) async fn organisation_record(
        &self,
        id: &OrganisationId,
    ) -> Result<OrganisationRecord, ApiError> {
        let record = if self.asker.sees(id) {
            self.noted.organisation(id);
            self.backend.directory.organisation_record(id).await?
        } else {
            None
        };
        record.ok_or_else(|| Refusal::NotFound("organisation").into())
    }

    /// The changes that were asked for in an organisation that the caller sees, the latest first.
    pub(crate) async fn directory_changes(
        &self,
        id: &OrganisationId,
    ) -> Result<Vec<ChangeRecord>, ApiError> {
        if self.asker.sees(id) {
            Ok(self.backend.directory.changes(id).await?)
        } else {
            Ok(Vec::new())
        }
    }

    /// The systems of an organisation that the caller sees.
    pub(crate) async fn machines(&self, id: &OrganisationId) -> Result<Vec<Machine>, ApiError> {
        if self.asker.sees(id) {
            Ok(self.backend.directory.machines(id).await?)
        } else {
            Ok(Vec::new())
        }
    }

    /// On which day each of an organisation's people was here last, if the caller sees it.
    pub(crate) async fn visits_to(&self, id: &OrganisationId) -> Result<Visited, ApiError> {
        if self.asker.sees(id) {
            Ok(self.backend.visits.of_organisation(id).await?)
        } else {
            Ok(Visited::default())
        }
    }

    /// A change in an organisation that the caller sees, once `intake` has taken it up.
    pub(crate) async fn change(
        &self,
        organisation: &OrganisationId,
        id: ChangeRequestId,
    ) -> Result<Option<ChangeRecord>, ApiError> {
        if self.asker.sees(organisation) {
            self.noted.organisation(organisation);
            Ok(self.backend.directory.change(organisation, id).await?)
        } else {
            Ok(None)
        }
    }

    /// Whether this very request was taken up before, so that the rule need not be asked: by now it may say that nothing would change.
    ///
    /// # Errors
    /// Also where something else was taken up under its reference.
    pub(crate) async fn was_taken_up(
        &self,
        organisation: &OrganisationId,
        id: ChangeRequestId,
        signed: &[u8],
    ) -> Result<bool, ApiError> {
        match self.change(organisation, id).await? {
            None => Ok(false),
            Some(change) if change.signed == Some(digest_of(signed)) => Ok(true),
            Some(_) => Err(not_counted(StatementNotCounted::ReferenceUsed)),
        }
    }

    /// What waits for a second DCC administrator.
    pub(crate) async fn changes_to_approve(&self) -> Result<Vec<ChangeRecord>, ApiError> {
        let waiting = self.backend.directory.changes_to_approve().await?;
        let mut seen = waiting;
        seen.retain(|change| self.asker.sees(&change.organisation));
        for change in &seen {
            self.noted.organisation(&change.organisation);
        }
        Ok(seen)
    }

    /// Whether the rule lets the caller ask for a change, so that they are told at once. `intake` asks it again.
    pub(crate) async fn permits(
        &self,
        id: &OrganisationId,
        change: &DirectoryChange,
        signed_with: Option<&CertificateIdentity>,
    ) -> Result<(), ApiError> {
        self.noted.organisation(id);
        let read = read_for_change(self.backend, self.person()?, id, change).await?;
        let permitted = read.permit(self.backend, self.person()?, (change, signed_with));
        permitted
            .map(drop)
            .map_err(|bar| Refusal::ChangeBarred(bar).into())
    }

    /// A change that the caller asks for, signed.
    pub(crate) fn verified_change(&self, signed: &[u8]) -> Result<VerifiedChange, ApiError> {
        verify_change(self.backend, self.person()?, signed)
            .map_err(|why| not_verified::<ChangeStatement>("change", signed, why))
    }

    /// The caller's signed answer to a change.
    pub(crate) fn verified_answer(&self, signed: &[u8]) -> Result<AnswerStatement, ApiError> {
        verify_answer(self.backend, self.person()?, signed)
            .map_err(|why| not_verified::<AnswerStatement>("answer", signed, why))
    }

    /// A reference that nobody has.
    pub(crate) fn new_change_reference(&self) -> ChangeRequestId {
        let mut bytes = [0; 10];
        (self.backend.ports.random)(&mut bytes);
        ChangeRequestId::from_random(bytes)
    }

    /// Puts down what the caller asks for, and tells `intake`. The same again is harmless.
    pub(crate) async fn take_request(
        &self,
        organisation: &OrganisationId,
        id: ChangeRequestId,
        asked: Asked,
        correlation_id: CorrelationId,
    ) -> Result<(), ApiError> {
        self.noted.organisation(organisation);
        self.noted.about(About::Change(id));
        let taken = TakenRequest {
            by: self.asker.id().clone(),
            correlation_id: Some(correlation_id),
            asked,
        };
        let entrance = self.asker.entrance();
        let requests = &self.backend.requests;
        match requests.ask(entrance, organisation, id, &taken).await {
            // Also by this very request, whose answer was lost: telling may have failed.
            Ok(()) => {}
            Err(StoreError::Conflict(_)) => {
                return Err(not_counted(StatementNotCounted::ReferenceUsed));
            }
            Err(error) => return Err(error.into()),
        }
        let queue = &self.backend.requests_queue;
        queue
            .change_asked(organisation, (id, entrance), Some(correlation_id))
            .await?;
        Ok(())
    }

    /// Puts down the caller's answer to a change, and tells `intake`.
    pub(crate) async fn take_answer(
        &self,
        organisation: &OrganisationId,
        id: ChangeRequestId,
        signed: Vec<u8>,
        correlation_id: CorrelationId,
    ) -> Result<(), ApiError> {
        let taken = TakenAnswer {
            by: self.asker.id().clone(),
            correlation_id: Some(correlation_id),
            signed,
        };
        let answer = self.new_change_reference();
        let requests = &self.backend.requests;
        requests.answer(organisation, (id, answer), &taken).await?;
        let queue = &self.backend.requests_queue;
        queue
            .change_answered(organisation, id, answer, Some(correlation_id))
            .await?;
        Ok(())
    }
}

/// Why something signed does not count; where it cannot be read, what of it.
fn not_verified<T: DeserializeOwned>(
    named: &str,
    signed: &[u8],
    why: StatementNotCounted,
) -> ApiError {
    match why {
        StatementNotCounted::Signature(
            SignatureDefect::NotCms(_) | SignatureDefect::ContentMissing,
        ) => wrong_form::<T>(named, signed).into(),
        why => not_counted(why),
    }
}

fn not_counted(why: StatementNotCounted) -> ApiError {
    match why {
        StatementNotCounted::Trust(fault) => ApiError::Unavailable(fault.to_string()),
        why => Refusal::StatementNotCounted(why.to_string()).into(),
    }
}
