//! The page's side: starts the worker, asks it, stops it.

use super::Task;
use js_sys::{Function, Object, Promise, Reflect, Uint8Array};
use serde::de::DeserializeOwned;
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, MessageEvent, Worker};

thread_local! {
    static WORKER: RefCell<Option<Worker>> = const { RefCell::new(None) };
    /// Rejects what is being waited for.
    static GIVE_UP: RefCell<Option<Function>> = const { RefCell::new(None) };
    static LAST_ID: Cell<f64> = const { Cell::new(0.0) };
}

/// Why the worker gave no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WorkerError {
    /// [`stop`] was called.
    Stopped,
    /// It failed; the text is for a report, not for people.
    Failed(String),
}

/// A task with what goes with it.
#[derive(Debug)]
pub struct Asked<'a> {
    /// What to do.
    pub task: &'a Task,
    /// The file, for a check.
    pub file: Option<&'a Blob>,
    /// Its detached signature.
    pub signature: Option<&'a [u8]>,
}

impl<'a> From<&'a Task> for Asked<'a> {
    fn from(task: &'a Task) -> Self {
        Self {
            task,
            file: None,
            signature: None,
        }
    }
}

/// Starts the worker, so that it has loaded when the first file comes.
pub fn warm_up() {
    let _ = worker();
}

/// Ends whatever the worker does; the next task starts a new one, which remembers nothing.
pub fn stop() {
    if let Some(worker) = WORKER.take() {
        worker.terminate();
    }
    if let Some(give_up) = GIVE_UP.take() {
        let _ = give_up.call1(&JsValue::UNDEFINED, &JsValue::NULL);
    }
}

/// Asks the worker and waits for its answer. `progress` hears how far it is, from 0 to 1.
pub async fn ask<T: DeserializeOwned>(
    asked: Asked<'_>,
    progress: impl Fn(f64) + 'static,
) -> Result<T, WorkerError> {
    let body = ask_for_text(asked, progress).await?;
    serde_json::from_str(&body).map_err(|error| WorkerError::Failed(error.to_string()))
}

/// As [`ask`], for answers that are text.
pub async fn ask_for_text(
    asked: Asked<'_>,
    progress: impl Fn(f64) + 'static,
) -> Result<String, WorkerError> {
    let worker = worker().map_err(|error| WorkerError::Failed(format!("{error:?}")))?;
    let id = LAST_ID.get() + 1.0;
    LAST_ID.set(id);
    let progress: Rc<dyn Fn(f64)> = Rc::new(progress);
    let mut listeners = Vec::new();
    let answer = Promise::new(&mut |resolve, reject| {
        listeners = listen(&worker, id, resolve, &reject, &progress);
        GIVE_UP.set(Some(reject));
    });
    // The promise's body runs at once, so nothing is asked before somebody listens.
    let outcome = match message(id, &asked).and_then(|message| worker.post_message(&message)) {
        Ok(()) => JsFuture::from(answer).await,
        Err(error) => Err(error),
    };
    for (name, listener) in &listeners {
        let _ = worker.remove_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
    }
    GIVE_UP.set(None);
    match outcome {
        Ok(body) => Ok(body.as_string().unwrap_or_default()),
        Err(stopped) if stopped.is_null() => Err(WorkerError::Stopped),
        Err(error) => Err(WorkerError::Failed(
            error.as_string().unwrap_or_else(|| format!("{error:?}")),
        )),
    }
}

type Listener = (&'static str, Closure<dyn FnMut(MessageEvent)>);

fn listen(
    worker: &Worker,
    id: f64,
    resolve: Function,
    reject: &Function,
    progress: &Rc<dyn Fn(f64)>,
) -> Vec<Listener> {
    let (refuse, progress) = (reject.clone(), Rc::clone(progress));
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
        let member = |name: &str| Reflect::get(&message.data(), &name.into()).unwrap_or_default();
        if member("id").as_f64() != Some(id) {
            return;
        }
        let body = member("body");
        let settle = match member("kind").as_string().as_deref() {
            Some("progress") => {
                progress(
                    body.as_string()
                        .and_then(|part| part.parse().ok())
                        .unwrap_or(0.0),
                );
                return;
            }
            Some("done") => &resolve,
            _ => &refuse,
        };
        let _ = settle.call1(&JsValue::UNDEFINED, &body);
    });
    let refuse = reject.clone();
    let on_error = Closure::<dyn FnMut(MessageEvent)>::new(move |_| {
        let _ = refuse.call1(
            &JsValue::UNDEFINED,
            &"the worker could not start, or it stopped".into(),
        );
    });
    let listeners = vec![("message", on_message), ("error", on_error)];
    for (name, listener) in &listeners {
        let _ = worker.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
    }
    listeners
}

fn message(id: f64, asked: &Asked<'_>) -> Result<Object, JsValue> {
    let task =
        serde_json::to_string(asked.task).map_err(|error| JsValue::from_str(&error.to_string()))?;
    let message = Object::new();
    Reflect::set(&message, &"id".into(), &id.into())?;
    Reflect::set(&message, &"task".into(), &task.into())?;
    if let Some(file) = asked.file {
        Reflect::set(&message, &"file".into(), file)?;
    }
    if let Some(signature) = asked.signature {
        Reflect::set(&message, &"signature".into(), &Uint8Array::from(signature))?;
    }
    Ok(message)
}

/// The worker; started by `boot.js`, which alone may name its address under Trusted Types.
fn worker() -> Result<Worker, JsValue> {
    if let Some(worker) = WORKER.with_borrow(Clone::clone) {
        return Ok(worker);
    }
    let start: Function = Reflect::get(&js_sys::global(), &"sluiceWorker".into())?.dyn_into()?;
    let worker: Worker = start.call0(&JsValue::UNDEFINED)?.dyn_into()?;
    WORKER.set(Some(worker.clone()));
    Ok(worker)
}
