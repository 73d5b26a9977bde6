//! Whose file is next: one organisation's thousand do not keep another's one waiting.
//!
//! Storage tells of uploads in the order in which they come, in the name of nobody. While the queue is short, that order is as good as any. A
//! message that has waited is put into the queue once more, in the name of its organisation, which takes no longer than that; and of those the
//! queue hands over first what is of an organisation that has little under way.
use aws_lambda_events::event::sqs::SqsMessage;
use sluice_shared::{identifiers::OrganisationId, instant::UtcTime};
use time::Duration;

use super::event::Task;

/// As long as a message may wait for its first try before it takes turns.
const LONG: Duration = Duration::seconds(2);

/// The organisation in whose name a message is to be put into the queue once more; `None`: it is handled now.
pub(super) fn in_whose_name<'a>(
    message: &SqsMessage,
    tasks: &'a [Task],
    now: UtcTime,
) -> Option<&'a OrganisationId> {
    let [Task::Arrived(arrival)] = tasks else {
        return None;
    };
    let attribute = |name: &str| message.attributes.get(name).map(String::as_str);
    // Tried before: it comes back by its own count, and after too many tries goes to the dead letters.
    let is_first_try = attribute("ApproximateReceiveCount") == Some("1");
    let sent: i64 = attribute("SentTimestamp")?.parse().ok()?;
    let has_waited = now.since(UtcTime::from_unix_millis(sent)) > LONG;
    let takes_turns = attribute("MessageGroupId").is_some();
    (is_first_try && has_waited && !takes_turns).then_some(&arrival.key.organisation)
}
