//! `/samples/`: files to try, as a plain page for people and as `index.json` for programs.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, StatusCode};
use serde::Deserialize;

use super::Page;
use super::assets::{inside, send};
use crate::html::{self, escape};

/// What `index.json` says of each sample.
#[derive(Debug, Deserialize)]
struct Sample {
    name: String,
    signature: String,
    title: String,
    expect: String,
    length: u64,
}

#[derive(Debug, Deserialize)]
struct Index {
    samples: Vec<Sample>,
}

/// The list.
pub(super) async fn list(State(page): State<Arc<Page>>) -> Response {
    let Ok(index) = crate::files::read_json::<Index>(&page.samples.join("index.json")) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut body = String::from(
        "<h1>Sample files</h1>\n<p class=\"lead\">Made from the demonstration's own data at its last start. Each has a \
         signature by Supplier ARO 1 beside it, as if it was signed outside of the page.</p>\n<ul class=\"files\">\n",
    );
    for sample in &index.samples {
        let _ = writeln!(
            body,
            "<li><a href=\"/samples/{name}\" download>{title}</a> <span>{name}, {length}</span><p>{expect} \
             <a href=\"/samples/{signature}\" download>Its signature</a></p></li>",
            name = escape(&sample.name),
            signature = escape(&sample.signature),
            title = escape(&sample.title),
            expect = escape(&sample.expect),
            length = size(sample.length),
        );
    }
    body.push_str("</ul>\n<p><a href=\"/\">Back to Sluice</a></p>\n");
    (
        [(CACHE_CONTROL, "no-cache")],
        Html(html::document(
            "Sample files",
            "/samples/samples.css",
            &body,
        )),
    )
        .into_response()
}

/// The style sheet of the list: that of all plain pages here.
pub(super) async fn style() -> Response {
    (
        [
            (CONTENT_TYPE, "text/css; charset=utf-8"),
            (CACHE_CONTROL, "no-cache"),
        ],
        html::STYLE,
    )
        .into_response()
}

/// A file, always as a download.
pub(super) async fn file(
    State(page): State<Arc<Page>>,
    headers: HeaderMap,
    Path(name): Path<String>,
) -> Response {
    let Some(file) = inside(&page.samples, &name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut response = send(&file, &headers).await;
    if response.status().is_success() && name != "index.json" {
        response
            .headers_mut()
            .insert(CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    }
    response
}

fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{} MB", bytes / 1_000_000),
    }
}
