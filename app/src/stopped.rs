//! What people see when the page itself fails: a part of `index.html` that needs none of our code to be shown.

use crate::browser;

/// Shows the section `stopped` of `index.html` instead of the app when code panics, and writes the reason to the console.
///
/// Drafts are saved at every step, so the words there ("nothing was lost") hold at any moment.
pub fn show_when_panicking() {
    std::panic::set_hook(Box::new(|panic| {
        console_error_panic_hook::hook(panic);
        for (id, hidden) in [("app", true), ("starting", true), ("stopped", false)] {
            if let Some(element) = browser::element_by_id(id) {
                element.set_hidden(hidden);
            }
        }
    }));
}
