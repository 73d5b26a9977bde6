//! The scrolling table: only the rows in view are drawn, so that 100,000 of them stay quick.

use super::{
    in_view::{self, TABLE},
    keys, row,
    work::{self, Work},
};
use crate::{
    address::Parameter,
    browser,
    components::{changing, grouped_count, service, short_moment},
    decide::SortBy,
};
use leptos::{ev, html::*, prelude::*};
use sluice_shared::identifiers::SrvOrAll;
use wasm_bindgen::JsCast;

/// Rows drawn above and below those in view.
const AHEAD: usize = 6;
/// Rows that are printed: about 100 pages of paper.
const MOST_PRINTED: usize = 5_000;
/// Browsers draw nothing taller than about 17 million pixels; past this many rows, people filter.
const MOST: usize = 200_000;

/// What the window's size decides; the styles have the same numbers.
#[derive(Clone, Copy, PartialEq)]
struct Measures {
    /// The height of a row in pixels: its cells stand side by side, or one below the other where the window is narrow.
    row: f64,
    /// The most that the table can show at once, in pixels.
    view: f64,
}

impl Measures {
    fn now() -> Self {
        let pixels = |size: Result<wasm_bindgen::JsValue, _>, otherwise: f64| {
            size.ok()
                .and_then(|size| size.as_f64())
                .unwrap_or(otherwise)
        };
        let window = browser::window();
        let width = pixels(window.inner_width(), 1_280.0);
        Self {
            row: match width {
                ..380.0 => 140.0,
                ..641.0 => 124.0,
                _ => 48.0,
            },
            view: (pixels(window.inner_height(), 900.0) * 0.6).max(320.0),
        }
    }
}

#[expect(
    clippy::too_many_lines,
    reason = "one table: its parts share the signals that are made here"
)]
pub(super) fn scrolling_table(work: Work, decidable: bool) -> AnyView {
    let frame = NodeRef::<Div>::new();
    let top = RwSignal::new(0.0_f64);
    let measures = RwSignal::new(Measures::now());
    let count = move || work.shown.with(|shown| shown.len().min(MOST));
    // On paper nothing scrolls.
    let printing = RwSignal::new(false);
    browser::listen(ev::beforeprint, move |_| printing.set(true));
    browser::listen(ev::afterprint, move |_| printing.set(false));
    browser::listen(ev::resize, move |_| measures.set(Measures::now()));
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "places of rows, small and positive"
    )]
    let in_view = Memo::new(move |_| {
        if printing.get() {
            return (0, count().min(MOST_PRINTED));
        }
        let Measures { row, view } = measures.get();
        let first = (top.get() / row).floor() as usize;
        let rows = (view / row).ceil() as usize + 1;
        let last = (first + rows + AHEAD).min(count());
        (first.saturating_sub(AHEAD).min(last), last)
    });
    let places = move || {
        let (first, last) = in_view.get();
        let shown = work.shown.get();
        (first..last.min(shown.len()))
            .map(|place| (place, shown[place] as usize))
            .collect::<Vec<_>>()
    };
    let here = move || in_view::Line {
        place: work.here.get_untracked(),
        height: measures.get_untracked().row,
    };
    // Only for whoever works in the table: nothing moves under the hands of others.
    let show_here = move || {
        if let Some(frame) = frame.get_untracked().filter(|_| has_focus()) {
            here().show(&frame);
        }
    };
    Effect::new(move |_| {
        let _ = work.here.get();
        show_here();
    });
    let press = move |event: ev::KeyboardEvent| {
        let from_head = event.target() != event.current_target();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "as above"
        )]
        let page = measures.with_untracked(|now| now.view / now.row) as usize;
        let table = keys::Table {
            page: page.saturating_sub(2).max(1),
            is_row_seen: frame
                .get_untracked()
                .is_none_or(|frame| here().is_seen(&frame)),
            decidable,
        };
        if !from_head && keys::pressed(work, &event, table) {
            event.prevent_default();
            show_here();
        }
    };
    let active = move || {
        let shown = work.shown.get();
        shown.get(work.here.get()).map(|row| format!("held-{row}"))
    };
    #[expect(
        clippy::cast_precision_loss,
        reason = "a count of rows is far below 2^53"
    )]
    let body_height = move || format!("{}px", count() as f64 * measures.get().row);
    div()
        .child((
            div()
                .class("app-grid")
                .class(("app-grid--empty", move || count() == 0))
                .class(("app-grid--look", !decidable))
                .node_ref(frame)
                .role("grid")
                .tabindex("0")
                .id(TABLE)
                .aria_label("Held communications")
                .attr("aria-describedby", "rows-shown")
                .attr("aria-rowcount", move || (count() + 1).to_string())
                .attr("aria-multiselectable", decidable.then_some("true"))
                .attr("aria-activedescendant", active)
                .on(ev::keydown, press)
                // The browser scrolls to the table as a whole first.
                .on(ev::focus, move |_| browser::after(0, show_here))
                .on(ev::scroll, move |event| {
                    let frame = event
                        .target()
                        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
                    top.set(frame.map_or(0.0, |frame| f64::from(frame.scroll_top())));
                })
                .child((
                    head(work, decidable),
                    div()
                        .class("app-grid__body")
                        .role("rowgroup")
                        .style(("height", body_height))
                        .child(For(ForProps {
                            each: places,
                            key: |place| *place,
                            children: move |(place, row)| {
                                line(work, place, row, measures, decidable)
                            },
                        })),
                )),
            changing(move || {
                (work.shown.with(|shown| shown.len()) > MOST).then(|| {
                    p().class("govuk-body").child(format!(
                        "The first {} are shown. Filter to see others.",
                        grouped_count(MOST)
                    ))
                })
            }),
            changing(move || {
                (count() > MOST_PRINTED).then(|| {
                    p().class("govuk-body app-print-only").child(format!(
                        "The first {} of {} are printed. Filter to print others.",
                        grouped_count(MOST_PRINTED),
                        grouped_count(count())
                    ))
                })
            }),
            changing(move || {
                (count() == 0).then(|| {
                    p().class("govuk-body")
                        .child("No communication fits the filters. Clear them to see all.")
                })
            }),
        ))
        .into_any()
}

