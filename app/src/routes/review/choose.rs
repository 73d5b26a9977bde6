//! Which of the submissions that wait are chosen to be accepted together: by box, by key, one after another or a row of them.

use crate::{
    address::{PagePath, Parameter},
    components::{changing, counted, link_button, quiet_button},
    service,
};
use leptos::{ev, html::*, prelude::*};
use sluice_shared::{
    api::ReviewItem,
    identifiers::SubmissionId,
    profile::Profile,
    review::{TogetherBar, Waiting, may_accept_together},
};
use std::sync::Arc;

/// Between two references in an address. No reference has it.
pub(super) const BETWEEN: &str = ".";

/// What is chosen. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Choosing {
    chosen: RwSignal<Vec<SubmissionId>>,
    /// The one that was chosen last: a row of them goes from there.
    last: RwSignal<Option<SubmissionId>>,
    profile: Memo<Arc<Profile>>,
}

impl Choosing {
    pub(super) fn new(profile: Memo<Arc<Profile>>) -> Self {
        Self {
            chosen: RwSignal::new(Vec::new()),
            last: RwSignal::new(None),
            profile,
        }
    }

    /// Whether a submission may be chosen.
    pub(super) fn bar(self, item: &ReviewItem) -> Result<(), TogetherBar> {
        let waiting = Waiting {
            rules: &item.submission.rules,
            barred: item.barred,
            void: item.void,
            questions: item.submission.questions,
        };
        self.profile
            .with(|profile| may_accept_together(waiting, &profile.review))
    }

    fn of_list(self, items: &[ReviewItem]) -> Vec<SubmissionId> {
        let may = items.iter().filter(|item| self.bar(item).is_ok());
        may.map(|item| item.submission.reference).collect()
    }

    /// Chooses it, or not any more; `in_a_row`: all from the last one up to it.
    pub(super) fn press(self, items: &[ReviewItem], at: SubmissionId, in_a_row: bool) {
        let all = self.of_list(items);
        if !all.contains(&at) {
            return;
        }
        let from = self.last.get_untracked();
        self.chosen.update(|chosen| match from {
            Some(from) if in_a_row => {
                for one in row(&all, from, at) {
                    if !chosen.contains(&one) {
                        chosen.push(one);
                    }
                }
            }
            _ if chosen.contains(&at) => chosen.retain(|one| *one != at),
            _ => chosen.push(at),
        });
        self.last.set(Some(at));
    }

    /// The same for where keys are: for a row that goes from one place to another, the one as well.
    pub(super) fn press_at(
        self,
        items: &[ReviewItem],
        (from, to): (Option<SubmissionId>, Option<SubmissionId>),
        in_a_row: bool,
    ) {
        if let Some(from) = from {
            let is_chosen = self.chosen.with_untracked(|chosen| chosen.contains(&from));
            if is_chosen {
                self.last.set(Some(from));
            } else {
                self.press(items, from, false);
            }
        }
        if let Some(to) = to {
            self.press(items, to, in_a_row);
        }
    }

    /// Forgets what is not in the list any more.
    pub(super) fn keep_those_of(self, items: &[ReviewItem]) {
        let all = self.of_list(items);
        if self
            .chosen
            .with_untracked(|chosen| chosen.iter().any(|one| !all.contains(one)))
        {
            self.chosen
                .update(|chosen| chosen.retain(|one| all.contains(one)));
        }
    }

