//! What is received too often is set aside, and can be brought back.

use std::time::Duration;

use crate::support::{folder, hasty_queue};

#[tokio::test]
async fn after_its_receipts_a_message_is_a_dead_letter() {
    let folder = folder();
    let (queue, dead) = hasty_queue(&folder);
    queue.send("poison".to_owned()).unwrap();
    for _ in 0..2 {
        assert_eq!(
            queue
                .receive(1, Duration::ZERO, Duration::ZERO)
                .await
                .unwrap()
                .len(),
            1
        );
    }
    assert_eq!(
        dead.counts().visible,
        0,
        "the last receipt may still succeed"
    );
    assert_eq!(
        queue
            .receive(1, Duration::ZERO, Duration::ZERO)
            .await
            .unwrap(),
        []
    );
    assert_eq!((queue.counts().visible, dead.counts().visible), (0, 1));
}

#[tokio::test]
async fn a_dead_letter_does_not_hold_up_the_message_behind_it() {
    let folder = folder();
    let (queue, _) = hasty_queue(&folder);
    queue.send("poison".to_owned()).unwrap();
    for _ in 0..2 {
        queue
            .receive(1, Duration::ZERO, Duration::ZERO)
            .await
            .unwrap();
    }
    queue.send("good".to_owned()).unwrap();
    let received = queue
        .receive(1, Duration::ZERO, Duration::ZERO)
        .await
        .unwrap();
    assert_eq!(received[0].message.body, "good");
}

#[tokio::test]
async fn redrive_brings_dead_letters_back_uncounted() {
    let folder = folder();
    let (queue, dead) = hasty_queue(&folder);
    queue.send("poison".to_owned()).unwrap();
    for _ in 0..3 {
        queue
            .receive(1, Duration::ZERO, Duration::ZERO)
            .await
            .unwrap();
    }
    assert_eq!(dead.give_back_to(&queue).unwrap(), 1);
    let received = queue
        .receive(1, Duration::ZERO, Duration::ZERO)
        .await
        .unwrap();
    assert_eq!(
        (
            received[0].message.body.as_str(),
            received[0].message.receive_count
        ),
        ("poison", 1)
    );
    assert_eq!(dead.counts().visible, 0);
}
