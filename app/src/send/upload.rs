//! The upload itself, by `XMLHttpRequest`: `fetch` tells nothing of how far a body has come.

use crate::api::Upload;
use js_sys::Promise;
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ProgressEvent, XmlHttpRequest};

/// How an upload ended without success.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum UploadError {
    /// The connection broke, or storage cannot be reached.
    Dropped,
    /// The person stopped it.
    Stopped,
    /// The address has expired, or storage does not take it for another reason; a new address is worth a try.
    Refused(u16),
}

/// Stops an upload from outside. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(super) struct Stop(Rc<RefCell<Option<XmlHttpRequest>>>);

impl Stop {
    /// Stops the upload that runs, if one does.
    pub(super) fn now(&self) {
        if let Some(request) = self.0.take() {
            let _ = request.abort();
        }
    }
}

/// Headers that the browser sets by itself and lets nobody else set.
const OWN: [&str; 2] = ["content-length", "host"];

/// Puts the file to its address. `progress` hears how much of it has gone, from 0 to 1.
pub(super) async fn put(
    upload: &Upload,
    file: &Blob,
    stop: &Stop,
    progress: impl Fn(f64) + 'static,
) -> Result<(), UploadError> {
    let dropped = |_: JsValue| UploadError::Dropped;
    let request = XmlHttpRequest::new().map_err(dropped)?;
    request.open("PUT", &upload.url).map_err(dropped)?;
    for (name, value) in &upload.headers {
        if !OWN.contains(&name.to_ascii_lowercase().as_str()) {
            request.set_request_header(name, value).map_err(dropped)?;
        }
    }
    let sent = request.upload().map_err(dropped)?;
    let on_progress = Closure::<dyn Fn(ProgressEvent)>::new(move |event: ProgressEvent| {
        if event.length_computable() && event.total() > 0.0 {
            progress(event.loaded() / event.total());
        }
    });
    sent.set_onprogress(Some(on_progress.as_ref().unchecked_ref()));
    let ended = Promise::new(&mut |resolve, _| {
        for (event, word) in [
            ("load", "load"),
            ("error", "error"),
            ("timeout", "error"),
            ("abort", "abort"),
        ] {
            // Bound rather than closed over: a function of the browser's own needs no freeing.
            let settle = resolve.bind1(&JsValue::UNDEFINED, &word.into());
            let _ = request.add_event_listener_with_callback(event, settle.unchecked_ref());
        }
    });
    stop.0.replace(Some(request.clone()));
    request.send_with_opt_blob(Some(file)).map_err(dropped)?;
    let word = JsFuture::from(ended)
        .await
        .map_err(dropped)?
        .as_string()
        .unwrap_or_default();
    stop.0.take();
    match (word.as_str(), request.status().unwrap_or(0)) {
        ("abort", _) => Err(UploadError::Stopped),
        // 412: an object is there already, from an upload whose answer got lost.
        ("load", 200..=299 | 412) => Ok(()),
        ("load", status) => Err(UploadError::Refused(status)),
        _ => Err(UploadError::Dropped),
    }
}
