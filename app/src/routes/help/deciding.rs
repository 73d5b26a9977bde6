//! Held communications.

use super::{link, points, say, section_heading};
use crate::address::{HelpTopic, PagePath};
use leptos::{html::*, prelude::*};
use sluice_shared::{profile::Profile, quarantine::Breach};

pub(super) fn content(profile: &Profile) -> AnyView {
    let rules = &profile.quarantine;
    let reminders: Vec<String> = rules
        .remind_at_percent
        .iter()
        .map(|percent| format!("{percent}%"))
        .collect();
    div()
        .child((
            say("Communications over a threshold are held, not lost. Look into why there were so many, then say what is to happen to each."),
            points(vec![
                (strong().child("Release"), ": it is processed, as if nothing had been in its way.").into_any(),
                (strong().child("Delete"), ": it is never processed.").into_any(),
                (strong().child("Keep held"), ": leave it out of the file. You can decide later.").into_any(),
            ]),
            say("A decision counts once and cannot be changed. Sending the same file twice changes nothing."),
            section_heading("deadlines", "Deadlines"),
            points(vec![
                format!("A decision is due within {} hours. You are reminded at {} of that time.", rules.decision_hours, reminders.join(", ")).into_any(),
                format!("After {} days without a decision, the DCC may delete what is still held.", rules.list_after_days).into_any(),
                "Nothing is released or deleted only because time has passed.".into_any(),
            ]),
            section_heading("why", "Why communications are held"),
            points(
                Breach::ALL.into_iter().map(|breach| format!("{}: {}.", breach.as_str(), breach.in_words()).into_any()).collect(),
            ),
            section_heading("page", "Deciding in the page"),
            say(("Open an event under ", link(PagePath::Quarantine, "Quarantine"), ". Filter by service, device or time, select rows, or all that match, and release or delete them. You can undo until you send. Your choices are kept in this browser. At the end the page says in numbers what will happen and writes the Exit Quarantine file.")),
            section_heading("file", "With a file of your own"),
            say(("Write an Exit Quarantine file as ", link(PagePath::HelpTopic(HelpTopic::Files), "The files"), " describes, and send it. Rows left out are kept held, and you are told how many.")),
        ))
        .into_any()
}
