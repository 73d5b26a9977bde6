//! Reading, checking and hashing one file.

use super::{
    TaskId,
    arriving::{Arrival, Arriving},
    kept::{self, Kept},
    reading_along::ReadingAlong,
    signed::{Envelope, own_digest},
};
use js_sys::Uint8Array;
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
use wasm_bindgen::JsValue;
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
    let begin = |start: &[u8], length: f64| {
        let kind = FileKind::guess(start, inner_name(&file_name));
        let read_as = read_as(kind, said_to_be);
        (
            kind,
            ReadingAlong::begin(read_as, &profile, &sender, now, length),
        )
    };
    let mut arriving = Arriving::begin(file).map_err(failed)?;
    // None: not begun. Some(None): nothing of it is read before all of it is there, for the file is within.
    let mut along = None;
    // Its start tells what it is: of the first piece, which has enough for that unless it is the whole file.
    let begin_by = |bytes: &Uint8Array| {
        let start = start_of(bytes);
        let form = FileForm::suggested_by(&file_name, &start);
        (form != FileForm::Enveloping).then(|| begin(&start, file.size()))
    };
    let (uploaded, sha256) = loop {
        match arriving.next().await? {
            Arrival::Piece(piece) => {
                if let Some((_, along)) = along.get_or_insert_with(|| begin_by(&piece)) {
                    along.push(&piece, &progress);
                }
            }
            Arrival::Whole(bytes, sha256) => break (bytes, sha256),
        }
    };
    let along = along.unwrap_or_else(|| begin_by(&uploaded));
    let (envelope, content, along, content_sha256) = if let Some(along) = along {
        let envelope = signature.map_or_else(Envelope::default, |der| Envelope::detached(&der));
        (envelope, Some(uploaded.clone()), Some(along), sha256)
    } else {
        let mut envelope = Envelope::enveloping(&uploaded);
        // Where the name promises a signature around a file, there is no file to be found; else the findings of both say most.
        let promised = inner_name(&file_name) != file_name;
        let content = envelope.content.take();
        let content = content.or_else(|| (!promised).then(|| uploaded.clone()));
        let along = content.as_ref().map(|content| {
            let (kind, mut along) = begin(&start_of(content), f64::from(content.length()));
            along.push(content, &progress);
            (kind, along)
        });
        let own_digest = content.as_ref().map_or(sha256, own_digest);
        (envelope, content, along, own_digest)
    };
    let (kind, along) = match along {
        Some((kind, along)) => (kind, Some(along)),
        None => (FileKind::guess(&[], inner_name(&file_name)), None),
    };
    let read_as = read_as(kind, said_to_be);
    let read = ReadFile {
        signature: envelope.as_signature_of(content_sha256, content.as_ref()),
        sha256: content_sha256,
        upload: None,
        submission: None,
        received_at: now,
        reading: along.map(ReadingAlong::finish),
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

/// As what a file is read: as what it shows itself to be, or as what people say that it is; where nothing says so, as an ADT file.
fn read_as(shown: Option<FileKind>, said_to_be: Option<FileKind>) -> FileKind {
    shown.or(said_to_be).unwrap_or(FileKind::Adt)
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
