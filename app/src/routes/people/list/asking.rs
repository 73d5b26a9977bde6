//! Asking for all that a list changes, one change after another.

use super::checked::{List, to_ask_for};
use crate::{
    api::calls,
    components::{Fault, busy_button, changing, counted, field, progress_bar, sentence},
    routes::people::{
        ask::{self, Wanted},
        drafts,
    },
};
use leptos::{html::*, prelude::*};
use sluice_shared::{directory::DirectoryChange, identifiers::ChangeReason};

const REASON: &str = "people-list-reason";

pub(super) fn asking(list: List, number: usize) -> AnyView {
    let done = move || {
        let (done, of) = list.progress.get().unwrap_or((0, 1));
        #[expect(clippy::cast_precision_loss, reason = "a list has at most 1,000 rows")]
        let part = done as f64 / of as f64;
        part
    };
    let at_reason = move || list.fault.get().map(|fault| fault.words);
    div()
        .class("app-reading")
        .child((
            field(REASON, "Reason")
                .hint("It stays with each of the changes, for whoever asks later. 3 to 2,000 characters")
                .error(Signal::derive(at_reason))
                .area(2, list.reason),
            changing(move || {
                let is_asking = list.progress.get().is_some();
                is_asking.then(|| progress_bar("Asking for the changes", done))
            }),
            busy_button(
                format!("Ask for {}", counted(number as u64, "change", "changes")),
                move || list.progress.get().is_some(),
                move |_| ask_for_all(list),
            ),
        ))
        .into_any()
}

fn ask_for_all(list: List) {
    let reason = match ChangeReason::parse(&list.reason.get_untracked()) {
        Ok(reason) => reason,
        Err(error) => {
            let fault = Fault::at(REASON, sentence(&error.to_string()));
            list.fault.set(Some(fault));
            return;
        }
    };
    let changes = list.rows.with_untracked(|rows| match rows {
        Some(Ok(rows)) => to_ask_for(rows),
        _ => Vec::new(),
    });
    list.fault.set(None);
    list.keeping.problem.set(None);
    list.keeping.outcome.set(None);
    list.progress.set(Some((0, changes.len())));
    leptos::task::spawn_local(ask_one_by_one(list, changes, reason));
}

/// One after another, since each is judged by what those before it left. What the service does not take stops the rest.
async fn ask_one_by_one(list: List, changes: Vec<(u64, DirectoryChange)>, reason: ChangeReason) {
    let organisation = list
        .people
        .with_untracked(|people| people.organisation.id.clone());
    let all = changes.len();
    let mut is_all_asked_for = true;
    for (done, (line, change)) in changes.into_iter().enumerate() {
        // The page was left: what was asked for is done, and nothing more is asked for.
        if list.progress.try_set(Some((done, all))).is_some() {
            return;
        }
        let wanted = Wanted {
            organisation: organisation.clone(),
            change,
            reason: reason.clone(),
        };
        match ask::ask_for_one(list.keeping, wanted).await {
            Ok((title, words)) => list.tell(line, format!("{title}: {words}")),
            Err(error) => {
                list.tell(line, "Not asked for, nor what follows.".to_owned());
                let _ = list.keeping.problem.try_set(Some(error));
                is_all_asked_for = false;
                break;
            }
        }
    }
    if is_all_asked_for {
        drafts::forget_list();
    }
    // The list stays, beside what is so now: what was not asked for is asked for with the next press.
    if let Ok(people) = list.keeping.api.get(calls::people(&organisation)).await {
        let _ = list.people.try_set(people);
    }
    let _ = list.keeping.again.try_update(|again| *again += 1);
    let _ = list.progress.try_set(None);
}

impl List {
    fn tell(self, line: u64, words: String) {
        let _ = self
            .answers
            .try_update(|answers| answers.entry(line).or_default().push(words));
    }
}
