//! What goes on around a review while it is open: who has it in hand, and what was asked and answered. No decision depends on it, so it is shown
//! as it is now, and said, without anything being held back.

use super::open::Open;
use crate::{
    api::{ApiError, ReviewEvidence},
    components::{alert_region, changing},
    session::use_session,
};
use leptos::{html::*, prelude::*};
use sluice_shared::{
    identifiers::PersonId,
    review::{Assignment, ReviewQuestion},
};

/// What the service said last of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Aside {
    pub(super) assigned: Option<Assignment>,
    pub(super) asked: Vec<ReviewQuestion>,
}

impl From<&ReviewEvidence> for Aside {
    fn from(shown: &ReviewEvidence) -> Self {
        Self {
            assigned: shown.assigned.clone(),
            asked: shown.submission.asked.clone(),
        }
    }
}

/// The person who looks.
pub(super) fn own_id() -> Option<PersonId> {
    use_session().me().map(|me| me.person.id)
}

/// Shows what the service says now, and says what is new of it.
pub(super) fn arrived(open: Open, now: Aside, me: Option<&PersonId>) {
    let news = open
        .aside
        .try_with_untracked(|before| before.as_ref().map(|before| news(before, &now, me)));
    if open
        .aside
        .try_with_untracked(|before| before.as_ref() == Some(&now))
        == Some(false)
    {
        let _ = open.aside.try_set(Some(now));
    }
    if let Some(Some(news)) = news
        && !news.is_empty()
    {
        let _ = open.news.try_set(news);
    }
}

/// What is new, a sentence each; nothing of what whoever looks did themselves.
fn news(before: &Aside, now: &Aside, me: Option<&PersonId>) -> Vec<String> {
    let mut news = Vec::new();
    for question in &now.asked {
        let known = before
            .asked
            .iter()
            .find(|one| one.number == question.number);
        if known.is_none() && Some(&question.asker.id) != me {
            news.push(format!(
                "{} has asked the sender a question.",
                question.asker.name
            ));
        }
        if let (Some(answer), None) = (
            &question.answer,
            known.and_then(|known| known.answer.as_ref()),
        ) {
            news.push(format!("{} has answered a question.", answer.by.name));
        }
    }
    let holder = |aside: &Aside| aside.assigned.as_ref().map(|held| held.person.id.clone());
    if holder(before) != holder(now) {
        match (&now.assigned, &before.assigned) {
            (Some(held), _) if Some(&held.person.id) == me => {}
            (Some(held), Some(had)) if Some(&had.person.id) == me => {
                news.push(format!("{} has taken it over from you.", held.person.name));
            }
            (Some(held), _) => news.push(format!("{} has taken it in hand.", held.person.name)),
            (None, Some(had)) if Some(&had.person.id) == me => {}
            (None, Some(had)) => {
                news.push(format!("{} has it in hand no longer.", had.person.name));
            }
            (None, None) => {}
        }
    }
    news
}

/// Says above the page what is new around it; nothing is taken away from whoever types.
pub(super) fn news_region(open: Open) -> AnyView {
    changing(move || {
        let news = open.news.get();
        (!news.is_empty()).then(|| {
            alert_region(
                "News about this submission",
                (
                    lines(&news),
                    p().class("govuk-body govuk-!-margin-bottom-0")
                        .child("It is shown below. What you have typed stays."),
                ),
            )
        })
    })
}

/// The same beside the buttons: whoever is there does not see the top of the page.
pub(super) fn news_here(open: Open) -> AnyView {
    changing(move || {
        let news = open.news.get();
        (!news.is_empty()).then(|| {
            p().class("govuk-body")
                .attr("aria-hidden", "true")
                .child(strong().child(format!("New: {}", news.join(" "))))
        })
    })
}

fn lines(news: &[String]) -> AnyView {
    let each: Vec<AnyView> = news
        .iter()
        .map(|words| {
            p().class("govuk-notification-banner__heading")
                .child(words.clone())
                .into_any()
        })
        .collect();
    each.into_any()
}

/// What failed, for whoever shows it.
pub(super) type Failed = RwSignal<Option<ApiError>>;

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use serde_json::json;

    fn aside(held: Option<&str>, asked: &serde_json::Value) -> Aside {
        let person = |id: &str| json!({ "id": id, "name": format!("Reviewer {id}") });
        let held = held.map(|id| json!({ "person": person(id), "since": "2026-11-03T09:00:00Z" }));
        Aside {
            assigned: held.map(|held| serde_json::from_value(held).unwrap()),
            asked: serde_json::from_value(asked.clone()).unwrap(),
        }
    }

    fn question(answered: bool) -> serde_json::Value {
        let by = json!({ "id": "a", "name": "Supplier ARO 1" });
        let answer = json!({ "by": by, "answeredAt": "2026-11-03T10:00:00Z", "text": "For it." });
        json!([{
            "number": 0,
            "asker": { "id": "one", "name": "Reviewer one" },
            "askedAt": "2026-11-03T09:00:00Z",
            "text": "What for?",
            "answer": if answered { answer } else { serde_json::Value::Null },
        }])
    }

    #[test]
    fn what_others_did_is_news_and_what_one_did_oneself_is_not() {
        let (none, one) = (json!([]), PersonId::parse("one").unwrap());
        let told = |before: &Aside, now: &Aside| news(before, now, Some(&one));
        let nobody = aside(None, &none);
        let mine = aside(Some("one"), &none);
        let theirs = aside(Some("two"), &none);
        assert!(told(&nobody, &mine).is_empty());
        assert!(told(&mine, &nobody).is_empty());
        assert_eq!(
            told(&nobody, &theirs),
            ["Reviewer two has taken it in hand."]
        );
        assert_eq!(
            told(&mine, &theirs),
            ["Reviewer two has taken it over from you."]
        );
        assert_eq!(
            told(&theirs, &nobody),
            ["Reviewer two has it in hand no longer."]
        );
        let (open, answered) = (aside(None, &question(false)), aside(None, &question(true)));
        assert!(told(&nobody, &open).is_empty(), "one's own question");
        assert_eq!(
            told(&open, &answered),
            ["Supplier ARO 1 has answered a question."]
        );
        assert!(told(&answered, &answered).is_empty());
    }
}
