//! Reading and checking the draft's file, in the worker and beside the service's data.

use super::{
    draft::{DraftFile, Step},
    effect,
    flow::{CheckState, Flow, Outcome},
};
use crate::{
    components::now,
    worker::{self, Asked, Checked, Task, WorkerError},
};
use leptos::prelude::*;
use sluice_shared::files::Sender;

impl Flow {
    /// Reads and checks the file; then goes where the draft was, or as far as the file allows.
    pub(super) async fn run_check(self) {
        let Some(wanted) = self.draft.get_untracked().map(|draft| draft.step) else {
            return;
        };
        let Some(contents) = self.file.get_value() else {
            return;
        };
        self.step.set(Step::Check);
        self.check.set(CheckState::Running(0.0));
        self.said.set("Checking the file".into());
        let state = match self.checked(&contents).await {
            Ok(outcome) => CheckState::Done(Box::new(outcome)),
            Err(WorkerError::Stopped) => CheckState::Stopped,
            Err(WorkerError::Failed(what)) => CheckState::Failed(what),
        };
        let next = match &state {
            CheckState::Done(outcome) => self.after_check(outcome, wanted),
            _ => Step::Check,
        };
        if self.check.try_set(state).is_some() {
            // The page was left while the worker was busy.
            return;
        }
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

    async fn checked(self, contents: &DraftFile) -> Result<Outcome, WorkerError> {
        let (sender, file_name) = self.me.with_value(|me| {
            let sender = Sender {
                organisation: me.organisation.id.clone(),
                user_ids: me.organisation.user_ids.clone(),
            };
            let name = self
                .draft
                .get_untracked()
                .map(|draft| draft.file_name)
                .unwrap_or_default();
            (sender, name)
        });
        let in_force = effect::in_force(self.api).await;
        let keys = in_force
            .as_ref()
            .map(|views| effect::keys(views))
            .unwrap_or_default();
        let task = Task::Check {
            file_name,
            sender,
            now: now(),
            in_force: keys,
        };
        let asked = Asked {
            task: &task,
            file: Some(&contents.file),
            signature: contents.signature.as_deref(),
        };
        let progress = move |part| {
            let _ = self.check.try_set(CheckState::Running(part));
        };
        let file: Checked = worker::ask(asked, progress).await?;
        let (effect, more) = effect::of(self.api, &file, in_force).await?;
        let mut findings = file.findings.clone();
        findings.append(more);
        Ok(Outcome {
            file,
            findings,
            effect,
        })
    }
}
