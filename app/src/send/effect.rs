//! What a file changes, worked out in the page from what the service says now.

use crate::{
    api::{Api, ApiError, EventEffect, Page, QuarantineEventView, UserThresholdsView},
    components::now,
    worker::{self, Asked, Checked, Content, HeldChecked, Task, WorkerError},
};
use futures::{StreamExt, TryStreamExt, stream};
use js_sys::ArrayBuffer;
use sluice_shared::{
    files::AdtRow,
    finding::Findings,
    identifiers::{Eui64, QuarantineEventRef, SrvOrAll},
    profile::Profile,
    thresholds::{Comparison, Period, Statement, compare},
};

/// What a file changes.
#[derive(Clone, Debug)]
pub(super) enum Effect {
    /// Thresholds, old and new, by User ID.
    Thresholds(Vec<Comparison>),
    /// Decisions, by event.
    Decisions(Vec<EventEffect>),
    /// The service gave no answer to compare with; it checks the file itself when it arrives.
    Unknown(ApiError),
    /// The file has errors.
    None,
}

/// The thresholds in force.
pub(super) async fn in_force(api: Api) -> Result<Vec<UserThresholdsView>, ApiError> {
    let page: Page<UserThresholdsView> = api.get("/thresholds").await?;
    Ok(page.items)
}

/// What is limited now.
fn keys(views: &[UserThresholdsView]) -> Vec<(Eui64, SrvOrAll, Period)> {
    let of_user = |view: &UserThresholdsView| {
        let user = view.user_id;
        view.in_force
            .iter()
            .map(move |entry| (user, entry.key.srv, entry.key.period))
            .collect::<Vec<_>>()
    };
    views.iter().flat_map(of_user).collect()
}

/// What a file that was read changes, and all that is wrong with it, in itself and beside the service's data.
pub(super) async fn of(
    api: Api,
    file: &Checked,
    in_force: impl Future<Output = Result<Vec<UserThresholdsView>, ApiError>>,
) -> Result<(Effect, Findings), WorkerError> {
    match &file.content {
        Content::Adt { rows } => of_adt(file, rows, in_force.await).await,
        Content::Exit { events, .. } => of_exit(api, file, events).await,
    }
}

async fn of_adt(
    file: &Checked,
    rows: &[AdtRow],
    in_force: Result<Vec<UserThresholdsView>, ApiError>,
) -> Result<(Effect, Findings), WorkerError> {
    let (findings, effect) = match in_force {
        Ok(views) => {
            let task = Task::InForce {
                file: file.id,
                keys: keys(&views),
            };
            let findings: Findings = worker::ask(Asked::from(&task), |_| ()).await?;
            (findings, Effect::Thresholds(comparisons(rows, &views)))
        }
        Err(error) => (file.findings.clone(), Effect::Unknown(error)),
    };
    let effect = if findings.is_acceptable() {
        effect
    } else {
        Effect::None
    };
    Ok((effect, findings))
}

async fn of_exit(
    api: Api,
    file: &Checked,
    events: &[QuarantineEventRef],
) -> Result<(Effect, Findings), WorkerError> {
    let mut findings = file.findings.clone();
    if !findings.is_acceptable() {
        return Ok((Effect::None, findings));
    }
    let (events, pages) = match held(api, events).await {
        Ok(held) => held,
        Err(error) => return Ok((Effect::Unknown(error), findings)),
    };
    let task = Task::Held {
        file: file.id,
        events,
    };
    let asked = Asked {
        pages,
        ..Asked::from(&task)
    };
    let checked: HeldChecked = worker::ask(asked, |_| ()).await?;
    findings.append(checked.findings);
    Ok((Effect::Decisions(checked.events), findings))
}

fn comparisons(rows: &[AdtRow], views: &[UserThresholdsView]) -> Vec<Comparison> {
    let factor = Profile::standard().risk.max_increase_factor;
    Statement::of_rows(rows)
        .iter()
        .map(|statement| {
            let current = views.iter().find(|view| view.user_id == statement.user_id);
            compare(
                current.and_then(|view| view.thresholds.as_ref()),
                statement,
                now(),
                factor,
            )
        })
        .collect()
}

/// Pages asked for at a time.
const AT_ONCE: usize = 4;

/// The events that a file names, as far as the service knows them, and the pages of all their communications, event by event. The
/// pages stay as they came: the worker reads them.
async fn held(
    api: Api,
    events: &[QuarantineEventRef],
) -> Result<(Vec<QuarantineEventView>, Vec<ArrayBuffer>), ApiError> {
    let (mut known, mut all) = (Vec::new(), Vec::new());
    for event in events {
        let view: QuarantineEventView = match api.get(&format!("/quarantine-events/{event}")).await
        {
            Ok(view) => view,
            // Unknown events become findings.
            Err(error) if error.status() == Some(404) => continue,
            Err(error) => return Err(error),
        };
        let pages = (0..view.event.pages).map(|page| async move {
            api.buffer(&format!(
                "/quarantine-events/{event}/communications?page={page}"
            ))
            .await
        });
        let pages: Vec<ArrayBuffer> = stream::iter(pages).buffered(AT_ONCE).try_collect().await?;
        known.push(view);
        all.extend(pages);
    }
    Ok((known, all))
}
