//! One User ID: in force, exceptions, what starts later, history.

use super::{history, in_force};
use crate::{
    address::PagePath,
    api::{Me, calls, use_api},
    components::{fetch, identifier, inset, link_button, moment, remote, row, summary_list},
    sent::{sent_for_user, watch_sent},
    service,
    session::use_session,
};
use leptos::{html::*, prelude::*};
use sluice_shared::{
    api::UserThresholdsView,
    directory::Permission,
    files::FileKind,
    identifiers::{Eui64, PersonId, SrvOrAll},
    profile::Profile,
    services::{Service, ServiceTable},
};

pub(crate) fn user_thresholds_page(id: Eui64) -> AnyView {
    let api = use_api();
    let profile = service::profile(api);
    let may_write = use_session().me().is_some_and(|me| may_write(&me));
    let sent = watch_sent(api, FileKind::Adt);
    let view = fetch(async move { api.get(calls::user_thresholds(id)).await });
    div()
        .child((
            a().class("govuk-back-link")
                .href(PagePath::Thresholds.href())
                .child("All User IDs"),
            h1().class("govuk-heading-l")
                .child(("Thresholds of ", identifier(&id.to_string()))),
            div().class("app-reading").child(sent_for_user(sent, id)),
            remote(view, "Loading the thresholds", move |view| {
                profile.with(|profile| user_thresholds_body(view, profile, may_write))
            }),
        ))
        .into_any()
}

/// Whether a person may write thresholds: to send files is to declare them.
pub(super) fn may_write(me: &Me) -> bool {
    !me.dcc && me.may(Permission::SendFiles)
}

/// The critical services that need a threshold and have none in force.
fn missing(view: &UserThresholdsView, profile: &Profile) -> Vec<&'static Service> {
    if !profile.adt.require_every_critical_service {
        return Vec::new();
    }
    let has = |service: &Service| {
        view.in_force
            .iter()
            .any(|row| row.key.srv == SrvOrAll::One(service.srv))
    };
    ServiceTable::standard()
        .required_for(&view.roles)
        .into_iter()
        .filter(|service| !has(service))
        .collect()
}

fn user_thresholds_body(view: &UserThresholdsView, profile: &Profile, may_write: bool) -> AnyView {
    let roles: Vec<String> = view
        .roles
        .iter()
        .map(|role| format!("{role} {}", role.name()))
        .collect();
    let name = |id: &PersonId| {
        view.people
            .iter()
            .find(|person| person.id == *id)
            .map(|person| person.name.clone())
            .unwrap_or_default()
    };
    let mut rows = vec![
        row("Organisation", view.organisation_name.clone()),
        row("Roles", roles.join(", ")),
    ];
    if let Some(known) = &view.thresholds {
        let origin = &known.origin;
        let link = a()
            .class("govuk-link app-identifier")
            .href(PagePath::Submission(origin.submission).href());
        rows.push(row("Last accepted", moment(origin.accepted_at)));
        rows.push(row("Signed by", name(&origin.signer)));
        if origin.uploader != origin.signer {
            rows.push(row("Sent by", name(&origin.uploader)));
        }
        if let Some(reviewer) = &origin.reviewer {
            rows.push(row("Reviewed by", name(reviewer)));
        }
        rows.push(row("Submission", link.child(origin.submission.to_string())));
    }
    let missing: Vec<AnyView> = missing(view, profile)
        .into_iter()
        .map(|service| {
            li().child(format!("{} {}", service.srv, service.name))
                .into_any()
        })
        .collect();
    div()
        .child((
            div().class("app-reading").child((
                summary_list(rows),
                view.thresholds.is_none().then(|| {
                    inset("Nothing is in force for this User ID yet. The first statement waits for a DCC reviewer.")
                }),
                (view.thresholds.is_some() && !missing.is_empty()).then(|| {
                    inset((
                        p().class("govuk-body").child("These services need a threshold and have none:"),
                        ul().class("govuk-list govuk-list--bullet").child(missing),
                    ))
                }),
                may_write.then(|| link_button("Write thresholds", PagePath::WriteThresholds(view.user_id))),
            )),
            in_force::in_force_tables(view),
            history::history_section(view.user_id),
        ))
        .into_any()
}
