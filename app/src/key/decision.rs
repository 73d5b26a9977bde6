//! Signing a reviewer's decision with the key in this browser.

use std::future::Future;
use std::pin::Pin;

use sluice_shared::review::DecisionStatement;

use super::{KeyError, KeyState, sign, state};
use crate::parts::{self, NotLoaded};

/// Signs a decision of `person`: CMS in DER with the statement inside.
pub async fn sign_decision(
    person: String,
    statement: DecisionStatement,
) -> Result<Vec<u8>, KeyError> {
    match parts::decision().await {
        Ok(sign) => sign(person, statement).await,
        Err(NotLoaded) => Err(KeyError::NoWayToSign),
    }
}

/// For the door of its part alone.
pub(crate) fn sign_decision_here(
    person: String,
    statement: DecisionStatement,
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
