//! What is known of somebody's access, in words: the same in the table and in the file to take away.

use crate::{
    api::PersonView,
    components::{capital, day_in_words, now},
};
use sluice_shared::{
    directory::{CertificateEnd, HeldRole, RegisteredCertificate},
    instant::UtcTime,
};

pub(super) const HEADINGS: [&str; 10] = [
    "Name",
    "Sign-in",
    "Roles",
    "Certificates name",
    "Certificates",
    "Last here (UTC)",
    "Dormant",
    "Access confirmed (UTC)",
    "Confirmed by",
    "Review overdue",
];

/// A line of the file.
pub(super) fn cells(person: &PersonView) -> Vec<String> {
    let yes = |is_so: bool| if is_so { "yes" } else { "no" }.to_owned();
    let day = |at: Option<UtcTime>| at.map(|at| at.to_string()).unwrap_or_default();
    let confirmed = person.confirmed.as_ref();
    vec![
        person.person.name.clone(),
        person.person.id.to_string(),
        roles(person).join("; "),
        person.signer_subject.clone().unwrap_or_default(),
        certificates(person).join("; "),
        day(person.last_here),
        yes(person.dormant),
        day(confirmed.map(|confirmed| confirmed.at)),
        confirmed
            .map(|confirmed| confirmed.by.name.clone())
            .unwrap_or_default(),
        yes(person.review_overdue),
    ]
}

/// Each role, since when and by whose word.
pub(super) fn roles(person: &PersonView) -> Vec<String> {
    person.held.iter().map(role).collect()
}

fn role(held: &HeldRole) -> String {
    let role = capital(held.role.in_words());
    let Some(given) = &held.given else {
        return format!("{role}, since before changes were kept here");
    };
    let approved = given.approved_by.as_ref();
    let approved = approved.map(|by| format!(", approved by {}", by.name));
    format!(
        "{role}, since {}, by {}{}",
        day_in_words(given.at),
        given.by.name,
        approved.unwrap_or_default()
    )
}

/// Each certificate with its state; for somebody who signs and has none, that there is none.
pub(super) fn certificates(person: &PersonView) -> Vec<String> {
    let signs = person.roles.iter().any(|role| role.signs());
    let all: Vec<_> = person.certificates.iter().map(certificate).collect();
    if all.is_empty() && signs {
        vec!["None registered".to_owned()]
    } else {
        all
    }
}

fn certificate(certificate: &RegisteredCertificate) -> String {
    let identity = &certificate.identity;
    let until = day_in_words(identity.not_after);
    let has_ended = CertificateEnd::of(identity.not_after, now()) == CertificateEnd::Ended;
    match &certificate.stopped {
        Some(stopped) => format!(
            "{}, key stopped on {}",
            identity.serial,
            day_in_words(stopped.at)
        ),
        None if has_ended => format!("{}, ended on {until}", identity.serial),
        None => format!("{}, valid until {until}", identity.serial),
    }
}

/// The day on which they were here last.
pub(super) fn last_here(person: &PersonView) -> String {
    person
        .last_here
        .map_or_else(|| "Not seen yet".to_owned(), day_in_words)
}

/// When what they may do was confirmed last, and by whom.
pub(super) fn confirmed(person: &PersonView) -> String {
    match &person.confirmed {
        Some(confirmed) => format!("{}, by {}", day_in_words(confirmed.at), confirmed.by.name),
        None => "Never".to_owned(),
    }
}
