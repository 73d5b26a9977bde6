//! Adding rows.

use super::{
    Editor,
    line::{KeptLine, Line},
};
use crate::components::{field, secondary_button, service_name};
use leptos::{html::*, prelude::*};
use sluice_shared::{
    files::AdtColumn, identifiers::SrvOrAll, services::ServiceTable, thresholds::Period,
};

/// Adds a standing row: another period of a service, or all communications together.
pub(super) fn standing(editor: Editor) -> AnyView {
    form(editor, false, "Add a threshold", "Add the threshold")
}

pub(super) fn exception(editor: Editor) -> AnyView {
    form(editor, true, "Add an exception", "Add the exception")
}

fn form(editor: Editor, exception: bool, title: &'static str, verb: &'static str) -> AnyView {
    let srv = RwSignal::new("ALL".to_owned());
    let period = RwSignal::new(Period::Day.to_string());
    let periods = Period::ALL
        .into_iter()
        .map(|period| (period.to_string(), period.in_words().to_owned()))
        .collect();
    let id = |part: &str| {
        format!(
            "add-{}-{part}",
            if exception { "exception" } else { "threshold" }
        )
    };
    let add = move |_| {
        let kept = KeptLine {
            srv: srv.get_untracked(),
            exception,
            period: period.get_untracked(),
            ..KeptLine::default()
        };
        let Some(line) = Line::new(&kept, false) else {
            return;
        };
        editor.lines.update(|lines| {
            let place = lines
                .partition_point(|other| (other.exception, other.srv) <= (exception, line.srv));
            lines.insert(place, line);
        });
        crate::browser::scroll_to(line.field_id(AdtColumn::Warning));
    };
    crate::components::details(
        title,
        div().class("app-filters").child((
            field(id("service"), "Service").select(services(editor), srv),
            field(id("period"), "Period").select(periods, period),
            secondary_button(verb, add),
        )),
    )
}

/// All communications, what the roles may send of critical services, and what the profile allows beyond.
fn services(editor: Editor) -> Vec<(String, String)> {
    let roles = editor.view.with_value(|view| view.roles.clone());
    let table = ServiceTable::standard();
    let critical = table
        .required_for(&roles)
        .into_iter()
        .map(|service| service.srv);
    let allowed = editor
        .basis
        .with_value(|basis| basis.service.profile.adt.allowed_non_critical.clone());
    let mut srvs: Vec<_> = critical.chain(allowed).collect();
    srvs.sort_unstable();
    srvs.dedup();
    let all = std::iter::once(("ALL".to_owned(), "All communications".to_owned()));
    all.chain(srvs.into_iter().map(|srv| {
        (
            srv.to_string(),
            format!("{srv} {}", service_name(SrvOrAll::One(srv))),
        )
    }))
    .collect()
}
