//! Reading, checking and hashing one file.

use super::{
    TaskId,
    kept::{self, Kept},
    signed::{Envelope, own_digest},
};
use js_sys::{Function, Promise, Reflect, Uint8Array};
use serde::{Deserialize, Serialize};
use sluice_shared::verdict::MOST_EVENTS;
use sluice_shared::{
    api::Base64Bytes,
    files::{FileForm, FileKind, Reading, Sender, inner_name},
    finding::Findings,
    identifiers::{FileDigest, QuarantineEventRef},
    instant::UtcTime,
    profile::Profile,
    signature::SignatureSummary,
    verdict::ReadFile,
};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

/// Why a check failed where the file was moved, changed or removed after it was chosen.
pub const UNREADABLE: &str = "the file can no longer be read";

/// What to check against.
pub(super) struct Settings {
    pub(super) file_name: String,
    pub(super) said_to_be: Option<FileKind>,
    pub(super) sender: Sender,
    pub(super) profile: Profile,
    pub(super) now: UtcTime,
}

/// A file that was read.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Checked {
    /// The task that read it: names the file to the worker.
    pub id: TaskId,
    /// Which file it is; none when neither content nor name says so.
    pub kind: Option<FileKind>,
    /// As what it was read: where nothing says so, as what people say that it is, or as an ADT file.
    pub read_as: FileKind,
    /// Bytes of what is uploaded.
    pub length: u64,
    /// SHA-256 of what is uploaded.
    pub sha256: FileDigest,
    /// SHA-256 of the CSV: what is signed.
    pub content_sha256: FileDigest,
    /// Rows below the header.
    pub rows: u64,
    /// What is wrong with it by itself.
    pub findings: Findings,
    /// What the signature says, if there is one that can be read. Not verified: the service does that.
    pub signature: Option<SignatureSummary>,
    /// The detached signature in DER, whatever form it came in.
    pub signature_der: Option<Base64Bytes>,
    /// The events that an exit file names.
    pub events: Vec<QuarantineEventRef>,
}

/// Reads the file whole, as `progress` hears, and keeps it for later questions.
pub(super) async fn check(
    id: TaskId,
    file: &Blob,
    signature: Option<Vec<u8>>,
    settings: Settings,
    progress: impl Fn(f64),
) -> Result<Checked, String> {
    kept::forget();
    let Settings {
        file_name,
        said_to_be,
        sender,
        profile,
        now,
    } = settings;
    let digesting = begin_digest(file).map_err(failed)?;
    let buffer = JsFuture::from(file.array_buffer())
        .await
        .map_err(|_| UNREADABLE)?;
    let uploaded = Uint8Array::new(&buffer);
    let enveloping =
        FileForm::suggested_by(&file_name, &start_of(&uploaded)) == FileForm::Enveloping;
    let mut envelope = if enveloping {
        Envelope::enveloping(&uploaded)
    } else {
        signature.map_or_else(Envelope::default, |der| Envelope::detached(&der))
    };
    let content = match envelope.content.take() {
        Some(content) => Some(content),
        // Where the name promises a signature around a file, there is no file to be found; else the findings of both say most.
        None if inner_name(&file_name) != file_name => None,
        None => Some(uploaded.clone()),
    };
    let start = content.as_ref().map(start_of).unwrap_or_default();
    let kind = FileKind::guess(&start, inner_name(&file_name));
    let read_as = kind.or(said_to_be).unwrap_or(FileKind::Adt);
    let reading = content
        .as_ref()
        .map(|content| kept::read_file(content, read_as, &profile, &sender, now, progress));
    let sha256 = digest(digesting).await.map_err(failed)?;
    let content_sha256 = match &content {
        Some(content) if enveloping => own_digest(content),
        _ => sha256,
    };
    let read = ReadFile {
        signature: envelope.as_signature_of(content_sha256, content.as_ref()),
        sha256: content_sha256,
        upload: None,
        submission: None,
        received_at: now,
        reading,
    };
    let kept = Kept {
        file: id,
        content,
        kind: read_as,
        sender,
        profile,
        read,
        known: None,
    };
    let checked = Checked {
        id,
        kind,
        read_as,
        length: u64::from(uploaded.length()),
        sha256,
        content_sha256,
        rows: kept.read.reading.as_ref().map_or(0, Reading::row_count),
        findings: kept.own_findings(),
        signature: envelope.summary,
        signature_der: envelope.der.map(Base64Bytes),
        events: events(kept.read.reading.as_ref()),
    };
    kept::keep(kept);
    Ok(checked)
}

/// The events that a verdict needs to know. A file that names too many is refused whatever they hold.
fn events(reading: Option<&Reading>) -> Vec<QuarantineEventRef> {
    match reading {
        Some(Reading::Exit(reading)) if reading.rows.events().len() <= MOST_EVENTS => {
            reading.rows.events().to_vec()
        }
        _ => Vec::new(),
    }
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
