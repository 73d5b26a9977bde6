//! How much of a list is shown, and the list as a file.

use crate::{
    browser,
    components::{counted, grouped, quiet_button},
};
use leptos::{html::*, prelude::*};
use sluice_shared::spreadsheet;

/// `12 of 200 submissions`; `200 submissions` where all are shown.
pub fn shown_words(shown: usize, of: usize, one: &str, more: &str) -> String {
    let all = counted(of as u64, one, more);
    if shown == of {
        all
    } else {
        format!("{} of {all}", grouped(shown as u64))
    }
}

/// How much of a list is shown, said when it changes.
pub fn list_shown(words: impl Fn() -> String + Send + 'static) -> AnyView {
    p().class("govuk-body app-list-shown")
        .role("status")
        .child(words)
        .into_any()
}

/// Gives the list as CSV for a spreadsheet: all rows that the filters leave, in their order. `rows` is asked when it is pressed.
pub fn csv_button(
    file_name: &'static str,
    headings: &'static [&'static str],
    rows: impl Fn() -> Vec<Vec<String>> + 'static,
) -> AnyView {
    quiet_button("Download this list (CSV)", move |_| {
        let bytes = spreadsheet::csv(headings.iter().copied(), rows());
        browser::download(file_name, "text/csv", &bytes);
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_count_of_all_is_said_where_not_all_are_shown() {
        let told = |shown, of| shown_words(shown, of, "submission", "submissions");
        assert_eq!(told(12, 1_200), "12 of 1,200 submissions");
        assert_eq!(told(1_200, 1_200), "1,200 submissions");
        assert_eq!(told(0, 1), "0 of 1 submission");
        assert_eq!(told(1, 1), "1 submission");
    }
}
