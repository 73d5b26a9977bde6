//! The upload itself, by `XMLHttpRequest`: `fetch` tells nothing of how far a body has come.

use crate::api::Upload;
use futures::channel::oneshot;
use gloo_events::EventListener;
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast, JsValue};
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
        // Taken first: it says to whoever waits for the end that it was stopped.
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
    let _progress = EventListener::new(&sent, "progress", move |event| {
        let event: &ProgressEvent = event.unchecked_ref();
        if event.length_computable() && event.total() > 0.0 {
            progress(event.loaded() / event.total());
        }
    });
    // Comes last, whether it was loaded, failed, or was stopped.
    let (ended, end) = oneshot::channel();
    let _ended = EventListener::once(&request, "loadend", move |_| {
        let _ = ended.send(());
    });
    stop.0.replace(Some(request.clone()));
    request.send_with_opt_blob(Some(file)).map_err(dropped)?;
    let _ = end.await;
    if stop.0.take().is_none() {
        return Err(UploadError::Stopped);
    }
    match request.status().unwrap_or(0) {
        // Without an answer there is no status.
        0 => Err(UploadError::Dropped),
        // 412: an object is there already, from an upload whose answer got lost.
        200..=299 | 412 => Ok(()),
        status => Err(UploadError::Refused(status)),
    }
}
