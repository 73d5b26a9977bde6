//! Short ways to make what tests speak of.

use sluice_shared::directory::{
    CertificateIdentity, RegisteredCertificate, RegisteredCertificates,
};
use sluice_shared::files::{Action, ExitRow, ExitRows};
use sluice_shared::identifiers::{
    Eui64, FileDigest, OrganisationId, PersonId, QuarantineEventRef, RequestId, Srv, SubmissionId,
};
use sluice_shared::instant::UtcTime;
use sluice_shared::quarantine::{
    Breach, Counts, DecidedPage, HeldCommunication, HeldEvent, HeldPage, HeldState, PageShare,
    QuarantineEvent,
};
use sluice_shared::thresholds::{
    DeclaredException, DeclaredThreshold, Limits, Period, Statement, StatementOrigin, ThresholdKey,
    UserThresholds,
};
use time::Duration;

pub(crate) const IS: &str = "90-B3-D5-1F-30-01-00-00";
pub(crate) const GS: &str = "90-B3-D5-1F-30-02-00-00";

/// SHA-256 of a certificate that [`certificates`] has.
pub(crate) const CERTIFICATE: FileDigest = FileDigest::new([0xce; 32]);

/// What a certificate is known by; its key is called like it.
pub(crate) fn certificate(sha256: FileDigest) -> CertificateIdentity {
    CertificateIdentity {
        sha256,
        key: sha256,
        issuer: "CN=Issuing,C=GB".to_owned(),
        serial: "01".to_owned(),
        not_before: hour(-24),
        not_after: hour(24 * 365),
    }
}

/// Of somebody who registered one.
pub(crate) fn certificates() -> RegisteredCertificates {
    let registered = RegisteredCertificate {
        identity: certificate(CERTIFICATE),
        registered_at: hour(-23),
        stopped: None,
    };
    let json = serde_json::to_string(&[registered]).unwrap();
    serde_json::from_str(&json).unwrap()
}

pub(crate) fn eui(text: &str) -> Eui64 {
    Eui64::parse(text).unwrap()
}

pub(crate) fn organisation() -> OrganisationId {
    OrganisationId::parse("large-supplier").unwrap()
}

pub(crate) fn hour(hours: i64) -> UtcTime {
    UtcTime::parse("2026-11-03T00:00:00Z")
        .unwrap()
        .plus(Duration::hours(hours))
}

pub(crate) fn submission(number: u8) -> SubmissionId {
    SubmissionId::from_random([number; 10])
}

pub(crate) fn key(srv: &str, period: Period) -> ThresholdKey {
    ThresholdKey {
        srv: srv.parse().unwrap(),
        period,
    }
}

pub(crate) const fn limits(quarantine: u64) -> Limits {
    Limits {
        warning: quarantine / 2,
        quarantine,
    }
}

pub(crate) fn standing(srv: &str, quarantine: u64) -> DeclaredThreshold {
    DeclaredThreshold {
        key: key(srv, Period::Day),
        limits: limits(quarantine),
        from: None,
    }
}

pub(crate) fn exception(
    srv: &str,
    quarantine: u64,
    from: Option<i64>,
    to: i64,
) -> DeclaredException {
    DeclaredException {
        key: key(srv, Period::Day),
        limits: limits(quarantine),
        from: from.map(hour),
        to: hour(to),
    }
}

pub(crate) fn statement(
    standing: Vec<DeclaredThreshold>,
    exceptions: Vec<DeclaredException>,
) -> Statement {
    Statement {
        user_id: eui(IS),
        standing,
        exceptions,
    }
}

/// A statement signed and accepted at this hour.
pub(crate) fn origin(hours: i64) -> StatementOrigin {
    StatementOrigin {
        submission: submission(u8::try_from(hours.rem_euclid(251)).unwrap()),
        signed_at: hour(hours),
        accepted_at: hour(hours),
        signer: PersonId::parse("supplier-aro-1").unwrap(),
        uploader: PersonId::parse("supplier-submitter").unwrap(),
        reviewer: None,
    }
}

pub(crate) fn in_force(
    standing: Vec<DeclaredThreshold>,
    exceptions: Vec<DeclaredException>,
) -> UserThresholds {
    UserThresholds::first(&statement(standing, exceptions), origin(0))
}

pub(crate) fn request(originator: &str, number: u64) -> RequestId {
    RequestId {
        originator: eui(originator),
        target: Eui64::new(0x00DB_1234_5600_0000 + number / 3),
        counter: number,
    }
}

pub(crate) fn event_ref(text: &str) -> QuarantineEventRef {
    QuarantineEventRef::parse(text).unwrap()
}

/// An event of the IS User ID that holds `count` communications, alternately of 7.2 and 7.1.
pub(crate) fn event(reference: &str, count: u64) -> HeldEvent {
    let srvs = [Srv::parse("7.2").unwrap(), Srv::parse("7.1").unwrap()];
    let held = (0..count)
        .zip(srvs.into_iter().cycle())
        .map(|(number, srv)| HeldCommunication {
            request: request(IS, number),
            srv,
            quarantined_at: hour(0).plus(Duration::milliseconds(i64::try_from(number).unwrap())),
        });
    let pages = HeldPage::paginate(eui(IS), held.collect()).unwrap();
    let pages: Vec<_> = (0..)
        .zip(pages)
        .map(|(number, page)| DecidedPage::held(number, page))
        .collect();
    let mut event = HeldEvent {
        event: QuarantineEvent {
            reference: event_ref(reference),
            user_id: eui(IS),
            organisation: organisation(),
            breach: Breach::UserThreshold,
            quarantined_at: hour(0),
            pages: u32::try_from(pages.len()).unwrap(),
            counts: Counts {
                held: count,
                ..Counts::default()
            },
            by_srv: Vec::new(),
            deciding_for: None,
        },
        pages,
    };
    event.event.by_srv = event.count_by_srv();
    event
}

/// Records a decision about one communication of an event.
pub(crate) fn decide(event: &mut HeldEvent, number: u64, state: HeldState, by: SubmissionId) {
    let (page, position) = event
        .pages
        .iter_mut()
        .find_map(|page| Some((page.page.position(request(IS, number))?, page)))
        .map(|(p, d)| (d, p))
        .unwrap();
    page.decisions.set(position, state);
    let mut decisions = sluice_shared::quarantine::PageDecisions::held(page.page.len());
    decisions.set(position, state);
    page.shares.push(PageShare {
        submission: by,
        decided_at: hour(5),
        decisions,
    });
}

/// An Exit Quarantine File, lines counted from 2.
pub(crate) fn exit_rows(rows: &[(&str, RequestId, Action)]) -> ExitRows {
    let rows = (2..).zip(rows);
    rows.map(|(line, (event, request, action))| ExitRow {
        line,
        event: event_ref(event),
        request: *request,
        action: *action,
    })
    .collect()
}
