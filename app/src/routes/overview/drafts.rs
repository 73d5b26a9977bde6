//! What was begun in this browser and not sent.

use crate::{
    api::Me,
    components::{Cell, Column, moment, table_below_heading, text_cell},
    send::{self, Draft},
};
use leptos::{html::*, prelude::*};

/// The drafts in this browser; nothing when there are none.
pub(super) fn draft_list(me: &Me) -> AnyView {
    let waiting = RwSignal::new(Vec::<Draft>::new());
    let person = me.person.id.clone();
    leptos::task::spawn_local(async move {
        if let Ok(all) = send::drafts(&person).await {
            let _ = waiting.try_set(all);
        }
    });
    (move || {
        let rows: Vec<Vec<Cell>> = waiting
            .get()
            .into_iter()
            .map(|draft| {
                vec![
                    text_cell(
                        a().class("govuk-link app-breakable")
                            .href(draft.link().href())
                            .child(draft.file_name.clone()),
                    ),
                    text_cell(draft.kind.map(sluice_shared::files::FileKind::name)),
                    text_cell(moment(draft.changed_at)),
                ]
            })
            .collect();
        let columns = [
            Column::Text("File"),
            Column::Text("Kind"),
            Column::Text("Last changed"),
        ];
        (!rows.is_empty()).then(|| {
            (
                h2().class("govuk-heading-m").child("Drafts"),
                table_below_heading("Drafts in this browser, not sent yet", &columns, rows),
            )
        })
    })
    .into_any()
}
