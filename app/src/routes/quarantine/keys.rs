//! The keyboard in the table.

use super::work::Work;
use crate::{
    browser,
    components::letter_keys_switch,
    decide::{Choice, Selection},
};
use leptos::{html::*, prelude::*};
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

/// Does what a key asks for. `page` is how many rows are in view. Returns whether the key was taken.
pub(super) fn pressed(work: Work, event: &KeyboardEvent, page: usize, decidable: bool) -> bool {
    let rows = work.shown.with_untracked(|shown| shown.len());
    let control = event.ctrl_key() || event.meta_key();
    let key = event.key();
    if rows == 0 || event.alt_key() {
        return false;
    }
    let here = work.cursor.get_untracked().min(rows - 1);
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
    decidable && choose(work, &key.to_lowercase(), here, control, event.shift_key())
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
