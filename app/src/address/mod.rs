//! The page's address: which page is shown, with which filters.
//!
//! A few lines of ours instead of `leptos_router`: our paths are few and flat, one enum of them ([`PagePath`]) is easier to read than
//! nested route types, and the first load stays small.

mod clicks;
mod help_topic;
mod link;
mod path;
#[cfg(test)]
mod path_test;
mod section;

pub use help_topic::HelpTopic;
pub use link::{Link, Parameter};
pub use path::{NoPage, PagePath};
pub use section::Section;

use crate::browser;
use leptos::{ev, prelude::*};
use wasm_bindgen::JsValue;
use web_sys::UrlSearchParams;

/// The address, as signals. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Address {
    path: RwSignal<String>,
    query: RwSignal<String>,
    /// How often the page was wanted anew at the same address.
    again: RwSignal<u32>,
}

impl Address {
    /// Follows the browser's address, and takes over clicks on links to our own pages, for as long as what is being drawn is shown.
    pub fn follow() -> Self {
        let address = Self {
            path: RwSignal::new(String::new()),
            query: RwSignal::new(String::new()),
            again: RwSignal::new(0),
        };
        address.follow_location();
        clicks::take_over(address);
        browser::listen(ev::popstate, move |_| address.follow_location());
        address
    }

    /// The path as it is written, `/submissions/4F7K-…` (reactive).
    pub fn path(self) -> Memo<String> {
        Memo::new(move |_| self.path.get())
    }

    /// A value in the query, `?state=accepted` (reactive). An empty value counts as none.
    pub fn parameter(self, parameter: Parameter) -> Option<String> {
        let query = UrlSearchParams::new_with_str(&self.query.get()).ok()?;
        query
            .get(parameter.name())
            .filter(|value| !value.is_empty())
    }

    /// Puts a value into the query, or takes it out, in place of the present entry of the history: filters stay in the
    /// address, and *Back* leaves the page at once.
    pub fn set_parameter(self, parameter: Parameter, value: Option<&str>) {
        let Ok(query) = UrlSearchParams::new_with_str(&self.query.get_untracked()) else {
            return;
        };
        let name = parameter.name();
        match value.filter(|value| !value.is_empty()) {
            Some(value) => query.set(name, value),
            None => query.delete(name),
        }
        let query = String::from(query.to_string());
        let path = self.path.get_untracked();
        browser::replace_address(&if query.is_empty() {
            path
        } else {
            format!("{path}?{query}")
        });
        self.follow_location();
    }

    /// Opens a page: scrolled to its top, its heading focused.
    pub fn open(self, link: impl Into<Link>) {
        self.open_href(&link.into().href());
    }

    /// As [`Self::open`], by a link as it is written, filters and all.
    fn open_href(self, address: &str) {
        if browser::history()
            .push_state_with_url(&JsValue::NULL, "", Some(address))
            .is_ok()
        {
            self.follow_location();
            browser::window().scroll_to_with_x_and_y(0.0, 0.0);
            browser::focus_heading();
        }
    }

    /// Opens a page in place of this one, which then cannot be gone back to.
    pub fn open_instead(self, path: PagePath) {
        browser::replace_address(&path.href());
        self.follow_location();
        browser::focus_heading();
    }

    /// Draws the page that is shown once more, from what the service has now. What is kept in memory (the sign-in) stays.
    pub fn draw_again(self) {
        self.again.update(|times| *times += 1);
        browser::focus_heading();
    }

    /// To be called where pages are drawn: follows [`Self::draw_again`].
    pub fn follow_draw_again(self) {
        let _ = self.again.get();
    }

    fn follow_location(self) {
        let location = browser::window().location();
        let path = location.pathname().unwrap_or_default();
        let query = location.search().unwrap_or_default();
        // The query first: a page that is drawn because of its path reads it.
        if self.query.get_untracked() != query {
            self.query.set(query);
        }
        if self.path.get_untracked() != path {
            self.path.set(path);
        }
    }
}

/// The address of this page. Call it while a view is being built, not in an event.
pub fn use_address() -> Address {
    expect_context::<Address>()
}
