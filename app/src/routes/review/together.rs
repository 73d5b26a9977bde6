//! Accepting several submissions that only harmless rules stopped: what exactly happens, in numbers, one reason, and each decision signed for its
//! own file and its own verdict.

use super::{
    aside::own_id,
    choose::BETWEEN,
    in_numbers::in_numbers,
    key,
    table::reasons,
    together_form::reason_form,
    together_look::{Looked, look_at},
    together_outcome::{Outcome, outcomes_page},
};
use crate::{
    address::{Address, PagePath, Parameter, use_address},
    api::{Api, use_api},
    components::{
        Column, changing, counted, fetch, quiet_button, remote, table_below_heading, text_cell,
        warning_text,
    },
    key::KeyProgress,
    service,
    session::use_session,
};
use leptos::{html::*, prelude::*};
use sluice_shared::{
    api::{ReviewEvidence, SubmissionChanges},
    identifiers::SubmissionId,
    review::in_anothers_hands,
    submission::Decision,
};

pub(crate) fn review_together_page() -> AnyView {
    let (api, address) = (use_api(), use_address());
    let outcomes = RwSignal::new(None::<Vec<Outcome>>);
    let chosen = Memo::new(move |_| chosen(address));
    div()
        .child((
            a().class("govuk-back-link")
                .href(PagePath::ReviewQueue.href())
                .child("Back to review queue"),
            h1().class("govuk-heading-l")
                .tabindex("-1")
                .child("Accept together"),
            changing(move || {
                if let Some(all) = outcomes.get() {
                    return outcomes_page(&all, move |rest| {
                        address.set_parameter(Parameter::Chosen, Some(&joined(&rest)));
                        outcomes.set(None);
                    });
                }
                let chosen = chosen.get();
                let looked = fetch(async move { Ok(look_at_all(api, chosen).await) });
                remote(looked, "Looking at each of them", move |looked| {
                    form(looked.clone(), address, outcomes)
                })
            }),
        ))
        .into_any()
}

fn chosen(address: Address) -> Vec<SubmissionId> {
    let text = address.parameter(Parameter::Chosen).unwrap_or_default();
    let mut chosen = Vec::new();
    for reference in text.split(BETWEEN).map(SubmissionId::parse) {
        if let Ok(reference) = reference
            && !chosen.contains(&reference)
        {
            chosen.push(reference);
        }
    }
    chosen
}

fn joined(references: &[SubmissionId]) -> String {
    let texts: Vec<String> = references.iter().map(ToString::to_string).collect();
    texts.join(BETWEEN)
}

async fn look_at_all(api: Api, chosen: Vec<SubmissionId>) -> Vec<Looked> {
    let profile = service::ask(api).await.profile;
    let mut all = Vec::new();
    for (place, reference) in chosen.into_iter().enumerate() {
        all.push(if place >= profile.review.max_together {
            let most = profile.review.max_together;
            Looked::LeftOut(reference, format!("at most {most} are accepted together"))
        } else {
            look_at(api, reference, &profile.review).await
        });
    }
    all
}

fn form(
    looked: Vec<Looked>,
    address: Address,
    outcomes: RwSignal<Option<Vec<Outcome>>>,
) -> AnyView {
    let (mut fits, mut left_out) = (Vec::new(), Vec::new());
    for one in looked {
        match one {
            Looked::Fits(shown) => fits.push(*shown),
            Looked::LeftOut(reference, why) => left_out.push((reference, why)),
        }
    }
    let Some(me) = use_session().me() else {
        return ().into_any();
    };
    let others = left_out_list(&left_out);
    if fits.is_empty() {
        let words = "None of the submissions that you chose can be accepted together.";
        return div()
            .child((p().class("govuk-body").child(words), others))
            .into_any();
    }
    let progress = key::progress(&me);
    let (held, words) = (in_other_hands(&fits, address), total(&fits));
    let rows = rows(&fits);
    let fits = StoredValue::new(fits);
    div()
        .child((
            p().class("govuk-body-l").child(words),
            others,
            held,
            rows,
            changing(move || match progress.get() {
                Some(progress) if progress < KeyProgress::Certificate => key::needed(progress),
                _ => reason_form(fits, outcomes),
            }),
        ))
        .into_any()
}

