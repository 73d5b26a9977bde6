//! A page that is not for what somebody is registered as.

use crate::{address::PagePath, api::Me};
use leptos::{html::*, prelude::*};
use sluice_shared::directory::Permission;

/// Whether somebody sends files: DCC staff look after those of others.
pub fn sends_files(me: &Me) -> bool {
    !me.dcc && me.may(Permission::SendFiles)
}

/// Says in a sentence what somebody's role does not do, with the way to what it does.
pub fn beyond_role(me: &Me, words: &'static str) -> AnyView {
    let (page, does) = if me.may(Permission::ReadReviews) {
        (PagePath::ReviewQueue, "See what is waiting for review")
    } else if me.dcc && me.may(Permission::ReadPeople) {
        (PagePath::Directory, "See the directory")
    } else {
        (PagePath::Submissions, "See the submissions")
    };
    p().class("govuk-body")
        .child((
            words,
            " ",
            a().class("govuk-link").href(page.href()).child(does),
            ".",
        ))
        .into_any()
}