/// Whether the keys go to the table.
fn has_focus() -> bool {
    let focused = browser::document().active_element();
    focused.is_some_and(|focused| focused.id() == TABLE)
}

fn head(work: Work, decidable: bool) -> AnyView {
    let column = move |by: SortBy, words: &'static str| {
        let sort = move || work::sort(work.address());
        let direction = move || match sort() {
            now if now.by != by => "none",
            now if now.descending => "descending",
            _ => "ascending",
        };
        div()
            .role("columnheader")
            .class(format!("app-grid__cell app-grid__{}", class_of(by)))
            .attr("aria-sort", direction)
            .child(
                button()
                    .r#type("button")
                    .class("app-grid__sort")
                    .child(words)
                    .on(ev::click, move |_| {
                        let next = untrack(sort).pressed(by).to_text();
                        work.address().set_parameter(Parameter::Sort, Some(&next));
                    }),
            )
            .into_any()
    };
    div()
        .class("app-grid__head")
        .role("rowgroup")
        .child(
            div()
                .class("app-grid__row")
                .role("row")
                .attr("aria-rowindex", "1")
                .child((
                    decidable.then(|| {
                        div()
                            .role("columnheader")
                            .class("app-grid__cell app-grid__select")
                            .child(span().class("govuk-visually-hidden").child("Selected"))
                    }),
                    column(SortBy::Device, "Request ID"),
                    column(SortBy::Srv, "Service"),
                    column(SortBy::Time, "Held since (UTC)"),
                    column(SortBy::Choice, "State"),
                )),
        )
        .into_any()
}

const fn class_of(by: SortBy) -> &'static str {
    match by {
        SortBy::Place | SortBy::Device => "request",
        SortBy::Srv => "srv",
        SortBy::Time => "time",
        SortBy::Choice => "state",
    }
}

fn line(
    work: Work,
    place: usize,
    row: usize,
    measures: RwSignal<Measures>,
    decidable: bool,
) -> AnyView {
    let held = work.table.with_value(|table| table.get(row));
    let open = decidable && work.is_open(row);
    let selected = move || work.selection.with(|selection| selection.contains(row));
    let cell = |name: SortBy, content: AnyView| {
        div()
            .role("gridcell")
            .class(format!("app-grid__cell app-grid__{}", class_of(name)))
            .child(content)
            .into_any()
    };
    let press = move |event: ev::MouseEvent| {
        work.cursor.set(place);
        if open && event.shift_key() {
            keys::extend(work, place);
        } else if open {
            keys::toggle(work, place);
        }
    };
    #[expect(clippy::cast_precision_loss, reason = "a place of a row is small")]
    let at = move || format!("{}px", place as f64 * measures.get().row);
    div()
        .role("row")
        .class("app-grid__row")
        .class(("app-grid__row--here", move || work.here.get() == place))
        .class(("app-grid__row--selected", selected))
        .id(format!("held-{row}"))
        .attr("aria-rowindex", (place + 2).to_string())
        .attr("aria-selected", move || {
            open.then(|| if selected() { "true" } else { "false" })
        })
        .style(("top", at))
        .on(ev::mousedown, |event| {
            if event.shift_key() {
                event.prevent_default();
            }
        })
        .on(ev::click, press)
        .child((
            decidable.then(|| {
                div()
                    .role("gridcell")
                    .class("app-grid__cell app-grid__select")
                    .child(
                        span()
                            .class("app-grid__box")
                            .class(("app-grid__box--none", !open))
                            .aria_hidden("true")
                            .child(changing(move || if selected() { "✓" } else { "" })),
                    )
            }),
            cell(SortBy::Device, row::request(held.request)),
            cell(SortBy::Srv, service(SrvOrAll::One(held.srv))),
            cell(SortBy::Time, short_moment(held.quarantined_at).into_any()),
            cell(SortBy::Choice, row::state(work, row)),
        ))
        .into_any()
}
