//! Reading, checking and hashing one file.

use super::{
    FileForm, TaskId,
    form::inner_name,
    held::{self, Remembered},
    reader::{Reader, Reading},
    signed::{Signed, other_content, own_digest},
};
use js_sys::{Function, Promise, Reflect, Uint8Array};
use serde::{Deserialize, Serialize};
use sluice_shared::{
    api::Base64Bytes,
    files::{AdtRow, FileKind, Sender},
    finding::{Findings, Place},
    identifiers::{FileDigest, QuarantineEventRef},
    instant::UtcTime,
    profile::Profile,
    signature::SignatureSummary,
};
use std::collections::BTreeSet;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

/// What to check against.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    pub(super) file_name: String,
    pub(super) sender: Sender,
    pub(super) now: UtcTime,
}

/// A file that was read.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Checked {
    /// The task that read it: names the file to the worker.
    pub id: TaskId,
    /// Which file it is; none when neither header nor name says so.
    pub kind: Option<FileKind>,
    /// Bytes of what is uploaded.
    pub length: u64,
    /// SHA-256 of what is uploaded.
    pub sha256: FileDigest,
    /// SHA-256 of the CSV: what is signed.
    pub content_sha256: FileDigest,
    /// Rows below the header.
    pub rows: u64,
    /// What is wrong.
    pub findings: Findings,
    /// What the signature says, if there is one that can be read. Not verified: the service does that.
    pub signature: Option<SignatureSummary>,
    /// The detached signature in DER, whatever form it came in.
    pub signature_der: Option<Base64Bytes>,
    /// What the file says.
    pub content: Content,
}

/// What a file says. Rows with an error are left out.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "file", rename_all = "kebab-case")]
pub enum Content {
    /// An ADT file; no rows when it has errors.
    Adt {
        /// The rows.
        rows: Vec<AdtRow>,
    },
    /// An Exit Quarantine file.
    Exit {
        /// Rows that release.
        release: u64,
        /// Rows that delete.
        delete: u64,
        /// The events that it names.
        events: Vec<QuarantineEventRef>,
    },
}

/// Reads the file whole, as `progress` hears, and keeps it for later questions.
pub(super) async fn check(
    id: TaskId,
    file: &Blob,
    signature: Option<Vec<u8>>,
    settings: Settings,
    progress: impl Fn(f64),
) -> Result<Checked, String> {
    held::forget();
    let digesting = begin_digest(file).map_err(failed)?;
    let buffer = JsFuture::from(file.array_buffer())
        .await
        .map_err(|_| "the file can no longer be read")?;
    let uploaded = Uint8Array::new(&buffer);
    let form = FileForm::of(&settings.file_name, &start_of(&uploaded));
    let enveloping = form == FileForm::Enveloping;
    let signed = if enveloping {
        Signed::enveloping(&uploaded)
    } else {
        signature.map_or_else(Signed::default, |der| Signed::detached(&der))
    };
    let content = signed.content.unwrap_or_else(|| uploaded.clone());
    let kind = FileKind::guess(&start_of(&content), inner_name(&settings.file_name));
    let read_as = kind.unwrap_or(FileKind::Adt);
    let mut reader = Reader::new(read_as, Profile::standard(), &settings, content.length());
    reader.push_all(&content, progress);
    let mut reading = reader.finish();
    let sha256 = digest(digesting).await.map_err(failed)?;
    let content_sha256 = if enveloping {
        own_digest(&content)
    } else {
        sha256
    };
    let mut signature_findings = Findings::with_limit(Profile::standard().files.max_findings);
    let other = signed
        .summary
        .as_ref()
        .and_then(|summary| other_content(summary, content_sha256, &content));
    for defect in signed.defects.into_iter().chain(other) {
        signature_findings.add(Place::file(), defect);
    }
    let mut findings = signature_findings.clone();
    findings.append(reading.findings);
    held::remember(Remembered {
        file: id,
        content,
        kind: read_as,
        settings,
        signature_findings,
        exit_rows: reading.exit_rows.take(),
        in_force: BTreeSet::new(),
    });
    Ok(Checked {
        id,
        kind,
        length: u64::from(uploaded.length()),
        sha256,
        content_sha256,
        rows: reading.rows,
        findings,
        signature: signed.summary,
        signature_der: signed.der.map(Base64Bytes),
        content: reading.content,
    })
}

/// The findings of a file that was read before, beside what is in force as far as that is known; at most so many.
pub(super) fn findings(read: &Remembered, most: usize) -> Findings {
    let mut profile = Profile::standard().clone();
    profile.files.max_findings = most;
    let mut reader = Reader::new(read.kind, &profile, &read.settings, read.content.length())
        .with_previous(&read.in_force);
    reader.push_all(&read.content, |_| ());
    let Reading { findings, .. } = reader.finish();
    findings
}

fn start_of(bytes: &Uint8Array) -> Vec<u8> {
    let start = u32::try_from(FileForm::START).unwrap_or(u32::MAX);
    bytes.subarray(0, bytes.length().min(start)).to_vec()
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "it goes by value where errors are mapped"
)]
fn failed(error: JsValue) -> String {
    format!("{error:?}")
}

/// Begins a SHA-256 in the worker's own worker (`worker.js`), on a thread beside this one.
fn begin_digest(file: &Blob) -> Result<Promise, JsValue> {
    let begin: Function = Reflect::get(&js_sys::global(), &"sluiceDigest".into())?.dyn_into()?;
    begin.call1(&JsValue::UNDEFINED, file)?.dyn_into()
}

/// Waits for what [`begin_digest`] began.
async fn digest(begun: Promise) -> Result<FileDigest, JsValue> {
    let digest = Uint8Array::new(&JsFuture::from(begun).await?);
    let mut bytes = [0; 32];
    digest.copy_to(&mut bytes);
    Ok(FileDigest::new(bytes))
}
