//! What was sent today, by person and by organisation: counters that only grow, each of one day.
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use sluice_shared::{
    identifiers::{OrganisationId, PersonId},
    instant::UtcTime,
    profile::Budget,
};

use super::{Announcements, StoreError};
use crate::stores::{
    Partition,
    item::{EXPIRES, number, text},
};

/// How long a day's counters are kept, in seconds: so long that a clock that is wrong by a day finds them.
const KEPT: i64 = 3 * 86_400;

/// Whose budget something is.
#[derive(Debug, Clone, Copy)]
pub enum Spender<'a> {
    /// That of one of its people.
    Person(&'a OrganisationId, &'a PersonId),
    /// That of all people of an organisation.
    Organisation(&'a OrganisationId),
}

impl Announcements {
    /// Counts one more submission, of a file of `length` bytes, on the day of `now`. False, and nothing counted: that would be more than
    /// `most`.
    ///
    /// A write by itself, not in the transaction that starts the submission, in which many at once would be in each other's way. What fails
    /// after it stays counted.
    pub async fn spend(
        &self,
        spender: Spender<'_>,
        length: u64,
        most: Budget,
        now: UtcTime,
    ) -> Result<bool, StoreError> {
        let (Some(submissions), Some(bytes)) = (
            most.submissions.checked_sub(1),
            most.bytes.checked_sub(length),
        ) else {
            return Ok(false);
        };
        let day: String = now.to_string().chars().take("2026-11-29".len()).collect();
        let expires = u64::try_from(now.unix_seconds() + KEPT).unwrap_or_default();
        let counted = self
            .table
            .client
            .update_item()
            .table_name(&self.table.name)
            .key("pk", text(partition(spender)))
            .key("sk", text(day))
            .update_expression("SET #expires = :expires ADD submissions :one, fileBytes :length")
            .condition_expression(
                "attribute_not_exists(pk) OR (submissions <= :submissions AND fileBytes <= :bytes)",
            )
            .expression_attribute_names("#expires", EXPIRES)
            .expression_attribute_values(":expires", number(expires))
            .expression_attribute_values(":one", number(1))
            .expression_attribute_values(":length", number(length))
            .expression_attribute_values(":submissions", number(submissions))
            .expression_attribute_values(":bytes", number(bytes))
            .send()
            .await;
        match counted {
            Ok(_) => Ok(true),
            Err(error)
                if error
                    .as_service_error()
                    .is_some_and(UpdateItemError::is_conditional_check_failed_exception) =>
            {
                Ok(false)
            }
            Err(error) => Err(StoreError::aws("count what is sent today", &error)),
        }
    }
}

fn partition(spender: Spender<'_>) -> Partition {
    match spender {
        Spender::Person(organisation, id) => {
            Partition::owned_by(organisation, format_args!("BUDGET#{id}"))
        }
        Spender::Organisation(organisation) => Partition::owned_by(organisation, "BUDGET"),
    }
}
