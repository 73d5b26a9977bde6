//! Who did what: for an organisation's administrators their own, for DCC staff whichever they choose. What is chosen lives in the address, and
//! the service narrows the list by it.

mod filters;
mod table;

use self::filters::{FILTERS, asked_of, filters};
use crate::{
    address::{Address, use_address},
    api::{Api, ApiError, Page, calls, use_api},
    browser,
    components::{
        Remote, beyond_role, changing, counted, fetch, list_shown, problem_summary, quiet_button,
        remote,
    },
    session::use_session,
};
use leptos::{html::*, prelude::*};
use sluice_shared::{
    activity::{ActivityRecord, FileFormat},
    directory::Permission,
};

/// Records that are asked for at once.
const AT_ONCE: u16 = 100;

/// What the list is narrowed by, as the service takes it.
type Asked = Vec<(&'static str, Option<String>)>;

pub(super) fn activity_page() -> AnyView {
    let Some(me) = use_session().me() else {
        return ().into_any();
    };
    let heading = h1().class("govuk-heading-l").child("Activity");
    if !me.may(Permission::ReadActivity) {
        let words = "Your organisation's administrator reads who did what.";
        return div().child((heading, beyond_role(&me, words))).into_any();
    }
    let (address, api) = (use_address(), use_api());
    let about = if me.dcc {
        "Who did what, and what was refused. What DCC staff read of an organisation is on its record, too, for its administrators to see."
    } else {
        "Who did what in your organisation's name, what was refused, and what DCC staff read of your organisation."
    };
    let asked = Memo::new(move |_| asked_of(address));
    div()
        .child((
            heading,
            p().class("govuk-body").child(about),
            filters(address, &me),
            downloads(api, asked),
            changing(move || {
                let asked = asked.get();
                let page = fetch(load(api, asked.clone(), None));
                remote(page, "Loading the activity", move |loaded| {
                    shown(page, loaded.clone(), asked.clone())
                })
            }),
        ))
        .into_any()
}

async fn load(
    api: Api,
    asked: Asked,
    after: Option<Page<ActivityRecord>>,
) -> Result<Page<ActivityRecord>, ApiError> {
    let cursor = after.as_ref().and_then(|page| page.next.clone());
    let call = calls::activity(AT_ONCE)
        .activity_narrowed(&asked)
        .activity_from(cursor.as_ref());
    Ok(api.get(call).await?.after(after))
}

fn shown(
    page: RwSignal<Remote<Page<ActivityRecord>>>,
    loaded: Page<ActivityRecord>,
    asked: Asked,
) -> AnyView {
    let address = use_address();
    let has_more = loaded.next.is_some();
    let count = counted(loaded.items.len() as u64, "record", "records");
    let words = if has_more {
        format!("The latest {count} are loaded.")
    } else {
        count
    };
    let content = if loaded.items.is_empty() && !has_more {
        nothing(address)
    } else if loaded.items.is_empty() {
        p().class("govuk-body")
            .child("None of the latest records fits. Older ones may.")
            .into_any()
    } else {
        table::activity_table(&loaded.items)
    };
    div()
        .child((
            div()
                .class("app-list-head")
                .child(list_shown(move || words.clone())),
            content,
            has_more.then(|| older(page, loaded, asked)),
        ))
        .into_any()
}

fn nothing(address: Address) -> AnyView {
    let is_filtered = FILTERS
        .iter()
        .any(|filter| untrack(|| address.parameter(*filter)).is_some());
    let words = if is_filtered {
        "No record fits. Change or clear the filters."
    } else {
        "Nothing was done yet. Each act is listed here, with who, when and what came of it."
    };
    p().class("govuk-body").child(words).into_any()
}

/// What loads the next part of the list; what is shown stays.
fn older(
    page: RwSignal<Remote<Page<ActivityRecord>>>,
    loaded: Page<ActivityRecord>,
    asked: Asked,
) -> AnyView {
    let api = use_api();
    let failed = RwSignal::new(None::<ApiError>);
    let load = move |_| {
        let (asked, loaded) = (asked.clone(), loaded.clone());
        leptos::task::spawn_local(async move {
            match load(api, asked, Some(loaded)).await {
                Ok(loaded) => drop(page.try_set(Remote::Ready(loaded))),
                Err(error) => drop(failed.try_set(Some(error))),
            }
        });
    };
    p().class("govuk-body app-list-more")
        .child((
            changing(move || failed.get().map(|error| problem_summary(&error))),
            quiet_button("Load older records", load),
        ))
        .into_any()
}

/// The list as a file, narrowed as it is shown.
fn downloads(api: Api, asked: Memo<Asked>) -> AnyView {
    let failed = RwSignal::new(None::<ApiError>);
    let take = move |words: &'static str, format: FileFormat| {
        quiet_button(words, move |_| {
            let asked = asked.get_untracked();
            failed.set(None);
            leptos::task::spawn_local(async move {
                let call = calls::activity_file(format).activity_narrowed(&asked);
                match api.file(call).await {
                    Ok(bytes) => {
                        browser::download(format.file_name(), format.media_type(), &bytes);
                    }
                    Err(error) => drop(failed.try_set(Some(error))),
                }
            });
        })
    };
    div()
        .child((
            changing(move || failed.get().map(|error| problem_summary(&error))),
            div().class("govuk-button-group").child((
                take("Download this list (CSV)", FileFormat::Csv),
                take("Download this list (JSON Lines)", FileFormat::JsonLines),
            )),
        ))
        .into_any()
}
