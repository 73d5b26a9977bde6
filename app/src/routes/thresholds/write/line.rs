//! One row that is being written: the texts of its fields, as typed.

use std::sync::atomic::{AtomicU32, Ordering};

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use sluice_shared::{
    api::UserThresholdsView,
    files::AdtColumn,
    identifiers::SrvOrAll,
    instant::UtcTime,
    services::ServiceTable,
    thresholds::{Limits, Period, ThresholdKey},
};

/// Numbers rows, so that each keeps its fields when others come and go.
static NEXT: AtomicU32 = AtomicU32::new(0);

/// A row. Cheap to copy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Line {
    /// Names its fields on the page.
    pub(super) number: u32,
    pub(super) srv: SrvOrAll,
    pub(super) exception: bool,
    /// A critical service that the User ID's role may send: its only row cannot be taken out.
    pub(super) required: bool,
    pub(super) period: RwSignal<String>,
    pub(super) warning: RwSignal<String>,
    pub(super) quarantine: RwSignal<String>,
    pub(super) from: RwSignal<String>,
    pub(super) to: RwSignal<String>,
    /// True once somebody typed in it.
    pub(super) touched: RwSignal<bool>,
}

/// A row as drafts keep it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct KeptLine {
    pub(super) srv: String,
    pub(super) exception: bool,
    pub(super) period: String,
    pub(super) warning: String,
    pub(super) quarantine: String,
    pub(super) from: String,
    pub(super) to: String,
}

impl Line {
    pub(super) fn new(kept: &KeptLine, required: bool) -> Option<Self> {
        Some(Self {
            number: NEXT.fetch_add(1, Ordering::Relaxed),
            srv: SrvOrAll::parse(&kept.srv).ok()?,
            exception: kept.exception,
            required,
            period: RwSignal::new(kept.period.clone()),
            warning: RwSignal::new(kept.warning.clone()),
            quarantine: RwSignal::new(kept.quarantine.clone()),
            from: RwSignal::new(kept.from.clone()),
            to: RwSignal::new(kept.to.clone()),
            touched: RwSignal::new(false),
        })
    }

    /// As a draft keeps it (reactive).
    pub(super) fn keep(&self) -> KeptLine {
        KeptLine {
            srv: self.srv.to_string(),
            exception: self.exception,
            period: self.period.get(),
            warning: self.warning.get(),
            quarantine: self.quarantine.get(),
            from: self.from.get(),
            to: self.to.get(),
        }
    }

    /// What it is about (reactive); none while the period is none.
    pub(super) fn key(&self) -> Option<ThresholdKey> {
        Some(ThresholdKey {
            srv: self.srv,
            period: Period::parse(&self.period.get()).ok()?,
        })
    }

    /// The id of the field of a column of the file.
    pub(super) fn field_id(&self, column: AdtColumn) -> String {
        format!("row-{}-{}", self.number, column.name())
    }
}

/// Rows as a draft keeps them, as they are now.
pub(super) fn kept_now(lines: &[Line]) -> Vec<KeptLine> {
    untrack(|| lines.iter().map(Line::keep).collect())
}

/// The rows that writing starts from: a draft, or what is in force and what the roles need.
pub(super) fn start(view: &UserThresholdsView, kept: Option<Vec<KeptLine>>) -> Vec<Line> {
    let mut kept = kept.unwrap_or_else(|| in_force(view));
    let needed: Vec<SrvOrAll> = ServiceTable::standard()
        .required_for(&view.roles)
        .iter()
        .map(|service| SrvOrAll::One(service.srv))
        .collect();
    for srv in &needed {
        let srv = srv.to_string();
        if !kept.iter().any(|line| line.srv == srv && !line.exception) {
            kept.push(KeptLine {
                srv,
                period: Period::Day.to_string(),
                ..KeptLine::default()
            });
        }
    }
    let mut lines: Vec<Line> = kept
        .iter()
        .filter_map(|line| {
            Line::new(
                line,
                SrvOrAll::parse(&line.srv).is_ok_and(|srv| needed.contains(&srv)),
            )
        })
        .collect();
    lines.sort_by_key(|line| (line.exception, line.srv));
    lines
}

fn in_force(view: &UserThresholdsView) -> Vec<KeptLine> {
    let Some(known) = &view.thresholds else {
        return Vec::new();
    };
    // The latest row of each key: an earlier one stands until then by itself.
    let standing = known
        .standing
        .iter()
        .filter(|row| row.until.is_none())
        .map(|row| {
            kept(
                row.key,
                row.limits,
                (row.from > view.at).then_some(row.from),
                None,
            )
        });
    let exceptions = known
        .exceptions
        .iter()
        .filter(|row| row.to > view.at)
        .map(|row| {
            kept(
                row.key,
                row.limits,
                (row.from > view.at).then_some(row.from),
                Some(row.to),
            )
        });
    standing.chain(exceptions).collect()
}

fn kept(key: ThresholdKey, limits: Limits, from: Option<UtcTime>, to: Option<UtcTime>) -> KeptLine {
    let text = |at: Option<UtcTime>| at.map(|at| at.to_string()).unwrap_or_default();
    KeptLine {
        srv: key.srv.to_string(),
        exception: to.is_some(),
        period: key.period.to_string(),
        warning: limits.warning.to_string(),
        quarantine: limits.quarantine.to_string(),
        from: text(from),
        to: text(to),
    }
}
