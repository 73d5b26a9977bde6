//! Reading and checking the draft's file, in the worker and beside the service's data.

use super::{
    draft::{DraftFile, Step},
    flow::{CheckState, Flow, Outcome, Turn},
    verdict,
};
use crate::{
    service,
    worker::{self, Asked, Checked, Task, WorkerError},
};
use futures::FutureExt;
use leptos::prelude::*;

impl Flow {
    /// Reads and checks the file; then goes where the draft was, or as far as the file allows. For [`Flow::run_check`] alone.
    pub(super) async fn check_here(self, turn: Turn, wanted: Step, contents: DraftFile) {
        let checked = self.checked(turn, &contents).await;
        // The page was left while the worker was busy, or another file came.
        if !self.is(turn) {
            return;
        }
        let state = match checked {
            Ok(outcome) => CheckState::Done(Box::new(outcome)),
            Err(WorkerError::Stopped) => CheckState::Stopped,
            Err(WorkerError::Failed(what)) => CheckState::Failed(what),
        };
        let next = match &state {
            CheckState::Done(outcome) => self.after_check(outcome, wanted),
            _ => Step::Check,
        };
        self.check.set(state);
        self.go(next);
    }

    fn after_check(self, outcome: &Outcome, wanted: Step) -> Step {
        let kind = outcome.file.kind;
        let signed = outcome.file.signature.is_some();
        self.update(|draft| {
            draft.kind = kind;
            draft.signed = signed;
        });
        let errors = outcome.findings.errors;
        if errors > 0 {
            let errors = crate::components::counted(errors, "error", "errors");
            self.said.set(format!("The file was checked: {errors}"));
            return Step::Check;
        }
        self.said.set("The file was checked: no errors".into());
        // Warnings are read once, before the file goes on.
        let furthest = if signed { Step::Send } else { Step::Sign };
        match wanted {
            Step::Choose | Step::Check if outcome.findings.warnings > 0 => Step::Check,
            Step::Choose | Step::Check => Step::Changes,
            later => later.min(furthest),
        }
    }

    async fn checked(self, turn: Turn, contents: &DraftFile) -> Result<Outcome, WorkerError> {
        let sender = self.me.with_value(verdict::sender);
        let (file_name, said_to_be) = self
            .draft
            .get_untracked()
            .map(|draft| (draft.file_name, draft.said_to_be))
            .unwrap_or_default();
        // Beside the reading, which begins by what the service told last.
        let (asking, told) = service::ask(self.api).remote_handle();
        leptos::task::spawn_local(asking);
        let last = service::last();
        let task = Task::Check {
            file_name,
            said_to_be,
            sender,
            profile: Box::new((*last.profile).clone()),
            now: last.now(),
        };
        let asked = Asked {
            file: Some(&contents.file),
            signature: contents.signature.as_deref(),
            ..Asked::from(&task)
        };
        let progress = move |part| {
            if self.is(turn) {
                self.check.set(CheckState::Running(part));
            }
        };
        let read: Result<Checked, WorkerError> = worker::ask(asked, progress).await;
        self.keep();
        let file = read?;
        let service = told.await;
        let (verdict, findings) = verdict::judge_file(self.api, &file, &service).await?;
        let _ = self.service.try_set(service);
        Ok(Outcome {
            file,
            findings,
            verdict,
        })
    }
}
