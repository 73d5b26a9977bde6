//! The row of pages below the header. Users and DCC staff see different ones.

use crate::{
    address::use_address,
    session::{Phase, Session},
};
use leptos::{html::*, prelude::*};

const USER: &[(&str, &str)] = &[
    ("/", "Overview"),
    ("/send", "Send a file"),
    ("/quarantine", "Quarantine"),
    ("/thresholds", "Thresholds"),
    ("/submissions", "Submissions"),
    ("/help", "Help"),
];

const DCC: &[(&str, &str)] = &[
    ("/review", "Review"),
    ("/quarantine", "Quarantine"),
    ("/thresholds", "Thresholds"),
    ("/submissions", "Submissions"),
    ("/help", "Help"),
];

const NOBODY: &[(&str, &str)] = &[("/help", "Help")];

pub(super) fn navigation(session: Session) -> AnyView {
    let path = use_address().path();
    let entries = Memo::new(move |_| match (session.phase(), session.me()) {
        (Phase::Out(_), _) | (_, None) => NOBODY,
        (_, Some(me)) if me.dcc => DCC,
        _ => USER,
    });
    nav()
        .class("app-navigation")
        .aria_label("Pages")
        .child(
            div()
                .class("app-width")
                .child(ul().class("app-navigation__list").child(move || {
                    entries
                        .get()
                        .iter()
                        .map(|&(address, words)| entry(path, address, words))
                        .collect::<Vec<_>>()
                })),
        )
        .into_any()
}

fn entry(path: Memo<String>, address: &'static str, words: &'static str) -> AnyView {
    let here = move || is_within(&path.get(), address);
    li().class("app-navigation__item")
        .child(
            a().class("app-navigation__link")
                .href(address)
                .aria_current(move || here().then_some("page"))
                .child(words),
        )
        .into_any()
}

/// True when `path` is the page of `address` or lies below it.
fn is_within(path: &str, address: &str) -> bool {
    match path.strip_prefix(address) {
        Some(rest) => rest.is_empty() || (address != "/" && rest.starts_with('/')),
        None => false,
    }
}
