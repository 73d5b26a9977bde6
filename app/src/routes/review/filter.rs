//! Which of the submissions that wait are shown, in which order, and what is taken away of them.

use crate::{
    address::{Address, Parameter},
    components::{
        FileFilter, Order, choice_field, day_field, kind_field, list_filters, order_field,
        search_field,
    },
    routes::submissions::organisation_field,
};
use leptos::prelude::AnyView;
use sluice_shared::{api::ReviewItem, identifiers::PersonId, risk::RiskLevel};

/// The columns that the queue is sorted by.
pub(super) const SORTED: [&str; 7] = [
    "risk",
    "since",
    "organisation",
    "file",
    "why",
    "signed-by",
    "sent-by",
];

/// The highest risk first; of one level, what has waited longest.
pub(super) const USUAL: Order = Order::down("risk");

const FILTERS: &[Parameter] = &[
    Parameter::Search,
    Parameter::Kind,
    Parameter::Organisation,
    Parameter::Risk,
    Parameter::InHand,
    Parameter::Questions,
    Parameter::From,
    Parameter::To,
];

/// The fields above the queue.
pub(super) fn filters(address: Address) -> AnyView {
    let fields = vec![
        search_field(address, "File name or reference"),
        kind_field(address),
        organisation_field(address),
        choice_field(
            address,
            Parameter::Risk,
            "Risk",
            "All",
            RiskLevel::ALL.map(|level| (level.to_string(), level.in_words().to_owned())),
        ),
        choice_field(
            address,
            Parameter::InHand,
            "In hand",
            "All",
            InHand::ALL.map(|(name, words, _)| (name.to_owned(), words.to_owned())),
        ),
        choice_field(
            address,
            Parameter::Questions,
            "Questions",
            "All",
            Asked::ALL.map(|(name, words, _)| (name.to_owned(), words.to_owned())),
        ),
        day_field(address, Parameter::From, "Waiting from (UTC)"),
        day_field(address, Parameter::To, "Waiting until (UTC)"),
        order_field(
            address,
            &[
                (USUAL, "Highest risk first"),
                (Order::up("since"), "Oldest first"),
                (Order::down("since"), "Latest first"),
                (Order::down("why"), "Most reasons first"),
                (Order::up("organisation"), "By organisation"),
            ],
        ),
    ];
    list_filters(address, FILTERS, fields)
}

/// In whose hands something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum InHand {
    Mine,
    Nobodys,
    Others,
}

impl InHand {
    const ALL: [(&str, &str, Self); 3] = [
        ("mine", "Mine", Self::Mine),
        ("nobody", "Nobody’s", Self::Nobodys),
        ("others", "Colleagues’", Self::Others),
    ];

    fn has(self, item: &ReviewItem, me: Option<&PersonId>) -> bool {
        let holder = item.assigned.as_ref().map(|held| &held.person.id);
        match self {
            Self::Mine => holder.is_some() && holder == me,
            Self::Nobodys => holder.is_none(),
            Self::Others => holder.is_some() && holder != me,
        }
    }
}

/// What was asked about something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    Answered,
    Open,
    Nothing,
}

impl Asked {
    const ALL: [(&str, &str, Self); 3] = [
        ("answered", "Answered", Self::Answered),
        ("open", "No answer yet", Self::Open),
        ("none", "Nothing asked", Self::Nothing),
    ];

    fn has(self, item: &ReviewItem) -> bool {
        let asked = item.submission.questions;
        match self {
            Self::Answered => asked.is_some_and(|asked| asked.answered > 0),
            Self::Open => asked.is_some_and(|asked| asked.open > 0),
            Self::Nothing => asked.is_none(),
        }
    }
}

fn chosen<T: Copy>(all: &[(&str, &str, T)], name: Option<&str>) -> Option<T> {
    let named = all.iter().find(|(known, ..)| Some(*known) == name);
    named.map(|(_, _, value)| *value)
}

/// What narrows the queue.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Filter {
    file: FileFilter,
    organisation: Option<String>,
    risk: Option<RiskLevel>,
    in_hand: Option<InHand>,
    asked: Option<Asked>,
    me: Option<PersonId>,
}

impl Filter {
    /// As the address says.
    pub(super) fn from_address(address: Address, me: Option<PersonId>) -> Self {
        let risk = address.parameter(Parameter::Risk);
        let in_hand = address.parameter(Parameter::InHand);
        let asked = address.parameter(Parameter::Questions);
        Self {
            risk: risk.and_then(|risk| RiskLevel::parse(&risk)),
            in_hand: chosen(&InHand::ALL, in_hand.as_deref()),
            asked: chosen(&Asked::ALL, asked.as_deref()),
            me,
            file: FileFilter::from_address(address),
            organisation: address.parameter(Parameter::Organisation),
        }
    }

    fn fits(&self, item: &ReviewItem) -> bool {
        let organisation = item.submission.organisation.as_str();
        let wanted = self.organisation.as_deref();
        self.file.fits(&item.submission, item.since)
            && wanted.is_none_or(|wanted| wanted == organisation)
            && self.risk.is_none_or(|risk| risk == item.risk)
            && self
                .in_hand
                .is_none_or(|whose| whose.has(item, self.me.as_ref()))
            && self.asked.is_none_or(|asked| asked.has(item))
    }

    /// Those that fit, in order.
    pub(super) fn of_all(&self, all: &[ReviewItem], order: Order) -> Vec<ReviewItem> {
        let mut fitting: Vec<_> = all.iter().filter(|item| self.fits(item)).cloned().collect();
        // Of equals, what has waited longer comes first.
        Order::up("since").sort(&mut fitting, |item| item.since);
        sort(&mut fitting, order);
        fitting
    }
}

fn sort(items: &mut [ReviewItem], order: Order) {
    match order.by {
        "risk" => order.sort(items, |one| one.risk),
        "organisation" => order.sort(items, |one| one.submission.organisation_name.to_lowercase()),
        "file" => order.sort(items, |one| {
            one.submission.file_name.as_str().to_lowercase()
        }),
        "why" => order.sort(items, |one| one.submission.rules.len()),
        "signed-by" => order.sort(items, |one| {
            let signer = one.submission.signer.as_ref();
            signer.map(|person| person.name.to_lowercase())
        }),
        "sent-by" => order.sort(items, |one| one.submission.uploader.name.to_lowercase()),
        _ => order.sort(items, |one| one.since),
    }
}

/// What the columns of the queue as a file are called.
pub(super) const HEADINGS: &[&str] = &[
    "Reference",
    "Organisation",
    "Kind of file",
    "File name",
    "Risk",
    "Waiting since (UTC)",
    "Why",
    "Signed by",
    "Sent by",
    "In hand",
    "Questions",
];

/// One line of it.
pub(super) fn cells(item: &ReviewItem) -> Vec<String> {
    let submission = &item.submission;
    let signer = submission.signer.as_ref();
    let why = super::table::reasons(submission.rules.iter().map(|rule| rule.title()));
    vec![
        submission.reference.to_string(),
        submission.organisation_name.clone(),
        submission.kind.name().to_owned(),
        submission.file_name.to_string(),
        item.risk.in_words().to_owned(),
        item.since.to_string(),
        why.join(" · "),
        signer.map(|person| person.name.clone()).unwrap_or_default(),
        submission.uploader.name.clone(),
        item.assigned
            .as_ref()
            .map(|held| held.person.name.clone())
            .unwrap_or_default(),
        super::table::asked_words(item).unwrap_or_default(),
    ]
}

#[cfg(test)]
#[path = "filter_test.rs"]
mod tests;
