//! What was begun in this browser and not sent.

use super::begun::{self, Begun};
use crate::{
    api::Me,
    components::{Cell, Column, moment, table_below_heading, text_cell},
    send::{self, Draft},
};
use leptos::{html::*, prelude::*};

/// The drafts in this browser, and what no file was written of yet; nothing when there are none.
pub(super) fn draft_list(me: &Me) -> AnyView {
    let waiting = RwSignal::new((Vec::<Draft>::new(), Vec::<Begun>::new()));
    let person = me.person.id.clone();
    leptos::task::spawn_local(async move {
        let drafts = send::drafts(&person).await.unwrap_or_default();
        let _ = waiting.try_set((drafts, begun::all(&person).await));
    });
    (move || {
        let (drafts, begun) = waiting.get();
        let drafts = drafts.into_iter().map(|draft| {
            vec![
                text_cell(
                    a().class("govuk-link app-breakable")
                        .href(draft.link().href())
                        .child(draft.file_name.clone()),
                ),
                text_cell(draft.kind.map(sluice_shared::files::FileKind::name)),
                text_cell(moment(draft.changed_at)),
            ]
        });
        let begun = begun.into_iter().map(|begun| {
            let link = a().class("govuk-link").href(begun.page.href());
            vec![
                text_cell(link.child(begun.what)),
                text_cell("No file is written yet"),
                text_cell(()),
            ]
        });
        let rows: Vec<Vec<Cell>> = drafts.chain(begun).collect();
        let columns = [
            Column::Text("What"),
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
