//! Whether whoever is signed in is still registered: people are removed while a page of theirs is open.

use super::{Phase, Session};
use crate::{
    api::{Api, calls},
    browser,
};
use leptos::prelude::*;
use sluice_shared::api::ProblemCode;

/// The pause between two questions, in milliseconds: a removed person is out within a minute, also where they only look.
const PAUSE: u32 = 40_000;

/// Asks again and again, for as long as somebody is signed in. Where there is no answer, the next question may have one.
pub(super) async fn watch(session: Session) {
    loop {
        browser::sleep(PAUSE).await;
        if session.phase.get_untracked() != Phase::In {
            return;
        }
        // What costs the service least of all that it answers to whoever is registered, and to nobody else.
        let asked = Api::new(session).buffer(calls::profile()).await;
        if let Err(error) = asked
            && error.code() == Some(ProblemCode::NotRegistered)
        {
            session.removed(error);
            return;
        }
    }
}
