//! What the worker keeps of the file that it read last, and the check of an exit file against what is held.

use super::check::Settings;
use js_sys::Uint8Array;
use serde::{Deserialize, Serialize};
use sluice_shared::{
    api::{EventEffect, HeldPageView, QuarantineEventView},
    files::{ExitRows, FileKind},
    finding::Findings,
    profile::Profile,
    quarantine::{HeldEvent, check_exit},
};
use std::cell::RefCell;

pub(super) struct Remembered {
    pub(super) content: Uint8Array,
    pub(super) kind: FileKind,
    pub(super) settings: Settings,
    pub(super) exit_rows: Option<ExitRows>,
}

thread_local! {
    static LAST: RefCell<Option<Remembered>> = const { RefCell::new(None) };
}

/// Keeps a file that was read, in place of the one before.
pub(super) fn remember(
    content: Uint8Array,
    kind: FileKind,
    settings: Settings,
    exit_rows: Option<ExitRows>,
) {
    LAST.set(Some(Remembered {
        content,
        kind,
        settings,
        exit_rows,
    }));
}

/// Looks at the file that was read last.
pub(super) fn with_last<T>(look: impl FnOnce(&Remembered) -> T) -> Result<T, String> {
    LAST.with_borrow(|last| {
        last.as_ref()
            .map(look)
            .ok_or_else(|| "no file was read yet".to_owned())
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

/// Checks the exit file that was read last.
pub(super) fn check(
    events: &[(QuarantineEventView, Vec<HeldPageView>)],
) -> Result<HeldChecked, String> {
    let held = events
        .iter()
        .map(held_event)
        .collect::<Result<Vec<HeldEvent>, String>>()?;
    with_last(|last| {
        let rows = last
            .exit_rows
            .as_ref()
            .ok_or("the file read last is no exit file")?;
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
    (view, pages): &(QuarantineEventView, Vec<HeldPageView>),
) -> Result<HeldEvent, String> {
    let pages = pages
        .iter()
        .map(|page| page.to_decided_page().map_err(|error| error.to_string()));
    Ok(HeldEvent {
        event: view.event.clone(),
        pages: pages.collect::<Result<_, _>>()?,
    })
}
