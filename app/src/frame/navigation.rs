//! The row of pages below the header. Users and DCC staff see different ones.

use crate::components::changing;
use crate::{
    address::{PagePath, Section, use_address},
    session::{Phase, Session},
};
use leptos::{html::*, prelude::*};
use sluice_shared::directory::Permission;

const USER: &[(PagePath, &str)] = &[
    (PagePath::Overview, "Overview"),
    (PagePath::Send, "Send a file"),
    (PagePath::Quarantine, "Quarantine"),
    (PagePath::Thresholds, "Thresholds"),
    (PagePath::Submissions, "Submissions"),
    (PagePath::People, "People"),
    (PagePath::Activity, "Activity"),
    (PagePath::Help, "Help"),
];

const DCC: &[(PagePath, &str)] = &[
    (PagePath::ReviewQueue, "Review"),
    (PagePath::Quarantine, "Quarantine"),
    (PagePath::Thresholds, "Thresholds"),
    (PagePath::Submissions, "Submissions"),
    (PagePath::Directory, "Directory"),
    (PagePath::Activity, "Activity"),
    (PagePath::Help, "Help"),
];

const NOBODY: &[(PagePath, &str)] = &[(PagePath::Help, "Help")];

pub(super) fn navigation(session: Session) -> AnyView {
    let path = use_address().path();
    let entries = Memo::new(move |_| {
        let (all, me) = match (session.phase(), session.me()) {
            (Phase::Out(_), _) | (_, None) => return NOBODY.to_vec(),
            (_, Some(me)) if me.dcc => (DCC, me),
            (_, Some(me)) => (USER, me),
        };
        let is_for = |page: PagePath| match page {
            PagePath::People | PagePath::Directory => me.may(Permission::ReadPeople),
            PagePath::Activity => me.may(Permission::ReadActivity),
            PagePath::ReviewQueue => me.may(Permission::ReadReviews),
            _ => true,
        };
        let theirs = all.iter().filter(|(page, _)| is_for(*page));
        theirs.copied().collect::<Vec<_>>()
    });
    nav()
        .class("app-navigation")
        .aria_label("Pages")
        .child(
            div()
                .class("app-width")
                .child(ul().class("app-navigation__list").child(changing(move || {
                    entries
                        .get()
                        .iter()
                        .map(|&(page, words)| entry(path, page, words))
                        .collect::<Vec<_>>()
                }))),
        )
        .into_any()
}

fn entry(path: Memo<String>, page: PagePath, words: &'static str) -> AnyView {
    let here = move || path.with(|path| Section::of_path(path) == Some(page.section()));
    li().class("app-navigation__item")
        .child(
            a().class("app-navigation__link")
                .href(page.href())
                .aria_current(move || here().then_some("page"))
                .child(words),
        )
        .into_any()
}
