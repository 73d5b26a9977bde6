//! The demonstration's sample files.

use super::say;
use crate::{
    api::{http, use_page_requests},
    components::{Cell, Column, fetch, number_cell, remote, size, table_below_heading, text_cell},
    session::use_session,
};
use leptos::{html::*, prelude::*};
use serde::Deserialize;
use sluice_shared::files::FileKind;

/// The list that lies beside the files.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
struct Index {
    samples: Vec<Sample>,
}

/// A file, and what should become of it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
struct Sample {
    name: String,
    title: String,
    kind: FileKind,
    length: u64,
    expect: String,
}

pub(super) fn content() -> AnyView {
    let Some(place) = use_session().config().samples else {
        return say("Sample files come with the demonstration only.");
    };
    let index = {
        let (address, page) = (format!("{place}index.json"), use_page_requests());
        fetch(async move { http::get(&address, page).await?.json::<Index>().await })
    };
    shown(index, place)
}

fn shown(index: RwSignal<crate::components::Remote<Index>>, place: String) -> AnyView {
    remote(index, "Loading the list of sample files", move |index| {
        let rows = index
            .samples
            .iter()
            .map(|sample| row(sample, &place))
            .collect();
        let columns = [
            Column::Text("File"),
            Column::Text("Kind"),
            Column::Number("Size"),
            Column::Text("Outcome"),
            Column::Text("Signature"),
        ];
        table_below_heading("Sample files", &columns, rows)
    })
    .into_any()
}

fn row(sample: &Sample, place: &str) -> Vec<Cell> {
    let link = a()
        .class("govuk-link")
        .href(format!("{place}{}", sample.name))
        .download(sample.name.clone())
        .child(sample.title.clone());
    let signature = a()
        .class("govuk-link")
        .href(format!("{place}{}.p7s", sample.name))
        .download(format!("{}.p7s", sample.name))
        .child((
            "Its signature",
            span()
                .class("govuk-visually-hidden")
                .child(format!(" ({})", sample.title)),
        ));
    vec![
        text_cell((
            link,
            div()
                .class("govuk-hint app-identifier govuk-!-margin-bottom-0")
                .child(sample.name.clone()),
        )),
        text_cell(sample.kind.name()),
        number_cell(size(sample.length)),
        text_cell(sample.expect.clone()),
        text_cell(signature),
    ]
}
