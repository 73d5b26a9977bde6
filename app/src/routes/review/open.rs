//! One submission that a reviewer has open.

use super::{
    aside::{self, Aside},
    reasons::{self, Typed},
};
use crate::{
    api::{Api, ApiError, calls},
    components::Remote,
    session::use_session,
};
use leptos::prelude::*;
use sluice_shared::{
    api::{ReviewEvidence, SubmissionDetail},
    identifiers::SubmissionId,
    submission::Decision,
};

/// The id of the field for the reason.
pub(super) const REASON: &str = "reason";

/// What the parts of the page share. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Open {
    pub(super) reference: SubmissionId,
    /// What is on the screen: a decision is about this, whatever the service has meanwhile.
    pub(super) shown: RwSignal<Remote<ReviewEvidence>>,
    /// What the service has meanwhile, where that is something else.
    pub(super) newer: RwSignal<Option<ReviewEvidence>>,
    /// What is different on the screen from what was there before.
    pub(super) changed: RwSignal<Vec<String>>,
    /// The reason as typed: it stays when the evidence changes.
    pub(super) reason: RwSignal<String>,
    /// What that reason is for.
    pub(super) wanted: RwSignal<Decision>,
    /// What was typed as the reason for the other decision.
    otherwise: RwSignal<String>,
    pub(super) decided: RwSignal<Option<Decided>>,
    /// What goes on around it, as it is now.
    pub(super) aside: RwSignal<Option<Aside>>,
    /// What is new of that.
    pub(super) news: RwSignal<Vec<String>>,
}

/// What was decided, and what draws it: that comes with the form.
pub(super) struct Decided {
    pub(super) detail: SubmissionDetail,
    pub(super) draw: fn(&SubmissionDetail, Open) -> AnyView,
}

impl Open {
    pub(super) fn new(reference: SubmissionId) -> Self {
        let me = use_session().me();
        let person = me.map(|me| me.person.id.to_string()).unwrap_or_default();
        let before = reasons::about(&person, reference).unwrap_or(Typed {
            reason: String::new(),
            wanted: Decision::Accept,
            otherwise: String::new(),
        });
        let (reason, wanted) = (RwSignal::new(before.reason), RwSignal::new(before.wanted));
        let otherwise = RwSignal::new(before.otherwise);
        Effect::watch(
            move || Typed {
                reason: reason.get(),
                wanted: wanted.get(),
                otherwise: otherwise.get(),
            },
            move |now, _, _| reasons::keep(&person, reference, now),
            false,
        );
        Self {
            reference,
            shown: RwSignal::new(Remote::Loading),
            newer: RwSignal::new(None),
            changed: RwSignal::new(Vec::new()),
            reason,
            wanted,
            otherwise,
            decided: RwSignal::new(None),
            aside: RwSignal::new(None),
            news: RwSignal::new(Vec::new()),
        }
    }

    /// As if the page had just been opened: for what waits again after a decision.
    pub(super) fn begin_again(self, api: Api) {
        self.shown.set(Remote::Loading);
        self.newer.set(None);
        self.changed.set(Vec::new());
        self.reason.set(String::new());
        self.otherwise.set(String::new());
        self.decided.set(None);
        self.news.set(Vec::new());
        self.load(api);
    }

    /// Turns to a decision, with what was typed as the reason for it: words for refusing are never signed as those for accepting.
    pub(super) fn want(self, decision: Decision) {
        if decision != self.wanted.get_untracked() {
            let before = self.reason.get_untracked();
            self.reason.set(self.otherwise.get_untracked());
            self.otherwise.set(before);
            self.wanted.set(decision);
        }
    }

    /// What is made of the evidence on the screen; nothing where there is none.
    pub(super) fn of_shown<T>(self, make: impl FnOnce(&ReviewEvidence) -> T) -> Option<T> {
        self.shown.with_untracked(|shown| match shown {
            Remote::Ready(shown) => Some(make(shown)),
            Remote::Loading | Remote::Failed(_) => None,
        })
    }

    /// Fetches the evidence for the first time.
    pub(super) fn load(self, api: Api) {
        leptos::task::spawn_local(async move {
            let answer = fetch(api, self.reference).await;
            if let Ok(shown) = &answer {
                aside::arrived(self, shown.into(), None);
            }
            let _ = self
                .shown
                .try_set(answer.map_or_else(Remote::Failed, Remote::Ready));
        });
    }
}

pub(super) async fn fetch(api: Api, reference: SubmissionId) -> Result<ReviewEvidence, ApiError> {
    api.get(calls::review(reference)).await
}
