//! Names and values, one beside the other.

use leptos::{html::*, prelude::*};

#[derive(Debug)]
pub struct Row {
    name: String,
    value: AnyView,
    action: Option<AnyView>,
}

pub fn row(name: impl Into<String>, value: impl IntoView + 'static) -> Row {
    Row {
        name: name.into(),
        value: value.into_any(),
        action: None,
    }
}

impl Row {
    /// Adds what can be done about it: a link or a button, at the end of the line.
    #[must_use]
    pub fn action(mut self, action: impl IntoView + 'static) -> Self {
        self.action = Some(action.into_any());
        self
    }
}

pub fn summary_list(rows: impl IntoIterator<Item = Row>) -> AnyView {
    let rows: Vec<AnyView> = rows
        .into_iter()
        .map(|row| {
            div()
                .class(if row.action.is_some() {
                    "govuk-summary-list__row"
                } else {
                    "govuk-summary-list__row govuk-summary-list__row--no-actions"
                })
                .child((
                    dt().class("govuk-summary-list__key").child(row.name),
                    dd().class("govuk-summary-list__value").child(row.value),
                    row.action
                        .map(|action| dd().class("govuk-summary-list__actions").child(action)),
                ))
                .into_any()
        })
        .collect();
    dl().class("govuk-summary-list").child(rows).into_any()
}
