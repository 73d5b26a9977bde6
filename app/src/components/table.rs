//! Plain tables, for up to about 200 rows.

use leptos::{html::*, prelude::*};

/// A column's heading.
#[derive(Clone, Copy, Debug)]
pub enum Column {
    /// A column of words.
    Text(&'static str),
    /// A column of numbers: right-aligned.
    Number(&'static str),
}

/// A table with a caption that heads it. Rows are made with [`text_cell`] and [`number_cell`]. Scrolls sideways where the
/// page is narrow.
pub fn table(caption: impl Into<String>, columns: &[Column], rows: Vec<Vec<AnyView>>) -> AnyView {
    captioned(
        "govuk-table__caption govuk-table__caption--m",
        caption.into(),
        columns,
        rows,
    )
}

/// A table right below a heading that says what it holds: its caption is for screen readers.
pub fn table_below_heading(
    caption: impl Into<String>,
    columns: &[Column],
    rows: Vec<Vec<AnyView>>,
) -> AnyView {
    captioned("govuk-visually-hidden", caption.into(), columns, rows)
}

fn captioned(
    class: &'static str,
    caption: String,
    columns: &[Column],
    rows: Vec<Vec<AnyView>>,
) -> AnyView {
    let heads: Vec<AnyView> = columns
        .iter()
        .map(|column| {
            let (class, words) = match *column {
                Column::Text(words) => ("govuk-table__header", words),
                Column::Number(words) => {
                    ("govuk-table__header govuk-table__header--numeric", words)
                }
            };
            th().scope("col").class(class).child(words).into_any()
        })
        .collect();
    let rows: Vec<AnyView> = rows
        .into_iter()
        .map(|cells| tr().class("govuk-table__row").child(cells).into_any())
        .collect();
    div()
        .class("app-table-scroll")
        .role("region")
        .tabindex("0")
        .attr("aria-label", caption.clone())
        .child(
            leptos::html::table().class("govuk-table").child((
                leptos::html::caption().class(class).child(caption),
                thead()
                    .class("govuk-table__head")
                    .child(tr().class("govuk-table__row").child(heads)),
                tbody().class("govuk-table__body").child(rows),
            )),
        )
        .into_any()
}

/// A cell of words.
pub fn text_cell(content: impl IntoView + 'static) -> AnyView {
    td().class("govuk-table__cell").child(content).into_any()
}

/// A cell of a number.
pub fn number_cell(content: impl IntoView + 'static) -> AnyView {
    td().class("govuk-table__cell govuk-table__cell--numeric")
        .child(content)
        .into_any()
}
