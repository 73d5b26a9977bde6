//! The reasons that a reviewer has typed and not sent, while this tab is signed in: in memory alone, since they may quote what is in a file.

use crate::session::Session;
use leptos::prelude::*;
use sluice_shared::{identifiers::SubmissionId, submission::Decision};
use std::collections::BTreeMap;

/// What was typed about a submission, and for which decision.
#[derive(Clone, Debug)]
pub(super) struct Typed {
    pub(super) reason: String,
    pub(super) wanted: Decision,
}

/// What whoever is signed in has typed. Cheap to copy; lives as long as the page, and forgets all when that is somebody else, or nobody.
#[derive(Clone, Copy)]
pub(crate) struct TypedReasons(StoredValue<BTreeMap<SubmissionId, Typed>>);

impl TypedReasons {
    /// To be made once, outside the pages: what one of them made would go with it.
    pub(crate) fn follow(session: Session) -> Self {
        let all = StoredValue::new(BTreeMap::new());
        let person = Memo::new(move |_| session.me().map(|me| me.person.id));
        Effect::watch(
            move || person.get(),
            move |_, _, _| all.set_value(BTreeMap::new()),
            false,
        );
        Self(all)
    }

    pub(super) fn about(self, submission: SubmissionId) -> Option<Typed> {
        self.0.with_value(|all| all.get(&submission).cloned())
    }

    /// Keeps what is typed; nothing of what was taken out again.
    pub(super) fn keep(self, submission: SubmissionId, typed: Typed) {
        if typed.reason.is_empty() {
            return self.forget(submission);
        }
        self.0
            .update_value(|all| drop(all.insert(submission, typed)));
    }

    /// For a submission that is decided.
    pub(super) fn forget(self, submission: SubmissionId) {
        self.0.update_value(|all| drop(all.remove(&submission)));
    }
}
