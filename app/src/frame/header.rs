//! The dark bar on top: name, organisation, person.

use crate::components::changing;
use crate::{
    address::{Address, PagePath, use_address},
    routes::Kept,
    session::{Phase, Session},
};
use leptos::{ev, html::*, prelude::*};
use sluice_shared::{directory::Permission, identifiers::PersonId};

pub(super) fn header(session: Session) -> AnyView {
    leptos::html::header()
        .class("app-header")
        .child(
            div().class("app-width app-header__row").child((
                a().class("app-header__name")
                    .href(PagePath::Overview.href())
                    .child("Sluice"),
                changing(move || {
                    session
                        .me()
                        .filter(|_| session.phase() == Phase::In)
                        .map(|me| person(session, me))
                }),
            )),
        )
        .into_any()
}

fn person(session: Session, me: crate::api::Me) -> AnyView {
    let address = use_address();
    let id = StoredValue::new(me.person.id.clone());
    // Of DCC staff, reviewers and administrators sign.
    let signs = !me.dcc || me.may(Permission::DecideReviews) || me.may(Permission::KeepDirectory);
    let key = signs.then(|| {
        li().child(
            a().class("app-header__link")
                .href(PagePath::SigningKey.href())
                .child("Signing key"),
        )
    });
    div()
        .class("app-header__person")
        .child((
            p().class("app-header__who").child((
                span()
                    .class("app-header__organisation")
                    .child(me.organisation.name),
                span()
                    .class("app-header__name-of-person")
                    .child(me.person.name),
            )),
            ul().class("app-header__menu")
                .aria_label("Your account")
                .child((
                    key,
                    li().child(
                        button()
                            .r#type("button")
                            .class("app-header__link")
                            .on(ev::click, move |_| {
                                leptos::task::spawn_local(leave(session, address, id.get_value()));
                            })
                            .child("Sign out"),
                    ),
                )),
        ))
        .into_any()
}

/// Signs out; where a draft would stay behind, asks first what is to become of it.
async fn leave(session: Session, address: Address, person: PersonId) {
    match Kept::of(&person).await {
        Ok(kept) if !kept.is_empty() => address.open(PagePath::SignOut),
        _ => session.sign_out().await,
    }
}
