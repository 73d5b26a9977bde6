//! The page's side: starts the worker, asks it, stops it.

use super::{Task, TaskId, waiting::Waiting};
use crate::browser;
use futures::channel::oneshot;
use gloo_events::EventListener;
use js_sys::{Array, ArrayBuffer, Function, Object, Reflect, Uint8Array};
use serde::de::DeserializeOwned;
use sluice_shared::json::read_json;
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, MessageEvent, Worker};

thread_local! {
    static RUNNING: RefCell<Option<Running>> = const { RefCell::new(None) };
    static WAITING: RefCell<Waiting<Waiter>> = const { RefCell::new(Waiting::new()) };
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
    /// Answers of the service, untouched. They move to the worker: here they are empty afterwards.
    pub answers: Vec<ArrayBuffer>,
}

impl<'a> From<&'a Task> for Asked<'a> {
    fn from(task: &'a Task) -> Self {
        Self {
            task,
            file: None,
            signature: None,
            answers: Vec::new(),
        }
    }
}

/// How long the first worker may take until it listens, in milliseconds. Browsers have been seen to let one wait for ever; who waits cannot
/// tell that from a slow network, so each that takes its place has twice as long.
const PATIENCE: u32 = 8_000;

/// A worker, with what listens to it.
struct Running {
    worker: Worker,
    /// When it was started, on the steady clock: no two have the same that wait for one another.
    started_at: f64,
    /// The messages for it until it listens, each with what moves along. None: it listens.
    early: Option<Vec<(Object, Array)>>,
    _listeners: [EventListener; 2],
}

impl Running {
    fn post(&mut self, message: Object, transfer: Array) -> Result<(), JsValue> {
        match &mut self.early {
            Some(early) => {
                early.push((message, transfer));
                Ok(())
            }
            None => self.worker.post_message_with_transfer(&message, &transfer),
        }
    }

