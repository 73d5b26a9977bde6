//! Form fields as `govuk-frontend` has them: a label, a hint, an error beside the field, and the field.

use crate::components::changing;
use leptos::{ev, html::*, prelude::*};
use wasm_bindgen::JsCast;

/// A field to come. Finish it with [`Field::text`], [`Field::password`], [`Field::file`], [`Field::area`] or
/// [`Field::select`].
pub struct Field {
    id: String,
    label: String,
    large: bool,
    hint: Option<String>,
    class: &'static str,
    error: Signal<Option<String>>,
}

pub fn field(id: impl Into<String>, label: impl Into<String>) -> Field {
    Field {
        id: id.into(),
        label: label.into(),
        large: false,
        hint: None,
        class: "",
        error: Signal::stored(None),
    }
}

impl Field {
    /// Words below the label.
    #[must_use]
    pub fn hint(mut self, words: impl Into<String>) -> Self {
        self.hint = Some(words.into());
        self
    }

    /// A label that stands alone on its page part.
    #[must_use]
    pub fn large(mut self) -> Self {
        self.large = true;
        self
    }

    /// A class for the field itself: a width, as `govuk-input--width-10`.
    #[must_use]
    pub fn class(mut self, class: &'static str) -> Self {
        self.class = class;
        self
    }

    /// What is wrong with the value now, if anything.
    #[must_use]
    pub fn error(mut self, error: impl Into<Signal<Option<String>>>) -> Self {
        self.error = error.into();
        self
    }

    /// A line of text that follows `value` both ways.
    pub fn text(self, value: RwSignal<String>) -> AnyView {
        self.line("text", value)
    }

    /// A line of text that nobody can read over a shoulder.
    pub fn password(self, value: RwSignal<String>) -> AnyView {
        self.line("password", value)
    }

    /// Several lines of text.
    pub fn area(self, rows: u32, value: RwSignal<String>) -> AnyView {
        let class = format!("govuk-textarea {}", self.class);
        let (id, described, error) = self.parts();
        let input = textarea()
            .class(class)
            .class(("govuk-textarea--error", move || error.get().is_some()))
            .id(id)
            .rows(rows.to_string())
            .aria_describedby(described)
            .prop("value", move || value.get())
            .on(ev::input, move |event| {
                value.set(event_target_value(&event));
            });
        self.around(input)
    }

    /// One of a few; `options` are values with their words.
    pub fn select(self, options: Vec<(String, String)>, value: RwSignal<String>) -> AnyView {
        let class = format!("govuk-select {}", self.class);
        let (id, described, error) = self.parts();
        let options: Vec<AnyView> = options
            .into_iter()
            .map(|(name, words)| {
                let chosen = {
                    let name = name.clone();
                    move || value.get() == name
                };
                option()
                    .value(name)
                    .prop("selected", chosen)
                    .child(words)
                    .into_any()
            })
            .collect();
        let input = select()
            .class(class)
            .class(("govuk-select--error", move || error.get().is_some()))
            .id(id)
            .aria_describedby(described)
            .on(ev::change, move |event| {
                value.set(event_target_value(&event));
            })
            .child(options);
        self.around(input)
    }

    /// A file to choose. `accept`: the endings; `chosen` gets the file.
    pub fn file(self, accept: &'static str, chosen: impl Fn(web_sys::File) + 'static) -> AnyView {
        let (id, described, error) = self.parts();
        let input = input()
            .r#type("file")
            .class("govuk-file-upload")
            .class(("govuk-file-upload--error", move || error.get().is_some()))
            .id(id)
            .accept(accept)
            .aria_describedby(described)
            .on(ev::change, move |event| {
                let input = event
                    .target()
                    .and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
                if let Some(file) = input
                    .and_then(|input| input.files())
                    .and_then(|files| files.get(0))
                {
                    chosen(file);
                }
            });
        self.around(input)
    }

    fn line(self, kind: &'static str, value: RwSignal<String>) -> AnyView {
        let class = format!("govuk-input {}", self.class);
        let (id, described, error) = self.parts();
        let input = input()
            .r#type(kind)
            .class(class)
            .class(("govuk-input--error", move || error.get().is_some()))
            .id(id)
            .autocomplete("off")
            .spellcheck("false")
            .aria_describedby(described)
            .prop("value", move || value.get())
            .on(ev::input, move |event| {
                value.set(event_target_value(&event));
            });
        self.around(input)
    }

    /// The field's id, what describes it (follows the error), and the error.
    fn parts(
        &self,
    ) -> (
        String,
        impl Fn() -> Option<String> + Send + use<>,
        Signal<Option<String>>,
    ) {
        let (id, hinted, error) = (self.id.clone(), self.hint.is_some(), self.error);
        let described = move || {
            let hint = hinted.then(|| format!("{id}-hint"));
            let error = error.get().is_some().then(|| format!("{id}-error"));
            let ids: Vec<String> = hint.into_iter().chain(error).collect();
            (!ids.is_empty()).then(|| ids.join(" "))
        };
        (self.id.clone(), described, self.error)
    }

    fn around(self, input: impl IntoView + 'static) -> AnyView {
        let Self {
            id,
            label: words,
            large,
            hint,
            error,
            ..
        } = self;
        let error_id = format!("{id}-error");
        div()
            .class("govuk-form-group")
            .class(("govuk-form-group--error", move || error.get().is_some()))
            .child((
                label()
                    .class(if large {
                        "govuk-label govuk-label--m"
                    } else {
                        "govuk-label"
                    })
                    .r#for(id.clone())
                    .child(words),
                hint.map(|words| {
                    div()
                        .class("govuk-hint")
                        .id(format!("{id}-hint"))
                        .child(words)
                }),
                changing(move || {
                    let error_id = error_id.clone();
                    error.get().map(|words| {
                        p().class("govuk-error-message").id(error_id).child((
                            span().class("govuk-visually-hidden").child("Error: "),
                            words,
                        ))
                    })
                }),
                input,
            ))
            .into_any()
    }
}

/// A time of a file (`2026-11-03T14:05:00Z`, or empty) as the browser's `datetime-local` field has it, which knows no zone.
pub fn utc_to_field(text: &str) -> String {
    let text = text.trim_end_matches('Z');
    text.strip_suffix(":00")
        .filter(|short| short.len() == 16)
        .unwrap_or(text)
        .to_owned()
}

/// What a `datetime-local` field gives, taken as UTC: the form that files have.
pub fn utc_from_field(text: &str) -> String {
    match text.len() {
        0 => String::new(),
        16 => format!("{text}:00Z"),
        _ => format!("{text}Z"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_goes_through_the_field_and_back() {
        for text in ["2026-11-03T14:05:00Z", "2026-11-03T14:05:09Z", ""] {
            assert_eq!(utc_from_field(&utc_to_field(text)), text);
        }
    }
}
