//! The parts of the page that load when they are first needed.
//!
//! One program is compiled and then cut at these functions (`infra/page-builder`): what only they reach becomes a file of its own,
//! which the browser fetches at their first call. What a person sees first, sign-in and overview, is all in the main file.
#![expect(
    clippy::unnecessary_wraps,
    reason = "opening a door can fail where the macro puts the fetch before it"
)]

use crate::{
    api::{Api, ApiError, Me},
    key::{self, KeptKey, KeyError, KeyFiles, Statement},
    routes::{self, AccessReview, ChangeForms, DecisionForm, KeyElsewhere, PeopleList, RowChecks},
    send::{self, LaterSteps, SignStep, WrittenVerdict},
};
use leptos::{prelude::AnyView, wasm_split::wasm_split};
use sluice_shared::{api::ReviewEvidence, identifiers::SubmissionId};
use std::{future::Future, pin::Pin};
use wasm_bindgen::JsValue;

/// Draws the page at a path, once its part is there.
pub type Draw = fn(&str) -> AnyView;

/// Does one task of the worker.
pub type Work = fn(JsValue) -> Pin<Box<dyn Future<Output = ()>>>;

/// Opens a door: a function without surroundings, so that all doors to the same thing have one type.
pub type Fetch<P> = fn() -> Pin<Box<dyn Future<Output = Result<P, NotLoaded>>>>;

/// Judges a file that was written in the page.
pub type Judge = fn(Api, Me, String, Vec<u8>) -> Pin<Box<dyn Future<Output = WrittenVerdict>>>;

/// Signs what DCC staff say with the key in this browser: whose, and what.
pub type SignStatement =
    fn(String, Statement) -> Pin<Box<dyn Future<Output = Result<Vec<u8>, KeyError>>>>;

/// Makes a key: for whom, and whom its certificate is to name.
pub type MakeKey = fn(String, String) -> Pin<Box<dyn Future<Output = Result<KeptKey, KeyError>>>>;

/// What is different between what a reviewer saw and what there is now, a sentence each.
pub type TellDifferences = fn(&ReviewEvidence, &ReviewEvidence) -> Vec<String>;

/// Fetches a file that was sent, and gives it to whoever asked.
pub type Download = fn(Api, SubmissionId) -> Pin<Box<dyn Future<Output = Result<(), ApiError>>>>;

/// A part could not be fetched. The next try fetches it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotLoaded;

impl From<leptos::wasm_split::SplitLoaderError> for NotLoaded {
    fn from(_: leptos::wasm_split::SplitLoaderError) -> Self {
        Self
    }
}

/// Sending a file, up to its being chosen.
#[wasm_split(send, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn send() -> Result<Draw, NotLoaded> {
    Ok(routes::send)
}

/// The steps of sending once a file is chosen, but for signing.
#[wasm_split(steps, wasm_split_path = ::leptos::wasm_split, fallible)]
pub(crate) fn steps() -> Result<LaterSteps, NotLoaded> {
    Ok(LaterSteps::HERE)
}

/// Signing a file: keys, certificates, signatures.
#[wasm_split(sign, wasm_split_path = ::leptos::wasm_split, fallible)]
pub(crate) fn sign() -> Result<SignStep, NotLoaded> {
    Ok(SignStep::HERE)
}

/// The files that were sent.
#[wasm_split(submissions, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn submissions() -> Result<Draw, NotLoaded> {
    Ok(routes::submissions)
}

/// What became of one of them.
#[wasm_split(submission, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn submission() -> Result<Draw, NotLoaded> {
    Ok(routes::submission_or_outcome)
}

/// Reading receipts, which are signed.
#[wasm_split(receipt, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn receipt() -> Result<Draw, NotLoaded> {
    Ok(routes::receipt)
}

/// The events of quarantine.
#[wasm_split(quarantine, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn quarantine() -> Result<Draw, NotLoaded> {
    Ok(routes::quarantine)
}

/// Deciding on what an event holds.
#[wasm_split(event, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn event() -> Result<Draw, NotLoaded> {
    Ok(routes::event)
}

/// The last look at decisions.
#[wasm_split(decisions, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn decisions() -> Result<Draw, NotLoaded> {
    Ok(routes::decisions)
}

/// The thresholds in force.
#[wasm_split(thresholds, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn thresholds() -> Result<Draw, NotLoaded> {
    Ok(routes::thresholds)
}

