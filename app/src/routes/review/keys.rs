//! The keys of DCC staff: shown, never required.

use crate::{browser, components::letter_keys_switch};
use leptos::{ev, html::*, prelude::*};
use wasm_bindgen::JsCast;

/// How [`listen`] calls the space bar while Shift is held.
pub(super) const SHIFT_SPACE: &str = "Shift+Space";

/// Calls `press` with each plain key that is not meant for a field, as long as the page is shown.
pub(super) fn listen(press: impl Fn(&str) -> bool + 'static) {
    browser::listen(ev::keydown, move |event| {
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let in_field = target.is_some_and(|element| {
            matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
        });
        let modified = event.ctrl_key() || event.meta_key() || event.alt_key();
        let key = named(&event.key(), event.shift_key());
        let is_off = browser::is_letter_key(&key) && !browser::letter_keys_are_on();
        if !in_field && !modified && !is_off && press(&key) {
            event.prevent_default();
        }
    });
}

/// A key as [`listen`] calls it: a letter is a capital where Shift is held, whatever Caps Lock says.
fn named(key: &str, shift: bool) -> String {
    match (key, shift) {
        (" ", true) => SHIFT_SPACE.to_owned(),
        (key, true) if key.chars().count() == 1 => key.to_uppercase(),
        (key, false) if key.chars().count() == 1 => key.to_lowercase(),
        (key, _) => key.to_owned(),
    }
}

/// The list of keys; `open` follows the key `?`.
pub(super) fn list(open: RwSignal<bool>, keys: &'static [(&'static str, &'static str)]) -> AnyView {
    let lines: Vec<AnyView> = keys
        .iter()
        .map(|(key, words)| {
            div()
                .class("app-keys__line")
                .child((
                    dt().child(kbd().class("app-key").child(*key)),
                    dd().child(*words),
                ))
                .into_any()
        })
        .collect();
    leptos::html::details()
        .class("govuk-details app-staff-keys")
        .prop("open", move || open.get())
        .child((
            summary()
                .class("govuk-details__summary")
                .child(span().class("govuk-details__summary-text").child("Keys")),
            div().class("govuk-details__text").child((
                dl().class("app-keys").child(lines),
                letter_keys_switch("staff-letter-keys"),
            )),
        ))
        .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shift_alone_makes_a_letter_a_capital() {
        for (key, shift, expected) in [
            ("j", false, "j"),
            ("J", true, "J"),
            // Caps Lock.
            ("J", false, "j"),
            ("j", true, "J"),
            (" ", false, " "),
            (" ", true, SHIFT_SPACE),
            ("?", true, "?"),
            ("Enter", true, "Enter"),
        ] {
            assert_eq!(named(key, shift), expected, "{key} {shift}");
        }
    }
}