    /// The worker listens.
    fn post_early(&mut self) -> Result<(), JsValue> {
        let early = self.early.take().unwrap_or_default();
        early
            .into_iter()
            .try_for_each(|(message, transfer)| self.post(message, transfer))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

/// What waits for a task.
struct Waiter {
    answered: oneshot::Sender<Result<String, WorkerError>>,
    progress: Rc<dyn Fn(f64)>,
}

/// Starts the worker, so that it has loaded when the first file comes.
pub fn warm_up() {
    let _ = with_worker(|_| Ok(()));
}

/// Ends the tasks in hand, whatever they are; the next task starts a new worker, which remembers nothing. A worker that has nothing to
/// do stays: it forgets one file when it reads another.
pub fn stop() {
    if !WAITING.with_borrow(Waiting::is_empty) {
        end();
    }
}

/// Ends the worker, and with it the tasks in hand.
pub fn end() {
    give_up(&WorkerError::Stopped);
}

/// Ends the worker; all who wait hear why.
fn give_up(why: &WorkerError) {
    drop(RUNNING.take());
    for waiter in WAITING.with_borrow_mut(Waiting::give_up) {
        let _ = waiter.answered.send(Err(why.clone()));
    }
}

/// Asks the worker and waits for its answer. `progress` hears how far it is, from 0 to 1.
pub async fn ask<T: DeserializeOwned>(
    asked: Asked<'_>,
    progress: impl Fn(f64) + 'static,
) -> Result<T, WorkerError> {
    let body = ask_for_text(asked, progress).await?;
    read_json(&body).map_err(WorkerError::Failed)
}

/// As [`ask`], for answers that are text.
pub async fn ask_for_text(
    asked: Asked<'_>,
    progress: impl Fn(f64) + 'static,
) -> Result<String, WorkerError> {
    let failed = |error: JsValue| WorkerError::Failed(format!("{error:?}"));
    with_worker(|_| Ok(())).map_err(failed)?;
    let (answered, answer) = oneshot::channel();
    let waiter = Waiter {
        answered,
        progress: Rc::new(progress),
    };
    let id = WAITING.with_borrow_mut(|waiting| waiting.begin(waiter));
    if let Err(error) = post(id, &asked) {
        settle(id, Err(failed(error)));
    }
    // Whoever drops the sender has given up.
    answer.await.unwrap_or(Err(WorkerError::Stopped))
}

fn settle(id: TaskId, answer: Result<String, WorkerError>) {
    if let Some(waiter) = WAITING.with_borrow_mut(|waiting| waiting.settle(id)) {
        let _ = waiter.answered.send(answer);
    }
}

/// Hears the worker.
fn hear(message: &JsValue) {
    let member = |name: &str| Reflect::get(message, &name.into()).unwrap_or_default();
    if member("kind").as_string().as_deref() == Some("listening") {
        if let Err(error) = with_worker(Running::post_early) {
            give_up(&WorkerError::Failed(format!("{error:?}")));
        }
        return;
    }
    let Some(id) = member("id").as_f64().and_then(TaskId::from_number) else {
        return;
    };
    let body = member("body").as_string().unwrap_or_default();
    match member("kind").as_string().as_deref() {
        Some("progress") => {
            // Not while the table is borrowed: who hears of progress may stop the task.
            let progress = WAITING
                .with_borrow(|waiting| waiting.get(id).map(|waiter| Rc::clone(&waiter.progress)));
            if let (Some(progress), Some(part)) = (progress, member("body").as_f64()) {
                progress(part);
            }
        }
        Some("done") => settle(id, Ok(body)),
        Some("failed") => settle(id, Err(WorkerError::Failed(body))),
        // After a panic the module can do nothing more.
        _ => give_up(&WorkerError::Failed(body)),
    }
}

fn post(id: TaskId, asked: &Asked<'_>) -> Result<(), JsValue> {
    let task =
        serde_json::to_string(asked.task).map_err(|error| JsValue::from_str(&error.to_string()))?;
    let message = Object::new();
    let set = |name: &str, value: &JsValue| Reflect::set(&message, &name.into(), value);
    set("id", &id.to_number().into())?;
    set("task", &task.into())?;
    if let Some(file) = asked.file {
        set("file", file)?;
    }
    if let Some(signature) = asked.signature {
        set("signature", &Uint8Array::from(signature))?;
    }
    let answers: Array = asked.answers.iter().collect();
    set("answers", &answers)?;
    with_worker(|running| running.post(message, answers))
}

/// Does something with the worker; started by `boot.js`, which alone may name its address under Trusted Types.
fn with_worker<T>(act: impl FnOnce(&mut Running) -> Result<T, JsValue>) -> Result<T, JsValue> {
    RUNNING.with_borrow_mut(|running| match running {
        Some(running) => act(running),
        None => act(running.insert(start(PATIENCE)?)),
    })
}

/// Puts another worker in the place of one that does not listen within its patience. What was asked of it goes to the other.
fn start_anew(started_at: f64, patience: u32) {
    RUNNING.with_borrow_mut(|running| {
        let is_it = |running: &&mut Running| running.started_at.to_bits() == started_at.to_bits();
        let Some(silent) = running.as_mut().filter(is_it) else {
            return;
        };
        if silent.early.is_none() {
            return;
        }
        if let Ok(mut other) = start(patience.saturating_mul(2)) {
            other.early = silent.early.take();
            *silent = other;
        }
    });
}

fn start(patience: u32) -> Result<Running, JsValue> {
    let start: Function = Reflect::get(&js_sys::global(), &"sluiceWorker".into())?.dyn_into()?;
    let worker: Worker = start.call0(&JsValue::UNDEFINED)?.dyn_into()?;
    let on_message = EventListener::new(&worker, "message", |message| {
        hear(&message.unchecked_ref::<MessageEvent>().data());
    });
    let on_error = EventListener::new(&worker, "error", |_| {
        give_up(&WorkerError::Failed(
            "the worker could not start, or it stopped".into(),
        ));
    });
    let started_at = browser::steady_millis();
    browser::after(patience, move || start_anew(started_at, patience));
    Ok(Running {
        worker,
        started_at,
        early: Some(Vec::new()),
        _listeners: [on_message, on_error],
    })
}
