//! The one place where files, thresholds, quarantine and risk come together.
//!
//! [`judge`] says what is wrong with a file, what it does, which rules of risk fire and why, and what it would change. The
//! page calls it before anything is sent, `intake` when the file has arrived and again before it takes effect. It is pure:
//! all that it rests on is in its parameters, and [`Verdict::digest`] names what a reviewer answers for.

mod adt;
mod adt_changes;
mod authority;
mod basis;
mod difference;
mod digest;
mod effect;
mod evidence;
mod exit;
mod exit_changes;
mod known;
mod limits;
mod read_file;
mod signing_time;

pub use crate::risk::JudgedAt;
pub use adt_changes::{StatementChange, StatementInForce};
pub use basis::Basis;
pub use difference::{ReviewedVerdict, differences};
pub use effect::{EventEffect, FileEffect, UserEffect};
pub use evidence::{Evidence, ExitEvidence};
pub use exit_changes::{AccountChange, EventChange, ExitChanges, PlannedPage};
pub use known::{
    Known, KnownAccounts, KnownForAdt, KnownForExit, KnownReleases, KnownSender, KnownThresholds,
    RegisteredSigner,
};
pub use limits::{MOST_EVENTS, MOST_EXIT_USER_IDS};
pub use read_file::{FileSignature, ReadFile, Upload};
pub use signing_time::check_signing_time;

use crate::directory::PersonRef;
use crate::files::Reading;
use crate::finding::{Findings, Place, RecordDefect};
use crate::identifiers::FileDigest;
use crate::profile::Profile;
use crate::risk::RuleFired;

/// What is to be said of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// SHA-256 of the file itself.
    pub file: FileDigest,
    /// Everything that is wrong, in order: the upload, its signature, its format, then content and authority.
    pub findings: Findings,
    /// The ARO who signed; `None` where nobody who may did, or nobody yet.
    pub signer: Option<PersonRef>,
    /// Whether the signature is at fault, or nobody's who may sign.
    pub signature_refused: bool,
    /// What the file says, in numbers; `None` where it cannot be read.
    pub effect: Option<FileEffect>,
    /// The rules of risk that fire, in the order of [`RiskRule`](crate::risk::RiskRule).
    pub rules: Vec<RuleFired>,
    /// What a reviewer looks at.
    pub evidence: Evidence,
    /// What it would write; `None` if anything is wrong.
    pub changes: Option<Changes>,
}

/// What a lawful file would write, in the domain's words.
#[derive(Clone, Debug, PartialEq)]
pub enum Changes {
    /// Thresholds, for each User ID of an ADT File.
    Adt(Vec<StatementChange>),
    /// Decisions of an Exit Quarantine File.
    Exit(Box<ExitChanges>),
}

/// Judges a file against what is known, of the same kind.
///
/// The order is that of the trade: first what arrived, its signature and its format; and if those hold, its content and
/// the signer's authority.
pub fn judge(file: &ReadFile, known: &Known, profile: &Profile, at: JudgedAt) -> Verdict {
    match known {
        Known::Adt(known) => judge_adt(file, known, profile, at),
        Known::ExitQuarantine(known) => judge_by(
            file,
            &known.accounts.sender,
            profile,
            |_, _| (),
            |reading, verdict| match reading {
                Reading::Exit(reading) => exit::judge(file, reading, known, profile, at, verdict),
                Reading::Adt(_) => other_kind(reading, verdict),
            },
        ),
    }
}

/// [`judge`] for whoever has ADT Files alone: the page where thresholds are written need not load what judges the others.
pub fn judge_adt(file: &ReadFile, known: &KnownForAdt, profile: &Profile, at: JudgedAt) -> Verdict {
    judge_by(
        file,
        &known.sender,
        profile,
        |reading, findings| {
            if let Reading::Adt(reading) = reading {
                adt::report_lost_zeros(reading, known, findings);
            }
        },
        |reading, verdict| match reading {
            Reading::Adt(reading) => adt::judge(file, reading, known, profile, at.now, verdict),
            Reading::Exit(_) => other_kind(reading, verdict),
        },
    )
}

/// The order of a verdict. `format`: what only what is known can tell of the format; `content`: what the kind of file is about.
fn judge_by(
    file: &ReadFile,
    sender: &KnownSender,
    profile: &Profile,
    format: impl FnOnce(&Reading, &mut Findings),
    content: impl FnOnce(&Reading, &mut Verdict),
) -> Verdict {
    let mut verdict = Verdict {
        file: file.sha256,
        findings: Findings::with_limit(profile.files.max_findings),
        signer: None,
        signature_refused: false,
        effect: None,
        rules: Vec::new(),
        evidence: Evidence::default(),
        changes: None,
    };
    upload_and_signature(file, &mut verdict);
    let Some(reading) = &file.reading else {
        return verdict;
    };
    verdict.findings.append(reading.findings().clone());
    format(reading, &mut verdict.findings);
    if !verdict.findings.is_acceptable() {
        return verdict;
    }
    authority::judge(file, sender, profile, &mut verdict);
    content(reading, &mut verdict);
    verdict.rules.sort_by_key(|fired| fired.rule);
    if !verdict.findings.is_acceptable() {
        verdict.changes = None;
    }
    verdict
}

fn other_kind(reading: &Reading, verdict: &mut Verdict) {
    let kind = reading.kind();
    verdict
        .findings
        .add(Place::file(), RecordDefect::OtherKind { kind });
}

/// Is it what was announced, and is it signed.
fn upload_and_signature(file: &ReadFile, verdict: &mut Verdict) {
    if let Some(upload) = file.upload.filter(|upload| !upload.is_as_announced()) {
        let differs = RecordDefect::UploadDiffers {
            announced: upload.announced_length,
            arrived: upload.length,
        };
        verdict.findings.add(Place::file(), differs);
    }
    if let Some(Err(defect)) = &file.signature {
        verdict.signature_refused = true;
        verdict.findings.add(Place::file(), defect.clone());
    }
}
