//! The worker's side: waits for tasks, answers them.

use super::{
    Task, TaskId, check,
    doing::{self, Named},
    findings_file, judge, lines,
};
use crate::parts;
use gloo_events::EventListener;
use js_sys::{Array, ArrayBuffer, Object, Reflect, Uint8Array};
use serde::Serialize;
use sluice_shared::json::read_json;
use std::{future::Future, pin::Pin};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, DedicatedWorkerGlobalScope, MessageEvent};

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

/// Answers tasks for as long as the worker lives.
pub fn serve() {
    std::panic::set_hook(Box::new(|panic| {
        console_error_panic_hook::hook(panic);
        if let Some(Named { id, doing }) = doing::now() {
            let what = format!("the worker stopped while {doing}");
            post(id, "stopped", &what.into());
        }
    }));
    let listener = EventListener::new(&scope(), "message", |message| {
        let message = message.unchecked_ref::<MessageEvent>().data();
        wasm_bindgen_futures::spawn_local(async move {
            if let Ok(answer) = parts::check().await {
                answer(message).await;
            } else if let Some(id) = id_of(&message) {
                post(
                    id,
                    "failed",
                    &"the worker's program could not be loaded".into(),
                );
            }
        });
    });
    // It ends with the worker, which ends with its page.
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

fn id_of(message: &JsValue) -> Option<TaskId> {
    TaskId::from_number(Reflect::get(message, &"id".into()).ok()?.as_f64()?)
}

async fn answered(message: JsValue) {
    // Without an id nobody waits.
    let Some(id) = id_of(&message) else { return };
    let member = |name: &str| Reflect::get(&message, &name.into()).unwrap_or_default();
    let task = match read_json::<Task>(&member("task").as_string().unwrap_or_default()) {
        Ok(task) => task,
        Err(error) => return post(id, "failed", &error.into()),
    };
    let attached = Attached {
        file: member("file").dyn_into().ok(),
        signature: member("signature")
            .dyn_into::<Uint8Array>()
            .ok()
            .map(|bytes| bytes.to_vec()),
        answers: member("answers")
            .dyn_into::<Array>()
            .map(|answers| answers.iter().map(JsCast::unchecked_into).collect())
            .unwrap_or_default(),
    };
    let name = Named {
        id,
        doing: task.doing(),
    };
    match doing::under(name, run(id, task, attached)).await {
        Ok(body) => post(id, "done", &body.into()),
        Err(what) => post(id, "failed", &what.into()),
    }
}

/// What came with a task.
struct Attached {
    file: Option<Blob>,
    signature: Option<Vec<u8>>,
    answers: Vec<ArrayBuffer>,
}

async fn run(id: TaskId, task: Task, attached: Attached) -> Result<String, String> {
    match task {
        Task::Check {
            file_name,
            said_to_be,
            sender,
            profile,
            now,
        } => {
            let file = attached.file.ok_or("no file came with the task")?;
            let settings = check::Settings {
                file_name,
                said_to_be,
                sender,
                profile: *profile,
                now,
            };
            let progress = |part: f64| post(id, "progress", &part.into());
            json(&check::check(id, &file, attached.signature, settings, progress).await?)
        }
        Task::Judge { file, profile, now } => {
            json(&judge::judge(file, *profile, now, attached.answers)?)
        }
        Task::Sign { file, now } => json(&judge::sign(file, attached.signature.as_deref(), now)?),
        Task::Lines { file, line, around } => json(&lines::around(file, line, around)?),
        Task::AllFindings { file } => findings_file::all(file),
    }
}

fn json(answer: &impl Serialize) -> Result<String, String> {
    serde_json::to_string(answer).map_err(|error| error.to_string())
}

/// Tells the page of one task: `progress` (from 0 to 1), `done`, `failed`, or `stopped` when the worker cannot go on.
fn post(id: TaskId, kind: &str, body: &JsValue) {
    let answer = Object::new();
    for (name, value) in [
        ("id", &id.to_number().into()),
        ("kind", &kind.into()),
        ("body", body),
    ] {
        // Setting a member of a fresh plain object cannot fail.
        let _ = Reflect::set(&answer, &name.into(), value);
    }
    let _ = scope().post_message(&answer);
}