/// Writing thresholds, judged as one types.
#[wasm_split(write, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn write() -> Result<Draw, NotLoaded> {
    Ok(routes::write_thresholds)
}

#[wasm_split(keys, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn keys() -> Result<Draw, NotLoaded> {
    Ok(routes::signing_key)
}

/// Making a key, and the request for its certificate.
#[wasm_split(make, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn make_key() -> Result<MakeKey, NotLoaded> {
    Ok(key::make_here)
}

/// Registering a certificate whose key is elsewhere.
#[wasm_split(elsewhere, wasm_split_path = ::leptos::wasm_split, fallible)]
pub(crate) fn key_elsewhere() -> Result<KeyElsewhere, NotLoaded> {
    Ok(KeyElsewhere::HERE)
}

/// Checking the rows in which thresholds are written.
#[wasm_split(rows, wasm_split_path = ::leptos::wasm_split, fallible)]
pub(crate) fn check_thresholds() -> Result<RowChecks, NotLoaded> {
    Ok(RowChecks::HERE)
}

/// What waits for a reviewer.
#[wasm_split(reviews, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn reviews() -> Result<Draw, NotLoaded> {
    Ok(routes::review_queue)
}

/// Accepting several submissions that only harmless rules stopped.
#[wasm_split(together, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn together() -> Result<Draw, NotLoaded> {
    Ok(routes::review_together)
}

/// What reviewers decided.
#[wasm_split(decided, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn decided() -> Result<Draw, NotLoaded> {
    Ok(routes::review_history)
}

/// A submission before its reviewer.
#[wasm_split(evidence, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn evidence() -> Result<Draw, NotLoaded> {
    Ok(routes::review)
}

/// The form in which a reviewer decides, and what is shown once it is decided.
#[wasm_split(form, wasm_split_path = ::leptos::wasm_split, fallible)]
pub(crate) fn decision_form() -> Result<DecisionForm, NotLoaded> {
    Ok(DecisionForm::HERE)
}

/// Telling one verdict on a submission from another.
#[wasm_split(differences, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn differences() -> Result<TellDifferences, NotLoaded> {
    Ok(routes::differences_here)
}

/// Fetching the file that was sent.
#[wasm_split(download, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn download() -> Result<Download, NotLoaded> {
    Ok(routes::submissions::download_here)
}

/// Who there is: an organisation's people, and the whole directory.
#[wasm_split(people, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn people() -> Result<Draw, NotLoaded> {
    Ok(routes::people)
}

/// The forms in which people and organisations are changed, and sending what is asked for and answered.
#[wasm_split(change, wasm_split_path = ::leptos::wasm_split, fallible)]
pub(crate) fn change_forms() -> Result<ChangeForms, NotLoaded> {
    Ok(ChangeForms::HERE)
}

/// Looking over who may do what.
#[wasm_split(access, wasm_split_path = ::leptos::wasm_split, fallible)]
pub(crate) fn access_review() -> Result<AccessReview, NotLoaded> {
    Ok(AccessReview::HERE)
}

/// Bringing in a list of people.
#[wasm_split(people_list, wasm_split_path = ::leptos::wasm_split, fallible)]
pub(crate) fn people_list() -> Result<PeopleList, NotLoaded> {
    Ok(PeopleList::HERE)
}

/// Who did what.
#[wasm_split(activity, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn activity() -> Result<Draw, NotLoaded> {
    Ok(routes::activity)
}

/// Signing out where something is left behind.
#[wasm_split(sign_out, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn sign_out() -> Result<Draw, NotLoaded> {
    Ok(routes::sign_out)
}

#[wasm_split(help, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn help() -> Result<Draw, NotLoaded> {
    Ok(routes::guidance)
}

/// Reading, checking and hashing, in the worker.
#[wasm_split(check, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn check() -> Result<Work, NotLoaded> {
    Ok(crate::worker::answer)
}

/// Judging what was written in the page, before it is signed.
#[wasm_split(judge, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn judge() -> Result<Judge, NotLoaded> {
    Ok(send::judge_written_here)
}

/// Opening files that hold certificates, and keys with them.
#[wasm_split(import, wasm_split_path = ::leptos::wasm_split, fallible)]
pub(crate) fn import() -> Result<KeyFiles, NotLoaded> {
    Ok(KeyFiles::HERE)
}

/// Signing what DCC staff say.
#[wasm_split(decision, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn decision() -> Result<SignStatement, NotLoaded> {
    Ok(key::sign_statement_here)
}
