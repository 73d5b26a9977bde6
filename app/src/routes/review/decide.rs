//! Accepting or refusing: the choice between the two. The form for the reason comes as a part of its own.

use super::{
    aside::news_here,
    in_hand::in_anothers_hands,
    key, keys,
    open::Open,
    watch::{self, Outdated},
};
use crate::{
    api::{ApiError, use_api},
    browser,
    components::{
        button, changing, problem_summary, quiet_button, secondary_button, warning_button,
    },
    key::KeyProgress,
    parts,
    routes::{Meanwhile, arriving},
    session::use_session,
};
use leptos::{ev, html::*, prelude::*};
use sluice_shared::{api::ReviewEvidence, submission::Decision};

const KEYS: &[(&str, &str)] = &[
    ("a", "accept: opens the reason"),
    ("r", "refuse: opens the reason"),
    ("?", "show these keys"),
];

/// The id of what says that the form did not come.
const FORM_LOST: &str = "form-not-loaded";

/// How deciding stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    Open,
    Reason(Decision),
    Sending(Decision),
}

impl Stage {
    const fn shown(self) -> Shown {
        match self {
            Self::Open => Shown::Choice,
            Self::Reason(decision) | Self::Sending(decision) => Shown::Form(decision),
        }
    }
}

/// What is drawn of it: sending keeps the form, and the field with what is typed, where it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    Outdated,
    /// There is nothing to sign with yet.
    Keyless(KeyProgress),
    Choice,
    Form(Decision),
}

/// What the choice and the form share. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Deciding {
    pub(super) open: Open,
    pub(super) stage: RwSignal<Stage>,
    pub(super) failed: RwSignal<Option<ApiError>>,
    pub(super) outdated: Memo<Option<Outdated>>,
    pub(super) person: StoredValue<String>,
    /// Whether somebody has just asked for the form, and goes on in it.
    pub(super) asked: StoredValue<bool>,
}

impl Deciding {
    fn ask(self, decision: Decision) {
        self.failed.set(None);
        self.open.want(decision);
        self.asked.set_value(true);
        self.stage.set(Stage::Reason(decision));
    }
}

pub(super) fn decision_form(shown: &ReviewEvidence, open: Open) -> AnyView {
    if let Some(barred) = shown.barred {
        return div()
            .class("govuk-inset-text")
            .child(format!("You cannot decide this submission: {barred}."))
            .into_any();
    }
    let Some(me) = use_session().me() else {
        return ().into_any();
    };
    let deciding = Deciding {
        open,
        stage: RwSignal::new(Stage::Open),
        failed: RwSignal::new(None),
        outdated: Memo::new(move |_| watch::outdated_by(open)),
        person: StoredValue::new(me.person.id.to_string()),
        asked: StoredValue::new(false),
    };
    let Deciding {
        stage,
        failed,
        outdated,
        ..
    } = deciding;
    if !open.reason.with_untracked(String::is_empty) {
        // What was typed before the evidence changed stays in sight.
        stage.set(Stage::Reason(open.wanted.get_untracked()));
    }
    let key = key::progress(&me);
    let drawn = Memo::new(move |_| match (stage.get(), key.get()) {
        (Stage::Open, _) if outdated.get().is_some() => Shown::Outdated,
        (Stage::Open, Some(progress)) if progress < KeyProgress::Certificate => {
            Shown::Keyless(progress)
        }
        (stage, _) => stage.shown(),
    });
    let open_keys = RwSignal::new(false);
    keys::listen(move |key| {
        match (key, drawn.get_untracked()) {
            ("a", Shown::Choice) => deciding.ask(Decision::Accept),
            ("r", Shown::Choice) => deciding.ask(Decision::Refuse),
            ("?", _) => open_keys.update(|open| *open = !*open),
            _ => return false,
        }
        true
    });
    // What is said above the buttons may be long, and would hide what they are about.
    let is_small = move || {
        !matches!(drawn.get(), Shown::Form(_))
            && failed.with(Option::is_none)
            && open.news.with(Vec::is_empty)
    };
    let choice = move || {
        div()
            .class("govuk-button-group")
            // Whoever reaches for a button has the form when it is pressed.
            .on(ev::focusin, |_| fetch_form())
            .on(ev::pointerenter, |_| fetch_form())
            .child((
                button("Accept submission", move |_| deciding.ask(Decision::Accept)),
                warning_button("Refuse submission", move |_| deciding.ask(Decision::Refuse)),
                keys::list(open_keys, KEYS),
            ))
            .into_any()
    };
    section()
        .class("app-decision")
        .class(("app-decision--sticky", is_small))
        .aria_label("Decision")
        .child((
            news_here(open),
            changing(move || failed.get().map(|error| first(&error, failed, open))),
            in_anothers_hands(open),
            changing(move || match drawn.get() {
                Shown::Outdated => outdated.get().map_or_else(|| ().into_any(), look_first),
                Shown::Choice => choice(),
                Shown::Keyless(progress) => key::needed(progress),
                Shown::Form(decision) => form(deciding, decision),
            }),
        ))
        .into_any()
}

fn fetch_form() {
    leptos::task::spawn_local(async {
        // Where it does not come, whoever presses the button is told.
        let _ = parts::decision_form().await;
    });
}

fn form(deciding: Deciding, decision: Decision) -> AnyView {
    let meanwhile = Meanwhile {
        coming: "Loading the form for your reason…",
        lost: form_lost,
    };
    arriving(
        || Box::pin(parts::decision_form()),
        meanwhile,
        move |part| (part.draw)(deciding, decision),
    )
}

fn form_lost(again: Callback<()>) -> AnyView {
    // The button that was pressed is gone.
    browser::focus(FORM_LOST);
    div()
        .class("app-reading")
        .child((
            p().class("govuk-body")
                .id(FORM_LOST)
                .tabindex("-1")
                .role("alert")
                .child(
                    "The form for your reason could not be loaded. Nothing is decided. Check your network and try again. If Sluice was \
                     changed since you opened it, reload the page.",
                ),
            secondary_button("Try again", move |_| again.run(())),
        ))
        .into_any()
}

pub(super) fn look_first(outdated: Outdated) -> AnyView {
    p().class("govuk-body")
        .child(match outdated {
            Outdated::Changed => "Look at how it stands now before you decide.",
            Outdated::Over => "There is nothing to decide any more.",
        })
        .into_any()
}

/// Somebody else was first, or something failed; what was typed stays.
fn first(error: &ApiError, failed: RwSignal<Option<ApiError>>, open: Open) -> AnyView {
    let api = use_api();
    let again = (error.status() == Some(409)).then(|| {
        quiet_button("Show how it stands now", move |_| {
            leptos::task::spawn_local(async move {
                let shown = watch::show_as_it_stands(api, open).await;
                let _ = failed.try_set(shown.err());
            });
        })
    });
    div().child((problem_summary(error), again)).into_any()
}
