//! Clicks on links to our own pages, which need no new load.

use super::{Address, Section};
use crate::browser;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlAnchorElement, MouseEvent};

/// Listens for as long as what is being drawn is shown.
pub(super) fn take_over(address: Address) {
    browser::listen_to_clicks(move |click| {
        if let Some(target) = target_of(click) {
            click.prevent_default();
            address.open_href(&target);
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
    // With two slashes it names another site.
    let of_ours = written.starts_with('/') && !written.starts_with("//");
    let path = written.split_once('?').map_or(&*written, |(path, _)| path);
    let to_a_page = of_ours && Section::of_path(path).is_some() && !link.has_attribute("download");
    if !to_a_page || !link.target().is_empty() || !link.hash().is_empty() {
        return None;
    }
    Some(written)
}
