//! What the steps share: the draft, its file, what the check found, what it changes.

use super::{
    draft::{self, Draft, DraftFile, Step},
    later::{LaterSteps, SignStep},
    tab,
    verdict::Verdict,
};
use crate::{
    address::{Address, PagePath, Parameter},
    api::{Api, ApiError, Me, calls},
    browser,
    service::{self, Service},
    session::Session,
    worker::{self, Checked},
};
use leptos::prelude::*;
use sluice_shared::{finding::Findings, identifiers::SubmissionId, submission::StateName};

/// How the check of the file stands.
#[derive(Clone, Debug)]
pub(super) enum CheckState {
    Idle,
    /// The file is being read (0 to 1), then compared with the service's data (1).
    Running(f64),
    /// The person stopped it.
    Stopped,
    Failed(String),
    Done(Box<Outcome>),
}

/// What the check came to.
#[derive(Clone, Debug)]
pub(super) struct Outcome {
    pub(super) file: Checked,
    /// Everything that is wrong: in the file, and in it beside the service's data.
    pub(super) findings: Findings,
    /// What the service will say of it.
    pub(super) verdict: Verdict,
}

/// Why the page cannot work on the draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Obstacle {
    /// The address names a draft that is not here.
    Gone,
    /// Another tab works on it, or has taken it over.
    OtherTab,
}

