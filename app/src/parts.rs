//! The parts of the page that load when they are first needed.
//!
//! One program is compiled and then cut at these functions (`infra/page-builder`): what only they reach becomes a file of its own,
//! which the browser fetches at their first call. What a person sees first, sign-in and overview, is all in the main file.
#![expect(
    clippy::unnecessary_wraps,
    reason = "opening a door can fail where the macro puts the fetch before it"
)]

use crate::routes;
use leptos::{prelude::AnyView, wasm_split::wasm_split};
use std::{future::Future, pin::Pin};
use wasm_bindgen::JsValue;

/// Draws the page at a path, once its part is there.
pub type Draw = fn(&str) -> AnyView;

/// Does one task of the worker.
pub type Work = fn(JsValue) -> Pin<Box<dyn Future<Output = ()>>>;

/// A part could not be fetched. The next try fetches it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotLoaded;

impl From<leptos::wasm_split::SplitLoaderError> for NotLoaded {
    fn from(_: leptos::wasm_split::SplitLoaderError) -> Self {
        Self
    }
}

/// What Users work with: sending, quarantine, thresholds, submissions, the signing key.
#[wasm_split(work, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn work() -> Result<Draw, NotLoaded> {
    Ok(routes::work)
}

#[wasm_split(review, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn review() -> Result<Draw, NotLoaded> {
    Ok(routes::reviews)
}

#[wasm_split(help, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn help() -> Result<Draw, NotLoaded> {
    Ok(routes::guidance)
}

/// Reading, checking and hashing, in the worker.
#[wasm_split(check, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn check() -> Result<Work, NotLoaded> {
    Ok(crate::worker::answer)
}
