//! Fields that these forms have beyond the usual ones.

use crate::components::capital;
use leptos::{ev, html::*, prelude::*};
use sluice_shared::directory::{MachineScope, PersonRole};

/// Roles to tick.
pub(super) fn roles(
    id: &'static str,
    offered: &[PersonRole],
    chosen: RwSignal<Vec<PersonRole>>,
    error: Signal<Option<String>>,
) -> AnyView {
    let words = |role: PersonRole| capital(role.in_words());
    several(id, "Roles", (offered, words), chosen, error)
}

/// What a system may do, to tick.
pub(super) fn scopes(
    id: &'static str,
    offered: &[MachineScope],
    chosen: RwSignal<Vec<MachineScope>>,
    error: Signal<Option<String>>,
) -> AnyView {
    let words = |scope: MachineScope| format!("{} ({scope})", scope.in_words());
    several(id, "What it may do", (offered, words), chosen, error)
}

/// Things to tick, each once.
fn several<T: Copy + PartialEq + Send + Sync + 'static>(
    id: &'static str,
    what: &'static str,
    (offered, words): (&[T], fn(T) -> String),
    chosen: RwSignal<Vec<T>>,
    error: Signal<Option<String>>,
) -> AnyView {
    let boxes: Vec<AnyView> = offered
        .iter()
        .enumerate()
        .map(|(place, one)| {
            let one = *one;
            // The first has the id that the error summary leads to.
            let own = if place == 0 {
                id.to_owned()
            } else {
                format!("{id}-{place}")
            };
            tick(
                own,
                words(one),
                move || chosen.with(|all| all.contains(&one)),
                move |on| {
                    chosen.update(|all| {
                        all.retain(|other| *other != one);
                        if on {
                            all.push(one);
                        }
                    });
                },
            )
        })
        .collect();
    let group = fieldset()
        .class("govuk-fieldset")
        .aria_describedby(move || error.get().is_some().then(|| format!("{id}-error")))
        .child((
            legend().class("govuk-fieldset__legend").child(what),
            move || {
                error.get().map(|words| {
                    p().class("govuk-error-message")
                        .id(format!("{id}-error"))
                        .child((
                            span().class("govuk-visually-hidden").child("Error: "),
                            words,
                        ))
                })
            },
            div()
                .class("govuk-checkboxes govuk-checkboxes--small")
                .child(boxes),
        ));
    div()
        .class("govuk-form-group")
        .class(("govuk-form-group--error", move || error.get().is_some()))
        .child(group)
        .into_any()
}

/// One box to tick.
pub(super) fn tick(
    id: String,
    words: String,
    is_on: impl Fn() -> bool + Send + 'static,
    set: impl Fn(bool) + 'static,
) -> AnyView {
    div()
        .class("govuk-checkboxes__item")
        .child((
            input()
                .r#type("checkbox")
                .class("govuk-checkboxes__input")
                .id(id.clone())
                .prop("checked", is_on)
                .on(ev::change, move |event| set(event_target_checked(&event))),
            label()
                .class("govuk-label govuk-checkboxes__label")
                .r#for(id)
                .child(words),
        ))
        .into_any()
}
