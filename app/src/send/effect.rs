//! What a file changes, worked out in the page from what the service says now.

use crate::{
    api::{
        Api, ApiError, EventEffect, HeldPageView, Page, QuarantineEventView, UserThresholdsView,
    },
    components::now,
    worker::{self, Asked, Checked, Content, HeldChecked, Task, WorkerError},
};
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
pub(super) fn keys(views: &[UserThresholdsView]) -> Vec<(Eui64, SrvOrAll, Period)> {
    let of_user = |view: &UserThresholdsView| {
        let user = view.user_id;
        view.in_force
            .iter()
            .map(move |entry| (user, entry.key.srv, entry.key.period))
            .collect::<Vec<_>>()
    };
    views.iter().flat_map(of_user).collect()
}

/// What a file that was read changes, and what is wrong with it beside the service's data.
pub(super) async fn of(
    api: Api,
    file: &Checked,
    in_force: Result<Vec<UserThresholdsView>, ApiError>,
) -> Result<(Effect, Findings), WorkerError> {
    if !file.findings.is_acceptable() {
        return Ok((Effect::None, Findings::new()));
    }
    match &file.content {
        Content::Adt { rows } => {
            let effect = match in_force {
                Ok(views) => Effect::Thresholds(comparisons(rows, &views)),
                Err(error) => Effect::Unknown(error),
            };
            Ok((effect, Findings::new()))
        }
        Content::Exit { events, .. } => match held(api, events).await {
            Ok(events) => {
                let task = Task::Held { events };
                let checked: HeldChecked = worker::ask(Asked::from(&task), |_| ()).await?;
                Ok((Effect::Decisions(checked.events), checked.findings))
            }
            Err(error) => Ok((Effect::Unknown(error), Findings::new())),
        },
    }
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

/// The events that a file names, as far as the service knows them, with all their communications.
async fn held(
    api: Api,
    events: &[QuarantineEventRef],
) -> Result<Vec<(QuarantineEventView, Vec<HeldPageView>)>, ApiError> {
    let mut found = Vec::new();
    for event in events {
        let view: QuarantineEventView = match api.get(&format!("/quarantine-events/{event}")).await
        {
            Ok(view) => view,
            // Unknown events become findings.
            Err(error) if error.status() == Some(404) => continue,
            Err(error) => return Err(error),
        };
        let mut pages = Vec::new();
        for page in 0..view.event.pages {
            pages.push(
                api.get(&format!(
                    "/quarantine-events/{event}/communications?page={page}"
                ))
                .await?,
            );
        }
        found.push((view, pages));
    }
    Ok(found)
}
