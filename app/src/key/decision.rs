//! Signing what DCC staff say, with the key in this browser: reviewers' decisions, and what administrators ask of the directory.

use std::future::Future;
use std::pin::Pin;

use sluice_shared::directory::{AdministratorsStatement, AnswerStatement, ChangeStatement};
use sluice_shared::review::DecisionStatement;
use sluice_shared::signature::{Certificate, UnsignedJson};

use super::{KeyError, KeyState, sign, state};
use crate::parts::{self, NotLoaded};

/// What is signed.
#[derive(Clone, Debug)]
pub enum Statement {
    /// A reviewer's decision.
    Decision(DecisionStatement),
    /// A change that a DCC administrator asks for.
    Change(ChangeStatement),
    /// What a DCC administrator answers to another one's.
    Answer(AnswerStatement),
}

impl Statement {
    fn unsigned(&self, certificate: &Certificate) -> UnsignedJson {
        match self {
            Self::Decision(statement) => statement.unsigned(certificate),
            Self::Change(statement) => statement.unsigned(certificate),
            Self::Answer(statement) => statement.unsigned(certificate),
        }
    }
}

/// Signs what `person` says: CMS in DER with the statement inside.
pub async fn sign_statement(person: String, statement: Statement) -> Result<Vec<u8>, KeyError> {
    match parts::decision().await {
        Ok(sign) => sign(person, statement).await,
        Err(NotLoaded) => Err(KeyError::NoWayToSign),
    }
}

/// For the door of its part alone.
pub(crate) fn sign_statement_here(
    person: String,
    statement: Statement,
) -> Pin<Box<dyn Future<Output = Result<Vec<u8>, KeyError>>>> {
    Box::pin(async move {
        let KeyState::Installed(key) = state(&person).await? else {
            return Err(KeyError::NothingToSignWith);
        };
        let [own, above @ ..] = key.certificates() else {
            return Err(KeyError::NothingToSignWith);
        };
        let unsigned = statement.unsigned(own);
        let value = sign(&key, &unsigned.to_be_signed()).await?;
        Ok(unsigned.assemble(above, &value)?)
    })
}