/// What happens altogether, in numbers.
fn total(fits: &[ReviewEvidence]) -> String {
    let mut all = SubmissionChanges::default();
    let mut organisations: Vec<&str> = Vec::new();
    for shown in fits {
        let changes = SubmissionChanges::from(&shown.evidence);
        all.comparisons.extend(changes.comparisons);
        let name = shown.submission.summary.organisation_name.as_str();
        if !organisations.contains(&name) {
            organisations.push(name);
        }
    }
    let changes = all.in_numbers(("is", "are"));
    let changes = if changes.is_empty() {
        "no threshold changes".to_owned()
    } else {
        changes.join(", ")
    };
    format!(
        "{} of {} accepted. Altogether {changes}.",
        counted(fits.len() as u64, "submission", "submissions"),
        match organisations.as_slice() {
            [one] => format!("{one} {}", if fits.len() == 1 { "is" } else { "are" }),
            several => format!("{} organisations are", several.len()),
        }
    )
}

fn rows(fits: &[ReviewEvidence]) -> AnyView {
    let columns = [
        Column::Text("Submission"),
        Column::Text("Organisation"),
        Column::Text("File"),
        Column::Text("Why it waits"),
        Column::Text("What happens"),
    ];
    let rows = fits
        .iter()
        .map(|shown| {
            let summary = &shown.submission.summary;
            let why = reasons(shown.rules.iter().map(|fired| fired.rule.title()));
            let warnings = (summary.warnings > 0).then(|| {
                div()
                    .class("govuk-hint govuk-!-margin-bottom-0")
                    .child(counted(summary.warnings, "warning", "warnings"))
            });
            vec![
                text_cell(
                    a().class("govuk-link app-identifier")
                        .href(PagePath::Review(summary.reference).href())
                        .child(summary.reference.to_string()),
                ),
                text_cell(summary.organisation_name.clone()),
                text_cell((
                    span()
                        .class("app-breakable")
                        .child(summary.file_name.to_string()),
                    warnings,
                )),
                text_cell(why.join(" · ")),
                text_cell(in_numbers(shown, Decision::Accept)),
            ]
        })
        .collect();
    table_below_heading("What is accepted", &columns, rows)
}

fn left_out_list(left_out: &[(SubmissionId, String)]) -> Option<AnyView> {
    if left_out.is_empty() {
        return None;
    }
    let each: Vec<AnyView> = left_out
        .iter()
        .map(|(reference, why)| {
            li().child((
                a().class("govuk-link app-identifier")
                    .href(PagePath::Review(*reference).href())
                    .child(reference.to_string()),
                format!(": {why}."),
            ))
            .into_any()
        })
        .collect();
    Some(
        section()
            .aria_label("Left out")
            .child((
                h2().class("govuk-heading-m").child("Left out"),
                p().class("govuk-body")
                    .child("These are not accepted with the others, and wait as before:"),
                ul().class("govuk-list govuk-list--bullet").child(each),
            ))
            .into_any(),
    )
}

/// Says which of them colleagues have in hand, with a way to leave those out.
fn in_other_hands(fits: &[ReviewEvidence], address: Address) -> Option<AnyView> {
    let me = own_id()?;
    let is_held =
        |shown: &&ReviewEvidence| in_anothers_hands(shown.assigned.as_ref(), &me).is_some();
    let held: Vec<String> = fits
        .iter()
        .filter(is_held)
        .filter_map(|shown| {
            let name = &shown.assigned.as_ref()?.person.name;
            Some(format!("{} ({name})", shown.submission.summary.reference))
        })
        .collect();
    if held.is_empty() {
        return None;
    }
    let rest = fits.iter().filter(|shown| !is_held(shown));
    let rest: Vec<_> = rest
        .map(|shown| shown.submission.summary.reference)
        .collect();
    let words = format!(
        "{} in a colleague’s hands: {}. Agree on it before you accept.",
        counted(held.len() as u64, "submission is", "submissions are"),
        held.join(", ")
    );
    Some(
        div()
            .child((
                warning_text(words),
                p().class("govuk-body").child(quiet_button(
                    "Leave out what colleagues have in hand",
                    move |_| address.set_parameter(Parameter::Chosen, Some(&joined(&rest))),
                )),
            ))
            .into_any(),
    )
}
