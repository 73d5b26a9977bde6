//! The keyboard in the table.

use super::work::Work;
use crate::{
    browser,
    components::letter_keys_switch,
    decide::{Choice, Selection},
};
use leptos::{ev, html::*, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

/// The keys, for people to read.
pub(super) fn list() -> AnyView {
    let line = |keys: &'static [&'static str], words: &'static str| {
        let keys: Vec<AnyView> = keys
            .iter()
            .map(|key| kbd().class("app-key").child(*key).into_any())
            .collect();
        div()
            .class("app-keys__line")
            .child((dt().child(keys), dd().child(words)))
            .into_any()
    };
    let lines = dl().class("app-keys").child((
        line(&["↑", "↓", "Page Up", "Page Down", "Home", "End"], "move"),
        line(&["Space"], "select the row, or take it out"),
        line(
            &["Shift", "Space"],
            "select from the last row selected to here",
        ),
        line(&["Shift", "↓"], "move and select"),
        line(&["Ctrl", "A"], "select all rows shown"),
        line(&["Esc"], "clear the selection"),
        line(&["R"], "release what is selected, or this row"),
        line(&["D"], "delete what is selected, or this row"),
        line(&["H"], "keep it held"),
        line(&["Ctrl", "Z"], "undo"),
        line(&["Ctrl", "Y"], "redo"),
    ));
    div()
        .child((lines, letter_keys_switch("table-letter-keys")))
        .into_any()
}

/// The table as it is when a key is pressed.
#[derive(Clone, Copy)]
pub(super) struct Table {
    /// How many rows are in view.
    pub(super) page: usize,
    /// Whether the row that the keyboard is at is in view: the table may have been scrolled since.
    pub(super) is_row_seen: bool,
    pub(super) decidable: bool,
}

/// Does what a key asks for. Returns whether the key was taken.
pub(super) fn pressed(work: Work, event: &KeyboardEvent, table: Table) -> bool {
    let Table {
        page, decidable, ..
    } = table;
    let rows = work.shown.with_untracked(|shown| shown.len());
    let control = event.ctrl_key() || event.meta_key();
    let key = event.key();
    if rows == 0 || event.alt_key() {
        return false;
    }
    let here = work.here.get_untracked();
    let to = match key.as_str() {
        "ArrowDown" => Some(here + 1),
        "ArrowUp" => Some(here.saturating_sub(1)),
        "PageDown" => Some(here + page),
        "PageUp" => Some(here.saturating_sub(page)),
        "Home" => Some(0),
        "End" => Some(rows - 1),
        _ => None,
    };
    if let Some(to) = to {
        work.cursor.set(to.min(rows - 1));
        if event.shift_key() && decidable {
            if work.selection.with_untracked(Selection::count) == 0 {
                toggle(work, here);
            }
            extend(work, to.min(rows - 1));
        }
        return true;
    }
    let key = key.to_lowercase();
    if decidable && !table.is_row_seen && acts_on_row(work, &key, control) {
        work.said
            .set("This row was not in view. Press the key again for it.".to_owned());
        return true;
    }
    decidable && choose(work, &key, here, control, event.shift_key())
}

/// Undo and redo wherever the focus is, except where a field has its own; for as long as the page is shown.
pub(super) fn listen(work: Work) {
    browser::listen(ev::keydown, move |event| {
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let is_field = |element: web_sys::Element| {
            matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
                && element.get_attribute("type").as_deref() != Some("checkbox")
        };
        let control = event.ctrl_key() || event.meta_key();
        // The table has taken its own.
        if event.default_prevented() || !control || event.alt_key() || target.is_some_and(is_field)
        {
            return;
        }
        match (event.key().to_lowercase().as_str(), event.shift_key()) {
            ("z", false) => work.undo(),
            ("z", true) | ("y", false) => work.redo(),
            _ => return,
        }
        event.prevent_default();
    });
}

/// Whether a key acts on the row that the keyboard is at.
fn acts_on_row(work: Work, key: &str, control: bool) -> bool {
    let none_selected = work.selection.with_untracked(Selection::count) == 0;
    !control && (key == " " || none_selected && matches!(key, "r" | "d" | "h"))
}

fn choose(work: Work, key: &str, here: usize, control: bool, shift: bool) -> bool {
    match (key, control) {
        (" ", false) if shift => extend(work, here),
        (" ", false) => toggle(work, here),
        ("a", true) => work.select_all_shown(),
        ("escape", false) => work.selection.update(Selection::clear),
        ("z", true) if shift => work.redo(),
        ("z", true) => work.undo(),
        ("y", true) => work.redo(),
        _ if browser::is_letter_key(key) && !control && !browser::letter_keys_are_on() => {
            return false;
        }
        ("r", false) => decide(work, here, Choice::Release),
        ("d", false) => decide(work, here, Choice::Delete),
        ("h", false) => decide(work, here, Choice::Hold),
        _ => return false,
    }
    true
}

fn decide(work: Work, here: usize, choice: Choice) {
    if work.selection.with_untracked(Selection::count) == 0 {
        toggle(work, here);
    }
    work.choose(choice);
}

/// Turns the row at a place of those shown.
pub(super) fn toggle(work: Work, place: usize) {
    let row = work.shown.with_untracked(|shown| shown[place] as usize);
    if work.is_open(row) {
        work.selection.update(|selection| selection.toggle(row));
    }
}

/// Selects from the last row turned to a place of those shown.
pub(super) fn extend(work: Work, place: usize) {
    let shown = work.shown.get_untracked();
    let row = shown[place] as usize;
    work.selection
        .update(|selection| selection.extend_to(row, &shown, |row| work.is_open(row)));
}
