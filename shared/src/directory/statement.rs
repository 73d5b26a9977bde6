//! What DCC administrators sign: that they ask for a change of the directory, and that they approve or refuse another's. Nobody but the holders of
//! their keys changes the directory as the DCC, whoever runs the service that carries it.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use time::Duration;

use super::{CertificateBar, DirectoryChange, Person, PersonRole, SignerSubject};
use crate::finding::SignatureDefect;
use crate::identifiers::{ChangeReason, ChangeRequestId, FileDigest, OrganisationId};
use crate::instant::UtcTime;
use crate::profile::PeopleRules;
use crate::signature::{
    Certificate, SignatureFault, SignedJson, UnsignedJson, VerificationContext, VerifiedSignature,
    verify,
};

/// That a change is asked for. JSON inside the asker's signature (`.p7m`); `openssl cms -verify` opens it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChangeStatement {
    /// The reference of the request, which whoever asks makes up: it counts once.
    pub request: ChangeRequestId,
    /// The organisation in which something changes.
    pub organisation: OrganisationId,
    /// What.
    pub change: DirectoryChange,
    /// Why.
    pub reason: ChangeReason,
    /// When.
    pub asked_at: UtcTime,
}

/// What a second administrator says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ChangeAnswer {
    /// Make it.
    Approve,
    /// Do not.
    Refuse,
}

/// That a change is approved or refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AnswerStatement {
    /// The request.
    pub request: ChangeRequestId,
    /// SHA-256 of the signed request, so that nothing else is approved than what was asked for.
    pub request_digest: FileDigest,
    /// What is said to it.
    pub answer: ChangeAnswer,
    /// Why.
    pub reason: ChangeReason,
    /// When.
    pub answered_at: UtcTime,
}

/// Something that a DCC administrator signs.
pub trait AdministratorsStatement: Serialize + DeserializeOwned {
    /// When it was said.
    fn said_at(&self) -> UtcTime;

    /// The statement, ready to be signed with the key of this certificate.
    fn unsigned(&self, certificate: &Certificate) -> UnsignedJson {
        UnsignedJson::new(self, certificate, self.said_at())
    }
}

impl AdministratorsStatement for ChangeStatement {
    fn said_at(&self) -> UtcTime {
        self.asked_at
    }
}

impl AdministratorsStatement for AnswerStatement {
    fn said_at(&self) -> UtcTime {
        self.answered_at
    }
}

/// Why a statement does not count. Each is a sentence after "it does not count:".
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StatementFault {
    /// The person signs nothing as a DCC administrator.
    #[error(
        "whoever signed it is not registered to sign this; a DCC administrator has to register the name in the certificates"
    )]
    NoSigner,
    /// Somebody else signed it.
    #[error(
        "it was signed as “{found}”, and whoever sent it is registered to sign as “{registered}”"
    )]
    OtherSigner {
        /// Whom the certificate names.
        found: String,
        /// Whom it has to name.
        registered: String,
    },
    /// The certificate does not count for them.
    #[error(transparent)]
    Certificate(#[from] CertificateBar),
    /// The signature says another time than the statement.
    #[error("it says another time than its signature; sign it when you make it")]
    SignedAtAnotherTime,
    /// Its time has not come.
    #[error("it was made {}, which is later than now; set the computer's clock and sign again", .0.in_words())]
    Ahead(UtcTime),
    /// It was made too long ago.
    #[error("it was made {}, which is too long ago; ask again", .0.in_words())]
    TooOld(UtcTime),
}

/// A signed statement, parsed: what it says is nobody's word before [`SignedStatement::verify`] and [`SignedStatement::check`].
#[derive(Debug)]
pub struct SignedStatement<T>(SignedJson<T>);

impl<T: AdministratorsStatement> SignedStatement<T> {
    /// Parses a CMS signature with a statement inside.
    ///
    /// # Errors
    /// It is none.
    pub fn parse(bytes: &[u8]) -> Result<Self, SignatureDefect> {
        SignedJson::parse(bytes).map(Self)
    }

    /// What it says.
    pub const fn statement(&self) -> &T {
        &self.0.value
    }

    /// The statement itself, once it was verified and checked.
    pub fn into_statement(self) -> T {
        self.0.value
    }

    /// Who signed it, by a certificate that counts.
    ///
    /// # Errors
    /// The signature does not hold, or the service's own trust data are at fault.
    pub fn verify(
        &self,
        context: &VerificationContext<'_>,
    ) -> Result<VerifiedSignature, SignatureFault> {
        verify(context, &self.0.signature, &self.0.digests)
    }

    /// Holds what a DCC administrator said to whom it is said to be by, and to the time. Clocks may differ by `ahead`.
    ///
    /// # Errors
    /// It does not count, and why.
    pub fn check(
        &self,
        signature: &VerifiedSignature,
        person: &Person,
        times: (UtcTime, Duration),
        rules: &PeopleRules,
    ) -> Result<(), StatementFault> {
        is_named(signature, person.administering_subject())?;
        person.certificates.check(signature.certificate.sha256())?;
        self.check_times(signature, (times.0, times.1, times.1), rules)
    }

    /// Holds a statement to a person who signs anything at all, by a certificate that they may not have registered yet: that they have its key.
    ///
    /// # Errors
    /// It does not count, and why.
    pub fn check_possession(
        &self,
        signature: &VerifiedSignature,
        person: &Person,
        times: (UtcTime, Duration),
        rules: &PeopleRules,
    ) -> Result<(), StatementFault> {
        let subject = person.signer_subject.as_deref();
        let signs = person.roles_that_count().any(PersonRole::signs);
        is_named(signature, subject.filter(|_| signs))?;
        // A key that is on a smart card or in another room signs later than the page asks.
        let longest = Duration::hours(i64::from(rules.statement_hours));
        self.check_times(signature, (times.0, times.1, longest), rules)
    }

    fn check_times(
        &self,
        signature: &VerifiedSignature,
        (now, ahead, signed_later): (UtcTime, Duration, Duration),
        rules: &PeopleRules,
    ) -> Result<(), StatementFault> {
        let said = self.statement().said_at();
        let later = signature.signing_time.since(said);
        if later > signed_later || -later > ahead {
            return Err(StatementFault::SignedAtAnotherTime);
        }
        if said.since(now) > ahead {
            return Err(StatementFault::Ahead(said));
        }
        if now.since(said) > Duration::hours(i64::from(rules.statement_hours)) {
            return Err(StatementFault::TooOld(said));
        }
        Ok(())
    }
}

fn is_named(signature: &VerifiedSignature, registered: Option<&str>) -> Result<(), StatementFault> {
    let registered = registered.ok_or(StatementFault::NoSigner)?;
    let is_registered = SignerSubject::parse(signature.subject.as_str())
        .is_ok_and(|subject| subject.is_registered_as(registered));
    if is_registered {
        Ok(())
    } else {
        Err(StatementFault::OtherSigner {
            found: signature.subject.to_string(),
            registered: registered.to_owned(),
        })
    }
}
