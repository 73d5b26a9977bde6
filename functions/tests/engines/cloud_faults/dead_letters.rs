//! A message that fails whenever it comes ends among the dead letters. Its reason stands in the log under the message's id, its
//! neighbours are unharmed, and once the cause is mended a redrive finishes the work.

use sluice_functions::Step;

use super::{EVENT, in_force_once, released_once, seen, send_adt, send_exit};
use crate::support::{Lines, Outage, S3_BROKEN, World};

/// As the template has it.
const MAX_RECEIVES: u32 = 5;

/// Delivers what is in the queue until nothing comes any more.
async fn until_it_is_given_up(world: &World) {
    for _ in 0..=MAX_RECEIVES {
        let batch = world
            .queues
            .receive(std::time::Duration::from_secs(1))
            .await;
        world.hand_over(&batch).await;
    }
    assert!(world.queues.is_empty().await);
}

/// The reasons that the log gives for a message, in order.
fn reasons(message: &str) -> Vec<String> {
    let lines = Lines::collect().of_message(message);
    lines
        .iter()
        .filter(|line| line["level"] == "ERROR")
        .map(|line| line["reason"].as_str().unwrap_or_default().to_owned())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_of_unknown_form_becomes_a_dead_letter_with_its_reason_in_the_log() {
    let world = World::new().await;
    Lines::collect();
    let poison = world.queues.of_intake().send("{\"hello\":\"world\"}").await;
    let reference = send_adt(&world, &world.signer("supplier-aro-1")).await;
    world.run_intake_on(2).await;
    in_force_once(&world, &reference).await;
    until_it_is_given_up(&world).await;

    let dead = world.queues.dead_letters().one().await;
    assert_eq!(
        (dead.id.as_str(), dead.body.as_str()),
        (poison.as_str(), "{\"hello\":\"world\"}")
    );
    assert_eq!(reasons(&poison), ["unknown-message"; MAX_RECEIVES as usize]);
    let lines = Lines::collect().of_message(&poison);
    let last = lines.last().unwrap();
    assert_eq!(last["span"]["receives"], MAX_RECEIVES, "{last:#}");
    let error = last["error"].as_str().unwrap();
    assert!(error.contains("line 1, column 17"), "{last:#}");
    assert!(
        !error.contains("hello"),
        "a message is not quoted: {last:#}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_storage_never_gives_is_finished_by_a_redrive_once_it_does() {
    let mut world = World::new().await;
    Lines::collect();
    let signer = world.signer("supplier-aro-1");
    let reference = send_adt(&world, &signer).await;
    let outage = Outage::now(S3_BROKEN);
    let _proxy = world.inbox_behind(outage.fate()).await;
    until_it_is_given_up(&world).await;
    assert_eq!(seen(&world, &reference).await["state"], "received");
    let dead = world.queues.dead_letters().one().await;
    assert_eq!(
        reasons(&dead.id),
        ["inbox-unavailable"; MAX_RECEIVES as usize]
    );
    let lines = Lines::collect().of_message(&dead.id);
    assert_eq!(
        lines.last().unwrap()["span"]["submission"],
        reference.as_str()
    );

    world.queues.dead_letters().give_back(&dead).await;
    world.queues.redrive().await;
    outage.ends();
    assert_eq!(world.run_intake().await, [true]);
    in_force_once(&world, &reference).await;
    assert!(world.queues.dead_letters().is_empty().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_panics_half_way_is_finished_by_a_redrive_once_it_does_not() {
    let world = World::new().await;
    Lines::collect();
    let reference = send_exit(&world, &world.signer("supplier-aro-1"), 10).await;
    *world.stop.at.lock().unwrap() = Some(Step::PagesDone);
    until_it_is_given_up(&world).await;
    assert_eq!(seen(&world, &reference).await["state"], "received");
    assert_eq!(world.counts(EVENT).await, (240, 0, 0));
    let dead = world.queues.dead_letters().one().await;
    assert_eq!(reasons(&dead.id), ["panicked"; MAX_RECEIVES as usize]);

    *world.stop.at.lock().unwrap() = None;
    world.queues.dead_letters().give_back(&dead).await;
    world.queues.redrive().await;
    assert_eq!(world.run_intake().await, [true]);
    released_once(&world, &reference, 10).await;
}
