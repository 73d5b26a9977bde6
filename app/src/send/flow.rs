//! What the steps share: the draft, its file, what the check found, what it changes.

use super::{
    draft::{self, Draft, DraftFile, Step},
    effect::Effect,
    tab,
};
use crate::{
    address::Address,
    api::{Api, ApiError, Me},
    browser,
    session::Session,
    worker::{self, Checked},
};
use leptos::prelude::*;
use sluice_shared::{finding::Findings, identifiers::SubmissionId};

/// How the check of the file stands.
#[derive(Clone, Debug)]
pub(super) enum CheckState {
    /// There is no file.
    Idle,
    /// The file is being read (0 to 1), then compared with the service's data (1).
    Running(f64),
    /// The person stopped it.
    Stopped,
    /// It could not be read.
    Failed(String),
    /// It was read.
    Done(Box<Outcome>),
}

/// What the check came to.
#[derive(Clone, Debug)]
pub(super) struct Outcome {
    /// The file.
    pub(super) file: Checked,
    /// Everything that is wrong: in the file, and in it beside the service's data.
    pub(super) findings: Findings,
    /// What it changes.
    pub(super) effect: Effect,
}

/// Why the page cannot work on the draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Obstacle {
    /// The address names a draft that is not here.
    Gone,
    /// Another tab works on it, or has taken it over.
    OtherTab,
}

/// The shared state. Cheap to copy; lives as long as the page is open.
#[derive(Clone, Copy)]
pub(super) struct Flow {
    pub(super) session: Session,
    pub(super) api: Api,
    pub(super) address: Address,
    pub(super) me: StoredValue<Me>,
    pub(super) draft: RwSignal<Option<Draft>>,
    pub(super) file: StoredValue<Option<DraftFile>, LocalStorage>,
    pub(super) check: RwSignal<CheckState>,
    pub(super) step: RwSignal<Step>,
    pub(super) obstacle: RwSignal<Option<Obstacle>>,
    /// A failure of the step that is open, in the service's words.
    pub(super) problem: RwSignal<Option<ApiError>>,
    /// Said to screen readers.
    pub(super) said: RwSignal<String>,
    hold: StoredValue<Option<tab::Hold>, LocalStorage>,
}

impl Flow {
    pub(super) fn new(session: Session, api: Api, address: Address, me: Me) -> Self {
        Self {
            session,
            api,
            address,
            me: StoredValue::new(me),
            draft: RwSignal::new(None),
            file: StoredValue::new_local(None),
            check: RwSignal::new(CheckState::Idle),
            step: RwSignal::new(Step::Choose),
            obstacle: RwSignal::new(None),
            problem: RwSignal::new(None),
            said: RwSignal::new(String::new()),
            hold: StoredValue::new_local(None),
        }
    }

    /// Opens the draft that the address names, unless another tab has it.
    pub(super) async fn open(self, id: String, take_over: bool) {
        self.put_aside();
        if !self.hold(&id, take_over).await {
            self.obstacle.set(Some(Obstacle::OtherTab));
            return;
        }
        let person = self.me.with_value(|me| me.person.id.clone());
        match draft::load(&id, &person).await {
            Ok(Some((draft, contents))) => {
                self.obstacle.set(None);
                self.file.set_value(Some(contents));
                self.draft.set(Some(draft));
                self.run_check().await;
            }
            Ok(None) => self.obstacle.set(Some(Obstacle::Gone)),
            Err(error) => self.problem.set(Some(ApiError::Browser(error.to_string()))),
        }
    }

    async fn hold(self, id: &str, take_over: bool) -> bool {
        let lost = move || {
            let _ = self.obstacle.try_set(Some(Obstacle::OtherTab));
        };
        let hold = tab::hold(id, take_over, lost).await;
        let is_ours = hold.is_some();
        // The page may have been left meanwhile; then the hold ends here.
        let _ = self.hold.try_set_value(hold);
        is_ours
    }

    /// Takes a file that was just chosen, in place of what the draft had.
    pub(super) async fn choose(
        self,
        name: String,
        contents: DraftFile,
        replaces: Option<SubmissionId>,
    ) {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a file's size is a whole number, far below 2^53"
        )]
        let length = contents.file.size() as u64;
        let person = self.me.with_value(|me| me.person.id.clone());
        let mut draft = Draft::new(person, &name, length);
        draft.signed = contents.signature.is_some();
        if let Some(earlier) = self.draft.get_untracked() {
            draft.id = earlier.id;
            draft.service_request = earlier.service_request;
            draft.replaces = earlier.replaces;
        } else {
            self.hold(&draft.id, false).await;
        }
        draft.replaces = replaces.or(draft.replaces);
        if let Err(error) = draft::save_file(&draft.id, &contents).await {
            // Without it the file still goes through the steps; only a reload would lose it.
            self.problem.set(Some(ApiError::Browser(error.to_string())));
        }
        self.file.set_value(Some(contents));
        self.address.set_parameter("draft", Some(&draft.id));
        self.draft.set(Some(draft));
        self.save().await;
        self.run_check().await;
    }

    /// Changes the draft and keeps it.
    pub(super) fn update(self, change: impl FnOnce(&mut Draft)) {
        self.draft.update(|draft| {
            if let Some(draft) = draft {
                change(draft);
            }
        });
        leptos::task::spawn_local(self.save());
    }

    /// Keeps the draft as it is now.
    pub(super) async fn save(self) {
        if let Some(draft) = self.draft.get_untracked()
            && let Err(error) = draft.save().await
        {
            let _ = self
                .problem
                .try_set(Some(ApiError::Browser(error.to_string())));
        }
    }

    /// Opens a step: earlier ones fold, and the heading of this one takes the focus.
    pub(super) fn go(self, step: Step) {
        self.problem.set(None);
        self.step.set(step);
        self.update(|draft| draft.step = step);
        browser::focus(super::steps::heading_id(step));
    }

    /// Adds a signature to the draft, made here or elsewhere.
    pub(super) async fn add_signature(self, der: Vec<u8>) {
        let Some(mut contents) = self.file.get_value() else {
            return;
        };
        contents.signature = Some(der);
        self.update(|draft| {
            draft.signed = true;
            draft.changed();
        });
        if let Some(id) = self.draft.get_untracked().map(|draft| draft.id)
            && let Err(error) = draft::save_file(&id, &contents).await
        {
            self.problem.set(Some(ApiError::Browser(error.to_string())));
        }
        self.file.set_value(Some(contents));
    }

    /// Takes the signature away, so that the file can be signed again.
    pub(super) async fn remove_signature(self) {
        let Some(mut contents) = self.file.get_value() else {
            return;
        };
        contents.signature = None;
        self.update(|draft| {
            draft.signed = false;
            draft.changed();
        });
        if let Some(id) = self.draft.get_untracked().map(|draft| draft.id) {
            let _ = draft::save_file(&id, &contents).await;
        }
        self.file.set_value(Some(contents));
        self.run_check().await;
    }

    /// Removes the draft and starts again.
    pub(super) async fn discard(self) {
        if let Some(draft) = self.draft.get_untracked() {
            let _ = draft::remove(&draft.id).await;
        }
        self.put_aside();
        self.address.set_parameter("draft", None);
        browser::focus_heading();
    }

    /// Starts again; the draft stays kept.
    pub(super) fn put_aside(self) {
        worker::stop();
        self.hold.set_value(None);
        self.file.set_value(None);
        self.draft.set(None);
        self.check.set(CheckState::Idle);
        self.obstacle.set(None);
        self.problem.set(None);
        self.step.set(Step::Choose);
    }
}
