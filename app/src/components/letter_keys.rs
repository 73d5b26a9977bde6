//! The switch for keys of one letter, beside each list of keys.

use crate::browser;
use leptos::{ev, html::*, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// A box to tick: keys of one letter work. The choice is kept in this browser.
pub fn letter_keys_switch(id: &'static str) -> AnyView {
    let changed = move |event: ev::Event| {
        let input = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        if let Some(input) = input {
            browser::switch_letter_keys(input.checked());
        }
    };
    div()
        .class("govuk-checkboxes govuk-checkboxes--small")
        .child(
            div().class("govuk-checkboxes__item").child((
                input()
                    .r#type("checkbox")
                    .class("govuk-checkboxes__input")
                    .id(id)
                    .checked(browser::letter_keys_are_on())
                    .on(ev::change, changed),
                label()
                    .class("govuk-label govuk-checkboxes__label")
                    .r#for(id)
                    .child("Use keys of a single letter"),
            )),
        )
        .into_any()
}
