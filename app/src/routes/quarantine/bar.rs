//! The actions above the table, and below it what they come to.

use super::{in_view::TOTALS, keys, work::Work};
use crate::{
    address::PagePath,
    components::{changing, details, grouped_count, link_button},
    decide::{Choice, Choices, Selection},
};
use leptos::{ev, html::*, prelude::*};
use sluice_shared::identifiers::QuarantineEventRef;

/// What can be done with the rows that are selected.
pub(super) fn actions(work: Work) -> AnyView {
    let selected = Memo::new(move |_| work.selection.with(Selection::count));
    let act = move |verb: &'static str, choice: Choice| {
        action(
            move || {
                if selected.get() == 0 {
                    verb.to_owned()
                } else {
                    format!("{verb} {}", grouped_count(selected.get()))
                }
            },
            move || selected.get() > 0,
            move || work.choose(choice),
        )
    };
    // Of those shown, as many as can be selected.
    let shown = Memo::new(move |_| {
        let is_open = |row: &&u32| work.is_open(**row as usize);
        work.shown
            .with(|shown| shown.iter().filter(is_open).count())
    });
    div()
        .class("app-decide__bar")
        .role("group")
        .aria_label("Decide on the selected communications")
        .child((
            div().class("app-decide__actions").child((
                act("Release", Choice::Release),
                act("Delete", Choice::Delete),
                act("Keep held", Choice::Hold),
                span().class("app-decide__gap"),
                action(
                    || "Undo".to_owned(),
                    move || work.choices.with(Choices::can_undo),
                    move || work.undo(),
                ),
                action(
                    || "Redo".to_owned(),
                    move || work.choices.with(Choices::can_redo),
                    move || work.redo(),
                ),
            )),
            div().class("app-decide__selection").child((
                span()
                    .class("govuk-body-s app-number")
                    .child(changing(move || {
                        format!("{} selected", grouped_count(selected.get()))
                    })),
                quiet(
                    move || format!("Select all {} shown", grouped_count(shown.get())),
                    move || work.select_all_shown(),
                ),
                quiet(
                    || "Clear the selection".to_owned(),
                    move || work.selection.update(Selection::clear),
                ),
                span()
                    .class("govuk-body-s app-decide__said")
                    .child(changing(move || work.said.get())),
            )),
            details("Keys for the table", keys::list()),
        ))
        .into_any()
}

/// What the choices come to, and the way on. Stays in view.
pub(super) fn totals(work: Work, reference: QuarantineEventRef) -> AnyView {
    let (open, sent) = work
        .table
        .with_value(|table| (table.open(), table.sent().count()));
    let tally = Memo::new(move |_| work.choices.with(Choices::tally));
    let part = move |class: &'static str, words: &'static str, count: Signal<usize>| {
        div()
            .class("app-decide__total")
            .child((
                dt().child(strong().class(format!("govuk-tag {class}")).child(words)),
                dd().class("app-number")
                    .child(changing(move || grouped_count(count.get()))),
            ))
            .into_any()
    };
    div()
        .class("app-decide__totals")
        .id(TOTALS)
        .child((
            dl().class("app-decide__numbers").child((
                part("govuk-tag--teal", "Release", Signal::derive(move || tally.get().release)),
                part("govuk-tag--magenta", "Delete", Signal::derive(move || tally.get().delete)),
                part("govuk-tag--orange", "Keep held", Signal::derive(move || open - tally.get().decided())),
                (sent > 0).then(|| part("govuk-tag--grey", "Sent", Signal::derive(move || sent))),
            )),
            changing(move || {
                if tally.get().decided() == 0 {
                    p().class("govuk-body govuk-!-margin-bottom-0").child("Nothing chosen yet. Your choices are kept in this browser until you send them.").into_any()
                } else {
                    link_button("Review decisions", PagePath::QuarantineDecisions(reference))
                }
            }),
        ))
        .into_any()
}

/// A button of the bar. It stays focusable while it cannot be used, and says so.
fn action(
    words: impl Fn() -> String + Send + 'static,
    usable: impl Fn() -> bool + Copy + Send + 'static,
    act: impl Fn() + 'static,
) -> AnyView {
    button()
        .r#type("button")
        .class("govuk-button govuk-button--secondary app-decide__button")
        .aria_disabled(move || (!usable()).then_some("true"))
        .on(ev::click, move |_| {
            if untrack(usable) {
                act();
            }
        })
        .child(words)
        .into_any()
}

fn quiet(words: impl Fn() -> String + Send + 'static, act: impl Fn() + 'static) -> AnyView {
    button()
        .r#type("button")
        .class("govuk-link app-quiet-button app-decide__quiet")
        .on(ev::click, move |_| act())
        .child(words)
        .into_any()
}
