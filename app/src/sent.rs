//! What was sent and is not settled: which decisions and thresholds are in a submission, since when, and what that waits for. It is told
//! wherever they are listed.

use crate::{
    address::PagePath,
    api::{Api, EventEffect, SubmissionSummary, calls},
    components::{grouped, identifier, plain_moment, state_tag},
};
use leptos::{html::*, prelude::*};
use serde::Deserialize;
use sluice_shared::{
    files::FileKind,
    identifiers::{Eui64, FileDigest, QuarantineEventRef, SubmissionId},
    submission::StateName,
};

/// How many are looked at in each state. More than a handful never wait at a time.
const LOOKED_AT: u16 = 50;

/// A file that was sent and is not settled.
#[derive(Clone, Debug, PartialEq)]
pub struct Sent {
    summary: SubmissionSummary,
    /// Of what was uploaded.
    sha256: FileDigest,
    /// What it says, once the service has read it.
    effect: SaidEffect,
}

/// As much of a submission as it takes: its file, and what that says.
#[derive(Deserialize)]
struct Said {
    sha256: FileDigest,
    effect: Option<SaidEffect>,
}

/// As much of [`FileEffect`] as it takes, of files of either kind. The overview looks at it, too, and carries no reader of the rest.
///
/// [`FileEffect`]: sluice_shared::verdict::FileEffect
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
struct SaidEffect {
    #[serde(default)]
    events: Vec<EventEffect>,
    #[serde(default)]
    users: Vec<SentThresholds>,
}

/// Whose thresholds a submission states.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
struct SentThresholds {
    user_id: Eui64,
}

/// All of a kind that the person may see. Where the service gives no answer, none: the page that asks has questions of its own, and says so.
pub async fn sent(api: Api, kind: FileKind) -> Vec<Sent> {
    let mut all = Vec::new();
    for state in [StateName::AwaitingReview, StateName::Received] {
        let call = calls::submissions(LOOKED_AT).narrowed(Some(state.as_str()), None);
        let Ok(page) = api.get(call).await else {
            continue;
        };
        let wanted = |summary: &SubmissionSummary| summary.kind == kind && !summary.check_only;
        for summary in page.items.into_iter().filter(wanted) {
            let call = calls::submission(summary.reference);
            if let Ok(Said { sha256, effect }) = api.get_part(call).await {
                all.push(Sent {
                    summary,
                    sha256,
                    effect: effect.unwrap_or_default(),
                });
            }
        }
    }
    all
}

/// The same for a page that is being built: none at first, then all.
pub fn watch_sent(api: Api, kind: FileKind) -> RwSignal<Vec<Sent>> {
    let all = RwSignal::new(Vec::new());
    leptos::task::spawn_local(async move {
        let _ = all.try_set(sent(api, kind).await);
    });
    all
}

impl Sent {
    /// The submission.
    pub fn reference(&self) -> SubmissionId {
        self.summary.reference
    }

    /// The digest of what was uploaded: of the file itself, where its signature is apart.
    pub fn sha256(&self) -> FileDigest {
        self.sha256
    }

    /// What it does to an event, where it does anything.
    pub fn in_event(&self, event: QuarantineEventRef) -> Option<&EventEffect> {
        let mut events = self.effect.events.iter();
        events.find(|effect| effect.event == event)
    }

    /// Whether it states the thresholds of a User ID.
    pub fn is_of_user(&self, user_id: Eui64) -> bool {
        let mut users = self.effect.users.iter();
        users.any(|user| user.user_id == user_id)
    }

    /// `What` is in it, who sent it, since when, and what it waits for.
    pub fn line(&self, what: &str) -> AnyView {
        let summary = &self.summary;
        let waits = match summary.state {
            StateName::AwaitingReview => "It waits for a DCC reviewer.",
            _ if summary.stopped.is_some() => "It waits: the service cannot check it yet.",
            _ => "It is being checked.",
        };
        (
            state_tag(summary.state),
            format!(" {what} in "),
            a().class("govuk-link")
                .href(PagePath::Submission(summary.reference).href())
                .child(identifier(&summary.reference.to_string())),
            format!(", sent by {} on ", summary.uploader.name),
            plain_moment(summary.received_at.unwrap_or(summary.started_at)),
            format!(". {waits}"),
        )
            .into_any()
    }
}

/// `Release 212 and delete 28`.
pub fn decided_words(release: u64, delete: u64) -> String {
    match (release, delete) {
        (release, 0) => format!("Release {}", grouped(release)),
        (0, delete) => format!("Delete {}", grouped(delete)),
        (release, delete) => format!(
            "Release {} and delete {}",
            grouped(release),
            grouped(delete)
        ),
    }
}

/// Below an event wherever it is listed: the decisions about it that were sent.
pub fn sent_for_event(sent: RwSignal<Vec<Sent>>, event: QuarantineEventRef) -> AnyView {
    hints(sent, move |one| {
        let effect = one.in_event(event)?;
        Some(decided_words(effect.release, effect.delete))
    })
}

/// Below a User ID wherever it is listed: the statements of its thresholds that were sent.
pub fn sent_for_user(sent: RwSignal<Vec<Sent>>, user_id: Eui64) -> AnyView {
    hints(sent, move |one| {
        one.is_of_user(user_id)
            .then(|| "New thresholds are".to_owned())
    })
}

fn hints(
    sent: RwSignal<Vec<Sent>>,
    words: impl Fn(&Sent) -> Option<String> + Send + 'static,
) -> AnyView {
    (move || {
        sent.with(|sent| {
            let lines = sent.iter().filter_map(|one| {
                let line = one.line(&words(one)?);
                Some(div().class("app-sent").child(line).into_any())
            });
            lines.collect::<Vec<_>>()
        })
    })
    .into_any()
}
