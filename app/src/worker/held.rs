//! What the worker keeps of the file that it read last, and the check of an exit file against what is held.

use super::{TaskId, check::Settings};
use js_sys::{ArrayBuffer, Uint8Array};
use serde::{Deserialize, Serialize};
use sluice_shared::{
    api::{EventEffect, HeldPageView, QuarantineEventView},
    files::{ExitRows, FileKind},
    finding::Findings,
    identifiers::{Eui64, SrvOrAll},
    profile::Profile,
    quarantine::{HeldEvent, check_exit},
    thresholds::Period,
};
use std::{cell::RefCell, collections::BTreeSet};

/// A file that was read.
pub(super) struct Remembered {
    /// The task that read it.
    pub(super) file: TaskId,
    pub(super) content: Uint8Array,
    pub(super) kind: FileKind,
    pub(super) settings: Settings,
    pub(super) signature_findings: Findings,
    pub(super) exit_rows: Option<ExitRows>,
    /// What is limited now, as far as the page has said.
    pub(super) in_force: BTreeSet<(Eui64, SrvOrAll, Period)>,
}

thread_local! {
    static LAST: RefCell<Option<Remembered>> = const { RefCell::new(None) };
}

/// Keeps a file that was read.
pub(super) fn remember(read: Remembered) {
    LAST.set(Some(read));
}

/// Forgets the file before another is read: two at the limit of size would be too much.
pub(super) fn forget() {
    LAST.set(None);
}

/// Looks at the file that this task read, if it is still there.
pub(super) fn with_file<T>(
    file: TaskId,
    look: impl FnOnce(&mut Remembered) -> T,
) -> Result<T, String> {
    LAST.with_borrow_mut(|last| {
        last.as_mut()
            .filter(|last| last.file == file)
            .map(look)
            .ok_or_else(|| "this file is not here any more".to_owned())
    })
}

/// An exit file beside what is held.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HeldChecked {
    /// What is wrong with it.
    pub findings: Findings,
    /// What it does to each event.
    pub events: Vec<EventEffect>,
}

/// Checks an exit file against its events, whose pages are as the service answered them, one after the other.
pub(super) fn check(
    file: TaskId,
    events: Vec<QuarantineEventView>,
    pages: Vec<ArrayBuffer>,
) -> Result<HeldChecked, String> {
    let mut pages = pages.into_iter();
    let held = events
        .into_iter()
        .map(|view| held_event(view, &mut pages))
        .collect::<Result<Vec<HeldEvent>, String>>()?;
    with_file(file, |read| {
        let rows = read.exit_rows.as_ref().ok_or("the file is no exit file")?;
        let most = Profile::standard().files.max_findings;
        let checked = check_exit(rows, held.as_slice(), None, most);
        let effects = checked.events.iter().map(|event| EventEffect {
            event: event.event,
            release: event.counts.release,
            delete: event.counts.delete,
            left_held: event.counts.held,
        });
        Ok(HeldChecked {
            findings: checked.findings,
            events: effects.collect(),
        })
    })?
}

fn held_event(
    view: QuarantineEventView,
    pages: &mut impl Iterator<Item = ArrayBuffer>,
) -> Result<HeldEvent, String> {
    let mut own = Vec::new();
    for _ in 0..view.event.pages {
        let page = pages.next().ok_or("a page of the event is missing")?;
        let page: HeldPageView = serde_json::from_slice(&Uint8Array::new(&page).to_vec())
            .map_err(|error| error.to_string())?;
        own.push(page.to_decided_page().map_err(|error| error.to_string())?);
    }
    Ok(HeldEvent {
        event: view.event,
        pages: own,
    })
}
