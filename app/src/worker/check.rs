//! Reading, checking and hashing one file.

use super::held;
use js_sys::{ArrayBuffer, Promise, Uint8Array};
use serde::{Deserialize, Serialize};
use sluice_shared::{
    api::Base64Bytes,
    files::{AdtReader, AdtRow, ExitReader, ExitRows, FileKind, Sender},
    finding::{Findings, Place, SignatureDefect},
    identifiers::{Eui64, FileDigest, QuarantineEventRef, SrvOrAll},
    instant::UtcTime,
    profile::Profile,
    signature::{ContentDigests, Signature, SignatureSummary},
    thresholds::Period,
};
use std::collections::BTreeSet;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, DedicatedWorkerGlobalScope};

/// Bytes copied into WebAssembly at a time.
const PIECE: u32 = 1 << 20;

/// What to check against.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    pub(super) file_name: String,
    pub(super) sender: Sender,
    pub(super) now: UtcTime,
    pub(super) in_force: BTreeSet<(Eui64, SrvOrAll, Period)>,
}

/// A file that was read.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Checked {
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

/// What a reader has made of a file's bytes.
struct Reading {
    rows: u64,
    findings: Findings,
    content: Content,
    exit_rows: Option<ExitRows>,
}

/// Reads the file whole, as `progress` hears, and keeps it for later questions.
pub(super) async fn check(
    file: &Blob,
    signature: Option<Vec<u8>>,
    settings: Settings,
    progress: impl Fn(f64),
) -> Result<Checked, String> {
    let buffer = JsFuture::from(file.array_buffer())
        .await
        .map_err(|_| "the file can no longer be read")?;
    let uploaded = Uint8Array::new(&buffer);
    let failed = |error: JsValue| format!("{error:?}");
    // The browser digests on a thread of its own while we read.
    let digesting = begin_digest(buffer.unchecked_ref()).map_err(failed)?;
    let signed = Signed::read(&settings.file_name, &uploaded, signature);
    let content = signed.content.unwrap_or_else(|| uploaded.clone());
    let start = content.subarray(0, content.length().min(4_096)).to_vec();
    let kind = FileKind::guess(&start, csv_name(&settings.file_name));
    let mut reading = read(
        &content,
        kind.unwrap_or(FileKind::Adt),
        Profile::standard(),
        &settings,
        progress,
    );
    let sha256 = digest(digesting).await.map_err(failed)?;
    let content_sha256 = if signed.enveloping {
        own_digest(&content)
    } else {
        sha256
    };
    let mut findings = Findings::with_limit(Profile::standard().files.max_findings);
    for defect in signed.defects {
        findings.add(Place::file(), defect);
    }
    if let Some(defect) = signed
        .summary
        .as_ref()
        .and_then(|summary| other_content(summary, content_sha256, &content))
    {
        findings.add(Place::file(), defect);
    }
    findings.append(reading.findings);
    held::remember(
        content,
        kind.unwrap_or(FileKind::Adt),
        settings,
        reading.exit_rows.take(),
    );
    Ok(Checked {
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

/// Runs the reader over bytes.
fn read(
    bytes: &Uint8Array,
    kind: FileKind,
    profile: &Profile,
    settings: &Settings,
    progress: impl Fn(f64),
) -> Reading {
    match kind {
        FileKind::Adt => {
            let mut reader = AdtReader::new(profile, &settings.sender, settings.now)
                .with_previous(settings.in_force.clone());
            pieces(bytes, progress, |piece| reader.push(piece));
            let reading = reader.finish();
            let rows = if reading.findings.is_acceptable() {
                reading.rows
            } else {
                Vec::new()
            };
            Reading {
                rows: reading.row_count,
                findings: reading.findings,
                content: Content::Adt { rows },
                exit_rows: None,
            }
        }
        FileKind::ExitQuarantine => {
            let mut reader = ExitReader::new(profile, &settings.sender);
            pieces(bytes, progress, |piece| reader.push(piece));
            let reading = reader.finish();
            let events = reading.rows.events().to_vec();
            Reading {
                rows: reading.row_count,
                findings: reading.findings,
                content: Content::Exit {
                    release: reading.release,
                    delete: reading.delete,
                    events,
                },
                exit_rows: Some(reading.rows),
            }
        }
    }
}

/// All findings of bytes that were read before, without a limit.
pub(super) fn all_findings(bytes: &Uint8Array, kind: FileKind, settings: &Settings) -> Findings {
    let mut profile = Profile::standard().clone();
    profile.files.max_findings = usize::MAX;
    read(bytes, kind, &profile, settings, |_| ()).findings
}

fn pieces(bytes: &Uint8Array, progress: impl Fn(f64), mut push: impl FnMut(&[u8])) {
    let length = bytes.length();
    let mut piece = vec![0; length.min(PIECE) as usize];
    let mut from = 0;
    while from < length {
        let to = length.min(from.saturating_add(PIECE));
        let piece = &mut piece[..(to - from) as usize];
        bytes.subarray(from, to).copy_to(piece);
        push(piece);
        progress(f64::from(to) / f64::from(length));
        from = to;
    }
}

/// The signature that came with a file or around it.
#[derive(Default)]
struct Signed {
    enveloping: bool,
    content: Option<Uint8Array>,
    summary: Option<SignatureSummary>,
    der: Option<Vec<u8>>,
    defects: Vec<SignatureDefect>,
}

impl Signed {
    fn read(file_name: &str, uploaded: &Uint8Array, detached: Option<Vec<u8>>) -> Self {
        let enveloping = is_enveloping(file_name, uploaded);
        let bytes = match detached {
            Some(detached) => detached,
            None if enveloping => uploaded.to_vec(),
            None => return Self::default(),
        };
        let mut signed = Self {
            enveloping,
            ..Self::default()
        };
        let signature = match Signature::parse(&bytes) {
            Ok(signature) => signature,
            Err(defect) => {
                return Self {
                    defects: vec![defect],
                    enveloping,
                    ..Self::default()
                };
            }
        };
        match signature.summary() {
            Ok(summary) => signed.summary = Some(summary),
            Err(defect) => signed.defects.push(defect),
        }
        match (enveloping, signature.content()) {
            (true, Some(content)) => signed.content = Some(Uint8Array::from(content)),
            (true, None) => signed.defects.push(SignatureDefect::ContentMissing),
            (false, Some(_)) => signed.defects.push(SignatureDefect::ContentTwice),
            (false, None) => signed.der = signature.detached_der().map(<[u8]>::to_vec),
        }
        signed
    }
}

/// A `.p7m` by its name, or DER and PEM by their first bytes: CSV begins with neither.
fn is_enveloping(file_name: &str, bytes: &Uint8Array) -> bool {
    let named = file_name.len() >= 4
        && file_name[file_name.len().saturating_sub(4)..].eq_ignore_ascii_case(".p7m");
    let start = bytes.subarray(0, bytes.length().min(16)).to_vec();
    named
        || start.starts_with(&[0x30, 0x80])
        || start.starts_with(&[0x30, 0x82])
        || start.starts_with(b"-----BEGIN")
}

/// `EXITQ_1203.csv.p7m` is named after `EXITQ_1203.csv`.
fn csv_name(file_name: &str) -> &str {
    file_name.strip_suffix(".p7m").unwrap_or(file_name)
}

/// What is wrong when the signature says that it is over other bytes.
fn other_content(
    summary: &SignatureSummary,
    file: FileDigest,
    content: &Uint8Array,
) -> Option<SignatureDefect> {
    if summary.message_digest == file {
        return None;
    }
    let mut digests = ContentDigests::new();
    pieces(content, |_| (), |piece| digests.push(piece));
    let text_mode = digests.finish().text_mode == summary.message_digest;
    Some(if text_mode {
        SignatureDefect::TextMode
    } else {
        SignatureDefect::OtherContent {
            signed: summary.message_digest,
            file,
        }
    })
}

fn own_digest(content: &Uint8Array) -> FileDigest {
    let mut digests = ContentDigests::new();
    pieces(content, |_| (), |piece| digests.push(piece));
    digests.finish().exact
}

/// Begins a SHA-256 by `WebCrypto`, twice as fast as ours.
fn begin_digest(buffer: &ArrayBuffer) -> Result<Promise, JsValue> {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    scope
        .crypto()?
        .subtle()
        .digest_with_str_and_buffer_source("SHA-256", buffer)
}

/// Waits for what [`begin_digest`] began.
async fn digest(begun: Promise) -> Result<FileDigest, JsValue> {
    let digest = Uint8Array::new(&JsFuture::from(begun).await?);
    let mut bytes = [0; 32];
    digest.copy_to(&mut bytes);
    Ok(FileDigest::new(bytes))
}
