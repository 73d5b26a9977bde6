//! Whether what is on the screen is still so: the evidence of a submission may change while a reviewer reads it.

use super::{
    aside,
    ask::QUESTION,
    open::{Open, REASON, fetch},
};
use crate::{
    api::{Api, ApiError, ReviewEvidence},
    browser,
    components::{NOTIFICATION, Remote, alert_banner, changing, notification_banner, quiet_button},
    parts::{self, TellDifferences},
};
use leptos::{ev, html::*, prelude::*};
use sluice_shared::{
    identifiers::PersonId,
    submission::{ReviewDecision, StateName},
    verdict,
};

const CHANGED: &str = "This changed since you opened it";
const REJECTED: &str = "What it refers to has changed: it was found at fault and rejected. There is nothing to decide any more.";

/// The pause between two questions, in milliseconds.
const PAUSE: u32 = 15_000;

/// What is said where what tells one verdict from another could not be fetched. The page shows the new one all the same.
const NOT_TOLD_APART: &str =
    "What the file would change, or what that is measured against, is not what it was before.";

/// Asks again and again while the page is in sight, and at once when somebody comes back to it.
pub(super) fn while_open(api: Api, open: Open) {
    let me = StoredValue::new(aside::own_id());
    browser::listen(ev::focus, move |_| {
        leptos::task::spawn_local(look(api, open, me.get_value()));
    });
    leptos::task::spawn_local(async move {
        // The signals end with the page.
        while open.newer.try_with_untracked(|_| ()).is_some() {
            browser::sleep(PAUSE).await;
            if !browser::document().hidden() {
                look(api, open, me.try_get_value().flatten()).await;
            }
        }
    });
}

/// Asks once, and keeps what is new. Where there is no answer, what is on the screen stays; the next question may have one.
async fn look(api: Api, open: Open, me: Option<PersonId>) {
    let is_settled = open
        .shown
        .try_with_untracked(|shown| matches!(shown, Remote::Ready(shown) if shown.submission.summary.state.is_terminal()));
    let is_decided = open.decided.try_with_untracked(Option::is_some);
    if is_settled != Some(false) || is_decided != Some(false) {
        return;
    }
    let Ok(answer) = fetch(api, open.reference).await else {
        return;
    };
    aside::arrived(open, (&answer).into(), me.as_ref());
    let differs = open.shown.try_with_untracked(
        |shown| matches!(shown, Remote::Ready(shown) if !is_same(shown, &answer)),
    );
    let is_known = open.newer.try_with_untracked(|newer| match newer {
        Some(newer) => is_same(newer, &answer),
        None => differs != Some(true),
    });
    if is_known == Some(false) {
        // What changed and changed back is on the screen.
        let newer = (differs == Some(true)).then_some(answer);
        let _ = open.newer.try_set(newer);
    }
}

/// Asks what goes on around it, for whoever has just been told that it is not as they saw it.
pub(super) async fn look_now(api: Api, open: Open) {
    if let Ok(answer) = fetch(api, open.reference).await {
        aside::arrived(open, (&answer).into(), None);
    }
}

/// Whether a decision about the one is a decision about the other.
fn is_same(shown: &ReviewEvidence, now: &ReviewEvidence) -> bool {
    shown.verdict == now.verdict
        && shown.void == now.void
        && shown.submission.summary.state == now.submission.summary.state
        && shown.submission.progress.review() == now.submission.progress.review()
}

/// Fetches the evidence and shows it in place of what is on the screen.
///
/// # Errors
/// Where there is no answer, what is on the screen stays.
pub(super) async fn show_as_it_stands(api: Api, open: Open) -> Result<(), ApiError> {
    show(open, fetch(api, open.reference).await?).await;
    Ok(())
}

async fn show(open: Open, answer: ReviewEvidence) {
    let tell = parts::differences().await.ok();
    let changed = open.shown.try_with_untracked(|shown| match shown {
        Remote::Ready(before) => differences(before, &answer, tell),
        _ => Vec::new(),
    });
    let _ = open.aside.try_set(Some((&answer).into()));
    let _ = open.newer.try_set(None);
    // What is told of it depends on what is shown.
    let _ = open.shown.try_set(Remote::Ready(answer));
    let _ = open.changed.try_set(changed.unwrap_or_default());
}

/// What is different, a sentence each.
fn differences(
    before: &ReviewEvidence,
    now: &ReviewEvidence,
    tell: Option<TellDifferences>,
) -> Vec<String> {
    if is_rejected(now) {
        return vec![REJECTED.to_owned()];
    }
    let mut changed = Vec::new();
    if let (None, Some(review)) = (
        before.submission.progress.review(),
        now.submission.progress.review(),
    ) {
        changed.push(format!("{} has decided about it.", name_of(now, review)));
    }
    if before.verdict != now.verdict {
        match tell {
            Some(tell) => changed.extend(tell(before, now)),
            None => changed.push(NOT_TOLD_APART.to_owned()),
        }
    }
    changed
}

