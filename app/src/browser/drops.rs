//! Files that are dropped on the page.

use leptos::{ev, prelude::*};
use web_sys::{DragEvent, FileList};

/// The files of a drag, as long as it carries files and not text or a link.
fn has_files(event: &DragEvent) -> bool {
    event.data_transfer().is_some_and(|data| {
        data.types()
            .iter()
            .any(|kind| kind.as_string().as_deref() == Some("Files"))
    })
}

/// Keeps the browser from leaving the page for a file that is dropped on it, wherever that happens.
pub fn stay_when_files_are_dropped() {
    let stay = |event: DragEvent| {
        if has_files(&event) {
            event.prevent_default();
        }
    };
    super::listen(ev::dragover, stay);
    super::listen(ev::drop, stay);
}

/// Calls `take` with the files that are dropped anywhere on the page, for as long as what is being drawn is shown. `over` hears whether
/// some are held over it.
pub fn listen_to_drops(over: RwSignal<bool>, take: impl Fn(Option<FileList>) + 'static) {
    super::listen(ev::dragover, move |event| over.set(has_files(&event)));
    super::listen(ev::dragleave, move |event: DragEvent| {
        // Between two elements of the page there is another one to enter.
        if event.related_target().is_none() {
            over.set(false);
        }
    });
    super::listen(ev::drop, move |event| {
        over.set(false);
        if has_files(&event) {
            take(event.data_transfer().and_then(|data| data.files()));
        }
    });
}
