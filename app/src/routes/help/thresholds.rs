//! Choosing thresholds.

use super::{link, points, say, section_heading};
use crate::{address::PagePath, components::grouped};
use leptos::{html::*, prelude::*};
use sluice_shared::{profile::Profile, risk::RiskRule};

pub(super) fn content(profile: &Profile) -> AnyView {
    let risk = &profile.risk;
    div()
        .child((
            say("For each User ID and service you say how many communications you expect at most in a period. Over the warning threshold, people are told. Over the quarantine threshold, what is in excess is held until you release or delete it."),
            points(vec![
                "Set the quarantine threshold above the busiest period that you can explain, and low enough that a flood of commands would hurt nobody.".into_any(),
                "Set the warning threshold where you would want to look.".into_any(),
                "0 holds every communication of that service. That is a good choice for a service that you never send.".into_any(),
            ]),
            section_heading("periods", "Periods"),
            say("An hour, a day, or a week from Monday 00:00, all in UTC. They are fixed periods, not rolling: at 00:00 the day's count starts again from 0."),
            section_heading("exceptions", "Exceptions"),
            say("Expecting more than usual (a tariff change, a firmware round)? An exception gives other thresholds for one interval and ends by itself. Exceptions of the same service and period do not overlap."),
            section_heading("complete", "The file is complete"),
            say("An ADT file replaces all that was in force for each User ID that it names. Anything left out ends. Under Thresholds, the page starts from what is in force, so that nothing is left out by mistake."),
            section_heading("review", "When a reviewer looks"),
            say("These wait for a DCC reviewer before they take effect:"),
            points(
                RiskRule::ALL.into_iter().map(|rule| {
                    let more = match rule {
                        RiskRule::RaiseOverFactor => format!(": more than {} times the old one", risk.max_increase_factor),
                        RiskRule::RaiseInSteps => format!(
                            ": more than {} times altogether since a reviewer last saw it raised",
                            risk.max_increase_factor
                        ),
                        RiskRule::ThresholdLowered => format!(
                            ": to 0, or to less than one part in {} of the old one",
                            risk.max_decrease_factor
                        ),
                        RiskRule::ReleaseOverThreshold => ", by this file and those before it".to_owned(),
                        RiskRule::ReleaseOverCap => format!(
                            ": more than {} within {}, whenever that begins, by all files of an organisation",
                            grouped(risk.max_release),
                            risk.max_release_period.in_words()
                        ),
                        RiskRule::DeleteOverNumber => format!(
                            ": more than {} within {}, whenever that begins, by all files of an organisation",
                            grouped(risk.max_delete),
                            risk.max_delete_period.in_words()
                        ),
                        _ => String::new(),
                    };
                    format!("{}{more}", rule.title()).into_any()
                }).collect(),
            ),
            p().class("govuk-body").child((link(PagePath::Thresholds, "See and write your thresholds"),)),
        ))
        .into_any()
}
