//! The worker's side: waits for tasks, answers them.

use super::{Task, check, findings_file, held, lines};
use crate::parts;
use js_sys::{Object, Reflect, Uint8Array};
use std::{cell::Cell, future::Future, pin::Pin};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Blob, DedicatedWorkerGlobalScope, MessageEvent};

thread_local! {
    /// The task in hand, so that a panic can be told to whoever waits for it.
    static CURRENT: Cell<f64> = const { Cell::new(0.0) };
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

/// Answers tasks for as long as the worker lives.
pub fn serve() {
    std::panic::set_hook(Box::new(|panic| {
        console_error_panic_hook::hook(panic);
        post("failed", "the worker stopped");
    }));
    let listener = Closure::<dyn Fn(MessageEvent)>::new(|message: MessageEvent| {
        let message = message.data();
        wasm_bindgen_futures::spawn_local(async move {
            if let Ok(answer) = parts::check().await {
                answer(message).await;
            } else {
                CURRENT.set(id_of(&message));
                post("failed", "the worker's program could not be loaded");
            }
        });
    });
    let _ = scope().add_event_listener_with_callback("message", listener.as_ref().unchecked_ref());
    listener.forget();
    // Before the first task, so that this waits for nothing and a lost connection stops nothing; where it fails, the first task
    // tries again and tells.
    wasm_bindgen_futures::spawn_local(async {
        let _ = parts::check().await;
    });
}

/// Does one task, and tells the page what came of it.
pub fn answer(message: JsValue) -> Pin<Box<dyn Future<Output = ()>>> {
    Box::pin(answered(message))
}

fn id_of(message: &JsValue) -> f64 {
    let id = Reflect::get(message, &"id".into()).unwrap_or_default();
    id.as_f64().unwrap_or_default()
}

async fn answered(message: JsValue) {
    let member = |name: &str| Reflect::get(&message, &name.into()).unwrap_or_default();
    CURRENT.set(id_of(&message));
    let task = member("task").as_string().unwrap_or_default();
    let file = member("file").dyn_into::<Blob>().ok();
    let signature = member("signature")
        .dyn_into::<Uint8Array>()
        .ok()
        .map(|bytes| bytes.to_vec());
    match run(&task, file, signature).await {
        Ok(body) => post("done", &body),
        Err(what) => post("failed", &what),
    }
}

async fn run(task: &str, file: Option<Blob>, signature: Option<Vec<u8>>) -> Result<String, String> {
    match serde_json::from_str(task).map_err(said)? {
        Task::Check {
            file_name,
            sender,
            now,
            in_force,
        } => {
            let file = file.ok_or("no file came with the task")?;
            let settings = check::Settings {
                file_name,
                sender,
                now,
                in_force: in_force.into_iter().collect(),
            };
            let checked = check::check(&file, signature, settings, progress).await?;
            serde_json::to_string(&checked).map_err(said)
        }
        Task::Held { events } => serde_json::to_string(&held::check(&events)?).map_err(said),
        Task::Lines { line, around } => {
            serde_json::to_string(&lines::around(line, around)?).map_err(said)
        }
        Task::AllFindings => findings_file::all(),
    }
}

fn said(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// Tells the page how far the task is, from 0 to 1.
fn progress(part: f64) {
    post("progress", &part.to_string());
}

fn post(kind: &str, body: &str) {
    let answer = Object::new();
    for (name, value) in [
        ("id", CURRENT.get().into()),
        ("kind", kind.into()),
        ("body", JsValue::from_str(body)),
    ] {
        // Setting a member of a fresh plain object cannot fail.
        let _ = Reflect::set(&answer, &name.into(), &value);
    }
    let _ = scope().post_message(&answer);
}
