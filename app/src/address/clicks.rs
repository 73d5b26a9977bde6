//! Clicks on links to our own pages, which need no new load.

use super::Address;
use crate::browser;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlAnchorElement, MouseEvent};

/// Listens for as long as what is being drawn is shown.
pub(super) fn take_over(address: Address) {
    browser::listen_to_clicks(move |click| {
        if let Some(target) = target_of(click) {
            click.prevent_default();
            address.open(&target);
        }
    });
}

/// The page of ours that a plain click asks for. Anything else is the browser's: new tabs, downloads, places on this
/// page, other sites.
fn target_of(click: &MouseEvent) -> Option<String> {
    let modified = click.ctrl_key() || click.meta_key() || click.shift_key() || click.alt_key();
    if modified || click.button() != 0 || click.default_prevented() {
        return None;
    }
    let clicked: Element = click.target()?.dyn_into().ok()?;
    let link: HtmlAnchorElement = clicked.closest("a[href]").ok()??.dyn_into().ok()?;
    let written = link.get_attribute("href")?;
    let of_ours = written.starts_with('/') && !written.starts_with("//");
    let to_a_file = link.has_attribute("download")
        || written.starts_with("/assets/")
        || written.starts_with("/api/");
    if !of_ours || to_a_file || !link.target().is_empty() || !link.hash().is_empty() {
        return None;
    }
    Some(written)
}