/// One file's time in the steps. What was begun in a turn that has ended is for a file that is not here any more, and must not reach the
/// one that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Turn(u64);

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
    /// What the service judges by.
    pub(super) service: RwSignal<Service>,
    /// Said to screen readers.
    pub(super) said: RwSignal<String>,
    /// The steps after the first, once their part is there.
    pub(super) later: RwSignal<Option<LaterSteps>>,
    /// The step in which a file is signed, once its part is there.
    pub(super) sign: RwSignal<Option<SignStep>>,
    hold: StoredValue<Option<tab::Hold>, LocalStorage>,
    turn: StoredValue<Turn>,
    /// False while the file that was chosen is not kept yet.
    kept: StoredValue<bool>,
    /// Why this browser does not keep the file.
    pub(super) cannot_keep: RwSignal<Option<String>>,
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
            service: service::watch(api),
            said: RwSignal::new(String::new()),
            later: RwSignal::new(None),
            sign: RwSignal::new(None),
            hold: StoredValue::new_local(None),
            turn: StoredValue::new(Turn(0)),
            kept: StoredValue::new(true),
            cannot_keep: RwSignal::new(None),
        }
    }

    /// Ends what is being done, for whatever file, and begins anew.
    pub(super) fn begin(self) -> Turn {
        worker::stop();
        if self.is_running() {
            self.check.set(CheckState::Stopped);
        }
        let Turn(last) = self.turn.get_value();
        let turn = Turn(last + 1);
        self.turn.set_value(turn);
        turn
    }

    pub(super) fn turn(self) -> Turn {
        self.turn.get_value()
    }

    /// Whether what was begun in this turn still has its file; never once the page was left.
    pub(super) fn is(self, turn: Turn) -> bool {
        self.turn.try_get_value() == Some(turn)
    }

    /// Whether the file cannot be sent as it is.
    pub(super) fn has_errors(self) -> bool {
        self.check.with_untracked(|check| match check {
            CheckState::Done(outcome) => !outcome.findings.is_acceptable(),
            _ => false,
        })
    }

    fn is_running(self) -> bool {
        self.check
            .with_untracked(|check| matches!(check, CheckState::Running(_)))
    }

    /// Opens the draft that the address names, unless another tab has it. For [`Flow::open`] alone.
    pub(super) async fn open_here(self, turn: Turn, id: String, take_over: bool) {
        let is_ours = self.hold(&id, take_over).await;
        if !self.is(turn) {
            return;
        }
        if !is_ours {
            self.obstacle.set(Some(Obstacle::OtherTab));
            return;
        }
        let person = self.me.with_value(|me| me.person.id.clone());
        let loaded = draft::load(&id, &person).await;
        let arrived = match &loaded {
            Ok(Some((draft, _))) => self.arrived(draft).await,
            _ => None,
        };
        if !self.is(turn) {
            return;
        }
        if let Some(reference) = arrived {
            return self.address.open(PagePath::Outcome(reference));
        }
        match loaded {
            Ok(Some((draft, contents))) => {
                self.obstacle.set(None);
                self.file.set_value(Some(contents));
                self.draft.set(Some(draft));
                // Firefox does not upload what it gives out of its storage once a worker has read it.
                self.take_copy().await;
                if self.is(turn) {
                    self.run_check().await;
                }
            }
            Ok(None) => self.obstacle.set(Some(Obstacle::Gone)),
            Err(error) => self.problem.set(Some(ApiError::Browser(error.to_string()))),
        }
    }

    /// The draft's submission, if its file has arrived there: an upload may have gone on after its page was closed. Beside its own
    /// effect the draft would be found at fault.
    async fn arrived(self, draft: &Draft) -> Option<SubmissionId> {
        let reference = draft.submission?;
        let asked = self.api.get(calls::submission(reference)).await;
        let state = asked.ok()?.summary.state;
        (!matches!(state, StateName::AwaitingUpload | StateName::Expired)).then_some(reference)
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

    /// The submission that the next file corrects.
    pub(super) fn replaces(self) -> Option<SubmissionId> {
        SubmissionId::parse(&self.address.parameter(Parameter::Replaces)?).ok()
    }

    /// Takes a file that was just chosen, in place of what the draft had. It is read first and kept then, so that the one does not hold
    /// up the other.
    pub(super) async fn choose(
        self,
        name: String,
        contents: DraftFile,
        replaces: Option<SubmissionId>,
    ) {
        self.begin();
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
        }
        draft.replaces = replaces.or(draft.replaces);
        self.file.set_value(Some(contents));
        self.draft.set(Some(draft));
        self.kept.set_value(false);
        self.cannot_keep.set(None);
        self.run_check().await;
    }

    /// Keeps the draft with its file, unless that is done.
    pub(super) fn keep(self) {
        if self.kept.try_get_value() == Some(false) {
            self.kept.set_value(true);
            leptos::task::spawn_local(self.keep_now());
        }
    }

    async fn keep_now(self) {
        // Whatever is there now: it may be another file already, or none.
        let draft = move || self.draft.try_get_untracked().flatten();
        let Some(id) = draft().map(|draft| draft.id) else {
            return;
        };
        let is_open = move |id: &str| draft().is_some_and(|draft| draft.id == id);
        if self.hold.with_value(Option::is_none) {
            self.hold(&id, false).await;
        }
        if !is_open(&id) {
            return;
        }
        self.take_copy().await;
        // As it is now: it may have been signed meanwhile.
        let Some(contents) = self.file.try_get_value().flatten().filter(|_| is_open(&id)) else {
            return;
        };
        if let Err(error) = draft::save_file(&id, &contents).await {
            let _ = self.cannot_keep.try_set(Some(error.to_string()));
            // What was written of it while the file was being tried would be offered as a draft.
            let _ = draft::remove(&id).await;
            return;
        }
        // First: whoever reloads at the address of a draft finds it.
        if is_open(&id) {
            self.save().await;
        }
        if is_open(&id) {
            self.address.set_parameter(Parameter::Draft, Some(&id));
        }
    }

    /// Goes on with a copy of the file that was chosen, so that what was checked is sent although the one on disk changes.
    async fn take_copy(self) {
        let Some(chosen) = self.file.try_get_value().flatten().map(|file| file.file) else {
            return;
        };
        let Ok(copy) = browser::copy_of(&chosen).await else {
            return;
        };
        let _ = self.file.try_update_value(|file| {
            if let Some(file) = file.as_mut().filter(|file| file.file == chosen) {
                file.file = copy;
            }
        });
    }

    pub(super) fn update(self, change: impl FnOnce(&mut Draft)) {
        self.draft.update(|draft| {
            if let Some(draft) = draft {
                change(draft);
            }
        });
        leptos::task::spawn_local(self.save());
    }

    pub(super) async fn save(self) {
        // A draft without its file is none.
        if self.cannot_keep.try_get_untracked() != Some(None) {
            return;
        }
        if let Some(Some(draft)) = self.draft.try_get_untracked()
            && let Err(error) = draft.save().await
        {
            let _ = self
                .problem
                .try_set(Some(ApiError::Browser(error.to_string())));
        }
    }

    /// Opens a step: earlier ones fold, and the heading of this one takes the focus. Who goes back to choose another file does not wait
    /// for the check of this one.
    pub(super) fn go(self, step: Step) {
        if step == Step::Choose && self.is_running() {
            self.begin();
        }
        self.problem.set(None);
        self.step.set(step);
        self.update(|draft| draft.step = step);
        browser::focus(step.heading_id());
    }

    /// Adds a signature to the draft, made here or elsewhere.
    pub(super) async fn add_signature(self, der: Vec<u8>) {
        self.set_signature(Some(der)).await;
    }

    /// Takes the signature away and goes where the file can be signed again.
    pub(super) async fn sign_again(self) {
        self.set_signature(None).await;
        self.update(|draft| draft.step = Step::Sign);
        self.run_check().await;
    }

    async fn set_signature(self, signature: Option<Vec<u8>>) {
        let Some(mut contents) = self.file.get_value() else {
            return;
        };
        let signed = signature.is_some();
        contents.signature = signature;
        self.file.set_value(Some(contents.clone()));
        self.update(|draft| {
            draft.signed = signed;
            draft.changed();
        });
        if let Some(id) = self.draft.get_untracked().map(|draft| draft.id)
            && let Err(error) = draft::save_file(&id, &contents).await
        {
            let _ = self
                .problem
                .try_set(Some(ApiError::Browser(error.to_string())));
        }
    }

    /// Removes the draft and starts again.
    pub(super) async fn discard(self) {
        let draft = self.draft.get_untracked();
        // First, so that nothing in hand keeps the draft anew.
        self.put_aside();
        self.address.set_parameter(Parameter::Draft, None);
        browser::focus_heading();
        if let Some(draft) = draft {
            let _ = draft::remove(&draft.id).await;
        }
    }

    /// Starts again; the draft stays kept.
    pub(super) fn put_aside(self) {
        self.begin();
        self.hold.set_value(None);
        self.file.set_value(None);
        self.kept.set_value(true);
        self.cannot_keep.set(None);
        self.draft.set(None);
        self.check.set(CheckState::Idle);
        self.obstacle.set(None);
        self.problem.set(None);
        self.step.set(Step::Choose);
    }
}