/// What is different between two verdicts. For the door of its part alone.
pub(crate) fn differences_here(before: &ReviewEvidence, now: &ReviewEvidence) -> Vec<String> {
    verdict::differences(before.into(), now.into())
}

/// Says that what is on the screen is not how it stands, or what is new on the screen.
pub(super) fn notice(api: Api, open: Open) -> AnyView {
    // Drawn anew only where it says something else.
    let outdated_by =
        Memo::new(move |_| open.newer.with(|newer| newer.as_ref().map(what_happened)));
    let is_outdated = Memo::new(move |_| outdated_by.get().is_some());
    Effect::new(move |_| {
        if is_outdated.get() && !is_typing() {
            browser::focus(NOTIFICATION);
        }
    });
    changing(move || match outdated_by.get() {
        Some(words) => Some(outdated(api, open, words)),
        None => open
            .changed
            .with(|changed| what_changed(changed, is_open(open))),
    })
}

/// Whoever types is told by the alert, and is not taken away from the words.
fn is_typing() -> bool {
    browser::document()
        .active_element()
        .is_some_and(|element| [REASON, QUESTION].contains(&element.id().as_str()))
}

/// Whether it was found at fault while nobody had decided.
fn is_rejected(now: &ReviewEvidence) -> bool {
    now.submission.summary.state == StateName::Rejected
        && now.submission.progress.review().is_none()
}

/// The reviewer who decided: whoever looks, when the answer to their own decision was lost.
fn name_of(now: &ReviewEvidence, review: &ReviewDecision) -> String {
    let reviewer = now.submission.reviewer.as_ref();
    reviewer.map_or_else(|| review.reviewer.to_string(), |person| person.name.clone())
}

/// What made the page say something that is not so any more.
fn what_happened(newer: &ReviewEvidence) -> String {
    if let Some(review) = newer.submission.progress.review() {
        format!(
            "{} has decided about this submission.",
            name_of(newer, review)
        )
    } else if is_rejected(newer) {
        REJECTED.to_owned()
    } else {
        "What it changes, or what that is measured against, is not what you see below. A decision about this page would take no \
         effect."
            .to_owned()
    }
}

fn outdated(api: Api, open: Open, words: String) -> AnyView {
    let show_now = move |_| {
        leptos::task::spawn_local(async move {
            // It may have changed once more since it was told of.
            let answer = match fetch(api, open.reference).await {
                Ok(answer) => Some(answer),
                Err(_) => open.newer.try_update_untracked(Option::take).flatten(),
            };
            if let Some(answer) = answer {
                show(open, answer).await;
            }
        });
    };
    let stays = open
        .newer
        .with_untracked(|newer| newer.as_ref().is_some_and(is_to_be_decided));
    alert_banner(
        CHANGED,
        (
            p().class("govuk-notification-banner__heading").child(words),
            p().class("govuk-body govuk-!-margin-bottom-0").child((
                quiet_button("Show how it stands now", show_now),
                if stays {
                    ". What you have typed stays."
                } else {
                    "."
                },
            )),
        ),
    )
}

/// What keeps somebody from deciding about what is on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outdated {
    /// It is to be looked at anew, and decided about then.
    Changed,
    /// It is decided, or found at fault.
    Over,
}

/// Whether what is on the screen is outdated (reactive).
pub(super) fn outdated_by(open: Open) -> Option<Outdated> {
    open.newer.with(|newer| {
        newer.as_ref().map(|newer| {
            if is_to_be_decided(newer) {
                Outdated::Changed
            } else {
                Outdated::Over
            }
        })
    })
}

/// Whether there is something to decide about what is on the screen.
fn is_open(open: Open) -> bool {
    open.shown
        .with_untracked(|shown| matches!(shown, Remote::Ready(shown) if is_to_be_decided(shown)))
}

fn is_to_be_decided(evidence: &ReviewEvidence) -> bool {
    !evidence.submission.summary.state.is_terminal()
        && evidence.submission.progress.review().is_none()
}

fn what_changed(changed: &[String], is_open: bool) -> Option<AnyView> {
    if changed.is_empty() {
        return None;
    }
    let changed = match changed {
        [words] => p()
            .class("govuk-body govuk-!-margin-bottom-0")
            .child(words.clone())
            .into_any(),
        several => ul()
            .class("govuk-list govuk-list--bullet govuk-!-margin-bottom-0")
            .child(
                several
                    .iter()
                    .map(|words| li().child(words.clone()).into_any())
                    .collect::<Vec<_>>(),
            )
            .into_any(),
    };
    let words = if is_open {
        "Below is how it stands now. Read it before you decide; what you have typed is still there."
    } else {
        "Below is how it stands now."
    };
    Some(notification_banner(
        CHANGED,
        (
            p().class("govuk-notification-banner__heading").child(words),
            changed,
        ),
    ))
}
