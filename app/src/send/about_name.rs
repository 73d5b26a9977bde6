//! What the page says of a file's name.

use super::flow::{Flow, Outcome};
use crate::components::inset;
use leptos::{html::*, prelude::*};
use sluice_shared::{files::check_file_name, finding::Describe, identifiers::FileName};

/// What is to be said of the file's name: that not every system allows it, or that it does not follow the custom. Neither keeps anybody
/// from sending it.
pub(super) fn about_name(flow: Flow, outcome: &Outcome) -> Option<AnyView> {
    let draft = flow.draft.get_untracked()?;
    if let Some(called) = &draft.called {
        // A name may turn the direction of what follows it: that ends with the name.
        return Some(inset((
            "The file is called “",
            bdi().class("app-breakable").child(called.clone()),
            format!(
                "”, a name that not every system allows. Here it is called “{}”.",
                draft.file_name
            ),
        )));
    }
    let kind = outcome.file.kind?;
    let name = FileName::parse(&draft.file_name).ok()?;
    let unusual = flow.me.with_value(|me| {
        check_file_name(
            kind,
            &name,
            &me.organisation.id,
            &outcome.file.events,
            crate::service::now(),
        )
    })?;
    let words = format!("{} {}", unusual.message(), unusual.remedy());
    Some(inset(span().class("app-breakable").child(words)))
}
