//! Findings in a table: filtered by code, 50 on a page, each with the lines of the file around it where they can be had.

use super::{Colour, counted, grouped, pagination, tag};
use crate::address::{HelpTopic, PagePath, Parameter};
use leptos::{ev, html::*, prelude::*};
use sluice_shared::finding::{Finding, FindingCode, Severity};
use std::collections::BTreeMap;

const ON_A_PAGE: usize = 50;

/// Draws the lines of the file around one line. A callback, so that tables without lines do not name what draws them.
pub type ShowLines = Callback<u64, AnyView>;

/// Which part of the findings is shown. Cheap to copy.
#[derive(Clone, Copy, Default)]
pub struct FindingsShown {
    /// Of one code only.
    chosen: RwSignal<Option<String>>,
    page: RwSignal<usize>,
}

impl FindingsShown {
    /// Turns to a finding, by its place among all of them, and focuses it.
    pub fn turn_to(self, place: usize) {
        self.chosen.set(None);
        self.page.set(place / ON_A_PAGE);
        crate::browser::scroll_to(id_of(place));
    }
}

fn id_of(place: usize) -> String {
    format!("finding-{place}")
}

/// Findings, of which `counts` says how many there are of each code; there may be more than `findings` has.
pub fn findings_table(
    findings: Vec<Finding>,
    counts: &BTreeMap<String, u64>,
    lines: Option<ShowLines>,
) -> AnyView {
    findings_table_at(FindingsShown::default(), findings, counts, lines)
}

/// The same for whoever leads to single findings of it.
pub fn findings_table_at(
    FindingsShown { chosen, page }: FindingsShown,
    findings: Vec<Finding>,
    counts: &BTreeMap<String, u64>,
    lines: Option<ShowLines>,
) -> AnyView {
    let all: u64 = counts.values().sum();
    let kept = findings.len() as u64;
    let findings = StoredValue::new(findings);
    let options: Vec<AnyView> = counts
        .iter()
        .map(|(code, count)| {
            option()
                .value(code.clone())
                .child(format!("{} ({})", title(code), grouped(*count)))
                .into_any()
        })
        .collect();
    let filter = (counts.len() > 1).then(|| {
        div().class("govuk-form-group").child((
            label()
                .class("govuk-label")
                .r#for("finding-code")
                .child("Show"),
            select()
                .class("govuk-select")
                .id("finding-code")
                .prop("value", move || chosen.get().unwrap_or_default())
                .on(ev::change, move |event| {
                    chosen.set(Some(event_target_value(&event)).filter(|code| !code.is_empty()));
                    page.set(0);
                })
                .child((
                    option()
                        .value("")
                        .child(format!("All findings ({})", grouped(all))),
                    options,
                )),
        ))
    });
    let table = move || {
        let chosen = chosen.get();
        let (rows, pages, at) = findings.with_value(|findings| {
            let fits = |(_, finding): &(usize, &Finding)| {
                chosen.as_ref().is_none_or(|code| finding.code == *code)
            };
            let fitting: Vec<(usize, &Finding)> =
                findings.iter().enumerate().filter(fits).collect();
            let pages = fitting.len().div_ceil(ON_A_PAGE).max(1);
            let at = page.get().min(pages - 1);
            let shown = fitting.iter().skip(at * ON_A_PAGE).take(ON_A_PAGE);
            let rows: Vec<AnyView> = shown
                .map(|(place, finding)| row(*place, finding, lines))
                .collect();
            (rows, pages, at)
        });
        (
            whole_table(rows),
            (pages > 1).then(|| turn(page, at, pages)),
        )
    };
    div()
        .child((
            filter,
            table,
            (all > kept).then(|| {
                p().class("govuk-body").child(format!(
                    "The first {} are shown here.",
                    counted(kept, "finding", "findings")
                ))
            }),
        ))
        .into_any()
}

/// The way to what Help says of a kind of finding.
fn about(code: &FindingCode) -> AnyView {
    let link = PagePath::HelpTopic(HelpTopic::Findings).with(Parameter::Finding, code.code);
    p().class("govuk-body-s govuk-!-margin-bottom-0 app-findings__help")
        .child(
            a().class("govuk-link")
                .href(link.href())
                .child(("Help: ", code.title)),
        )
        .into_any()
}

fn title(code: &str) -> String {
    FindingCode::find(code).map_or_else(|| code.to_owned(), |known| known.title.to_owned())
}

fn turn(page: RwSignal<usize>, at: usize, pages: usize) -> AnyView {
    let to = move |place: usize| -> Box<dyn Fn() + Send> { Box::new(move || page.set(place)) };
    pagination(
        "Pages of findings",
        format!("Page {} of {pages}", at + 1),
        (at > 0).then(|| to(at - 1)),
        (at + 1 < pages).then(|| to(at + 1)),
    )
}

fn whole_table(rows: Vec<AnyView>) -> AnyView {
    let head = |words: &'static str| th().scope("col").class("govuk-table__header").child(words);
    div()
        .class("app-table-scroll")
        .role("region")
        .tabindex("0")
        .aria_label("Findings")
        .child(
            table().class("govuk-table app-findings").child((
                caption().class("govuk-visually-hidden").child("Findings"),
                thead()
                    .class("govuk-table__head")
                    .child(tr().class("govuk-table__row").child((
                        head("Where"),
                        head("Value"),
                        head("What is wrong, and what to do"),
                    ))),
                tbody().class("govuk-table__body").child(rows),
            )),
        )
        .into_any()
}

fn row(at: usize, finding: &Finding, lines: Option<ShowLines>) -> AnyView {
    let open = RwSignal::new(false);
    let place = match (finding.line, &finding.column) {
        (Some(line), Some(column)) => format!("Line {}, {column}", grouped(line)),
        (Some(line), None) => format!("Line {}", grouped(line)),
        (None, Some(column)) => format!("Whole file, {column}"),
        (None, None) => "Whole file".to_owned(),
    };
    let place = match (finding.line, lines) {
        (Some(_), Some(_)) => button()
            .r#type("button")
            .class("govuk-link app-quiet-button")
            .aria_expanded(move || open.get().to_string())
            .on(ev::click, move |_| open.update(|open| *open = !*open))
            .child(place)
            .into_any(),
        _ => place.into_any(),
    };
    let severity = match finding.severity {
        Severity::Error => tag("Error", Colour::Red),
        Severity::Warning => tag("Warning", Colour::Yellow),
    };
    let line = finding.line;
    let around = move || {
        let (true, Some(line), Some(lines)) = (open.get(), line, lines) else {
            return None;
        };
        Some(
            tr().class("govuk-table__row").child(
                td().class("govuk-table__cell")
                    .colspan("3")
                    .child(lines.run(line)),
            ),
        )
    };
    (
        tr().class("govuk-table__row")
            .id(id_of(at))
            .tabindex("-1")
            .child((
                td().class("govuk-table__cell app-findings__place")
                    .child((severity, div().child(place))),
                td().class("govuk-table__cell").child(
                    finding
                        .value
                        .clone()
                        .map(|value| span().class("app-identifier").child(value)),
                ),
                td().class("govuk-table__cell").child((
                    p().class("govuk-body govuk-!-margin-bottom-1")
                        .child(finding.message.clone()),
                    p().class("govuk-body govuk-!-margin-bottom-0 app-findings__remedy")
                        .child(finding.remedy.clone()),
                    FindingCode::find(&finding.code).map(about),
                )),
            )),
        around,
    )
        .into_any()
}
