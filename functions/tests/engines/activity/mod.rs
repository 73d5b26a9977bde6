//! The record of activity.

mod acts_of_intake;
mod each_route;
mod lists;
mod never_overwritten;
mod whose_data;
mod without_a_record;

use serde_json::Value;
use sluice_shared::activity::{ActivityFilter, ActivityRecord};
use sluice_shared::identifiers::OrganisationId;

use super::support::World;

/// All that is on record of an organisation, the newest first, as the store has it.
async fn recorded(world: &World, organisation: &str) -> Vec<ActivityRecord> {
    let organisation: OrganisationId = organisation.parse().unwrap();
    let filter = ActivityFilter::default();
    let activity = &world.backend.activity;
    let page = activity.page(&organisation, &filter, 10_000, None).await;
    page.unwrap().items
}

/// The names of acts, the newest first.
fn acts(records: &[ActivityRecord]) -> Vec<&'static str> {
    records.iter().map(|record| record.act.as_str()).collect()
}

/// The items of a list that somebody reads.
async fn listed(world: &World, person: &str, query: &str) -> Vec<Value> {
    let list = world.get_json(person, &format!("/activity{query}")).await;
    list["items"].as_array().unwrap().clone()
}
