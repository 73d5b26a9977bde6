//! Of messages that were sent in somebody's name, those come first whose sender has least in receivers' hands.

use std::time::Duration;

use sluice_local::queue::{Extras, Queue};

use crate::support::{folder, hasty_queue};

const HIDDEN: Duration = Duration::from_mins(1);

fn send(queue: &Queue, body: &str, group: Option<&str>) {
    let extras = Extras {
        group: group.map(str::to_owned),
        ..Extras::default()
    };
    queue.send_with(body.to_owned(), extras).unwrap();
}

async fn next(queue: &Queue, most: usize) -> Vec<String> {
    let received = queue.receive(most, HIDDEN, Duration::ZERO).await.unwrap();
    received
        .into_iter()
        .map(|received| received.message.body)
        .collect()
}

#[tokio::test]
async fn one_of_a_quiet_group_is_not_behind_all_of_a_busy_one() {
    let folder = folder();
    let (queue, _) = hasty_queue(&folder);
    for number in 0..50 {
        send(&queue, &format!("busy-{number}"), Some("busy"));
    }
    send(&queue, "quiet", Some("quiet"));
    assert_eq!(next(&queue, 1).await, ["busy-0"]);
    assert_eq!(next(&queue, 1).await, ["quiet"]);
    assert_eq!(next(&queue, 2).await, ["busy-1", "busy-2"]);
}

#[tokio::test]
async fn two_groups_of_many_alternate_within_a_batch() {
    let folder = folder();
    let (queue, _) = hasty_queue(&folder);
    for group in ["a", "b"] {
        for number in 0..3 {
            send(&queue, &format!("{group}-{number}"), Some(group));
        }
    }
    assert_eq!(next(&queue, 4).await, ["a-0", "b-0", "a-1", "b-1"]);
}

#[tokio::test]
async fn what_nobody_sent_in_a_name_comes_in_its_order_and_waits_for_nobody() {
    let folder = folder();
    let (queue, _) = hasty_queue(&folder);
    send(&queue, "a-0", Some("a"));
    send(&queue, "plain-0", None);
    send(&queue, "a-1", Some("a"));
    send(&queue, "plain-1", None);
    assert_eq!(next(&queue, 10).await, ["a-0", "plain-0", "plain-1", "a-1"]);
}