    /// The box of a submission; nothing where it has to be opened by itself.
    pub(super) fn choice_box(
        self,
        item: &ReviewItem,
        items: Memo<Vec<ReviewItem>>,
    ) -> Option<AnyView> {
        self.bar(item).ok()?;
        let reference = item.submission.reference;
        let id = format!("choose-{reference}");
        let is_chosen = move || self.chosen.with(|chosen| chosen.contains(&reference));
        let press = move |event: ev::MouseEvent| {
            items.with_untracked(|items| self.press(items, reference, event.shift_key()));
        };
        let boxed = div()
            .class("govuk-checkboxes govuk-checkboxes--small app-choice")
            .child(
                div().class("govuk-checkboxes__item").child((
                    input()
                        .r#type("checkbox")
                        .class("govuk-checkboxes__input")
                        .id(id.clone())
                        .prop("checked", is_chosen)
                        .on(ev::click, press),
                    label()
                        .class("govuk-label govuk-checkboxes__label")
                        .r#for(id)
                        .child(
                            span()
                                .class("govuk-visually-hidden")
                                .child(format!("Choose {reference}")),
                        ),
                )),
            );
        Some(boxed.into_any())
    }

    /// What is chosen, and the way on from there.
    pub(super) fn bar_above(self, items: Memo<Vec<ReviewItem>>) -> AnyView {
        let may = Memo::new(move |_| items.with(|items| self.of_list(items)));
        let most = move || self.profile.with(|profile| profile.review.max_together);
        let words = move || {
            let (chosen, may) = (self.chosen.with(Vec::len), may.with(Vec::len));
            match (chosen, may) {
                (_, 0) => String::new(),
                (0, may) => format!(
                    "{} by harmless rules alone: choose those that you accept together.",
                    counted(
                        may as u64,
                        "submission was stopped",
                        "submissions were stopped"
                    )
                ),
                (chosen, _) if chosen > most() => format!(
                    "{chosen} are chosen, and at most {} are accepted together.",
                    most()
                ),
                (chosen, _) => format!(
                    "{} chosen.",
                    counted(chosen as u64, "submission is", "submissions are")
                ),
            }
        };
        let go_on = move || {
            let chosen = self.chosen.get();
            (1..=most()).contains(&chosen.len()).then(|| {
                let references: Vec<String> = chosen.iter().map(ToString::to_string).collect();
                link_button(
                    format!(
                        "Accept {} together",
                        counted(chosen.len() as u64, "submission", "submissions")
                    ),
                    PagePath::ReviewTogether.with(Parameter::Chosen, references.join(BETWEEN)),
                )
            })
        };
        let all = move || {
            (self.chosen.with(Vec::is_empty) && may.with(Vec::len) > 0).then(|| {
                quiet_button("Choose all of them", move |_| {
                    self.chosen.set(may.get_untracked());
                })
            })
        };
        let none = move || {
            (!self.chosen.with(Vec::is_empty))
                .then(|| quiet_button("Choose none", move |_| self.chosen.set(Vec::new())))
        };
        div()
            .class("app-choosing")
            .child((
                p().class("govuk-body").role("status").child(words),
                div().class("govuk-button-group").child((
                    changing(go_on),
                    changing(all),
                    changing(none),
                )),
            ))
            .into_any()
    }
}

/// All from one to another, whichever comes first; the other alone, where the one is not there any more.
fn row(all: &[SubmissionId], from: SubmissionId, to: SubmissionId) -> Vec<SubmissionId> {
    let place = |wanted| all.iter().position(|one| *one == wanted);
    match (place(from), place(to)) {
        (Some(from), Some(to)) => all[from.min(to)..=from.max(to)].to_vec(),
        _ => vec![to],
    }
}

/// What the service judges by, for the queue.
pub(super) fn choosing() -> Choosing {
    Choosing::new(service::profile(crate::api::use_api()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_goes_either_way_and_begins_anew_where_its_beginning_is_gone() {
        let all: Vec<_> = (0..5)
            .map(|one| SubmissionId::from_random([one; 10]))
            .collect();
        assert_eq!(row(&all, all[1], all[3]), all[1..4]);
        assert_eq!(row(&all, all[3], all[1]), all[1..4]);
        assert_eq!(row(&all, all[2], all[2]), [all[2]]);
        let gone = SubmissionId::from_random([9; 10]);
        assert_eq!(row(&all, gone, all[4]), [all[4]]);
    }
}
