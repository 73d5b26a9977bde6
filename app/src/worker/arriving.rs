//! A file on its way from the worker's own worker (`digester.js`), which reads and hashes it on a thread beside this one.

use futures::{StreamExt as _, channel::mpsc};
use js_sys::{Function, Reflect, Uint8Array};
use sluice_shared::identifiers::FileDigest;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::Blob;

/// A file of which pieces come.
pub(super) struct Arriving {
    messages: mpsc::UnboundedReceiver<JsValue>,
    _hear: Closure<dyn FnMut(JsValue)>,
}

/// What comes of it.
pub(super) enum Arrival {
    /// The next bytes.
    Piece(Uint8Array),
    /// All bytes again, once they have come, and their SHA-256. Nothing follows.
    Whole(Uint8Array, FileDigest),
}

impl Arriving {
    /// Begins to read a file.
    pub(super) fn begin(file: &Blob) -> Result<Self, JsValue> {
        let read: Function = Reflect::get(&js_sys::global(), &"sluiceRead".into())?.dyn_into()?;
        let (heard, messages) = mpsc::unbounded();
        let hear = Closure::<dyn FnMut(JsValue)>::new(move |message| {
            // Nobody listens any more where the check has failed.
            let _ = heard.unbounded_send(message);
        });
        read.call2(&JsValue::UNDEFINED, file, hear.as_ref())?;
        Ok(Self {
            messages,
            _hear: hear,
        })
    }

    /// What comes next; an error ends it.
    pub(super) async fn next(&mut self) -> Result<Arrival, String> {
        let message = self.messages.next().await.unwrap_or_default();
        if let Some(error) = message.as_string() {
            return Err(error);
        }
        Ok(match message.dyn_into::<Uint8Array>() {
            Ok(piece) => Arrival::Piece(piece),
            Err(whole) => {
                let member = |name: &str| Reflect::get(&whole, &name.into()).unwrap_or_default();
                let mut digest = [0; 32];
                Uint8Array::new(&member("digest")).copy_to(&mut digest);
                Arrival::Whole(member("whole").unchecked_into(), FileDigest::new(digest))
            }
        })
    }
}
