//! Plain tables, for up to about 200 rows.

use leptos::{html::*, prelude::*};

/// A column's heading.
#[derive(Clone, Copy, Debug)]
pub enum Column {
    Text(&'static str),
    /// A column of numbers: right-aligned.
    Number(&'static str),
}

impl Column {
    /// What it says.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Text(words) | Self::Number(words) => words,
        }
    }

    /// Its heading, with this in it; `sorted` is what `aria-sort` says of a column that the table can be sorted by.
    pub(super) fn head(self, content: AnyView, sorted: Option<&'static str>) -> AnyView {
        let class = match self {
            Self::Text(_) => "govuk-table__header",
            Self::Number(_) => "govuk-table__header govuk-table__header--numeric",
        };
        th().scope("col")
            .class(class)
            .attr("aria-sort", sorted)
            .child(content)
            .into_any()
    }
}

/// A cell to come: the table knows under which heading it stands.
#[derive(Debug)]
pub struct Cell {
    class: &'static str,
    content: AnyView,
}

/// A table with a caption that heads it. Rows are made with [`text_cell`] and [`number_cell`]. Where the page is narrow, each
/// row is a block of its own, and each cell says its column's heading.
pub fn table(caption: impl Into<String>, columns: &[Column], rows: Vec<Vec<Cell>>) -> AnyView {
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
    rows: Vec<Vec<Cell>>,
) -> AnyView {
    captioned("govuk-visually-hidden", caption.into(), columns, rows)
}

fn captioned(
    class: &'static str,
    caption: String,
    columns: &[Column],
    rows: Vec<Vec<Cell>>,
) -> AnyView {
    let heads = columns
        .iter()
        .map(|column| column.head(column.words().into_any(), None))
        .collect();
    with_heads(class, caption, columns, heads, rows)
}

/// A table whose headings are made by somebody else.
pub(super) fn with_heads(
    class: &'static str,
    caption: String,
    columns: &[Column],
    heads: Vec<AnyView>,
    rows: Vec<Vec<Cell>>,
) -> AnyView {
    let rows: Vec<AnyView> = rows
        .into_iter()
        .map(|cells| {
            let cells: Vec<AnyView> = cells
                .into_iter()
                .zip(columns)
                .map(|(cell, column)| labelled_cell(column.words(), cell.class, cell.content))
                .collect();
            tr().class("govuk-table__row").child(cells).into_any()
        })
        .collect();
    div()
        .class("app-table-scroll")
        .role("region")
        .tabindex("0")
        .attr("aria-label", caption.clone())
        .child(
            leptos::html::table()
                .class("govuk-table app-stacks")
                .child((
                    leptos::html::caption().class(class).child(caption),
                    thead()
                        .class("govuk-table__head")
                        .child(tr().class("govuk-table__row").child(heads)),
                    tbody().class("govuk-table__body").child(rows),
                )),
        )
        .into_any()
}

pub fn text_cell(content: impl IntoView + 'static) -> Cell {
    Cell {
        class: "govuk-table__cell",
        content: content.into_any(),
    }
}

pub fn number_cell(content: impl IntoView + 'static) -> Cell {
    Cell {
        class: "govuk-table__cell govuk-table__cell--numeric",
        content: content.into_any(),
    }
}

/// A cell of a table that stacks (`app-stacks`): the styles show its heading beside it where the page is narrow.
pub fn labelled_cell(heading: &'static str, class: &'static str, content: AnyView) -> AnyView {
    td().class(class)
        .attr("data-heading", heading)
        .child(content)
        .into_any()
}
