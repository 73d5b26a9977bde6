//! A message comes again until it is deleted, and is hidden while someone has it.

use std::time::Duration;

use crate::support::{engines, folder, hasty_queue, queue_url, sqs};

#[tokio::test]
async fn a_received_message_is_hidden_then_comes_again_counted() {
    let folder = folder();
    let (queue, _) = hasty_queue(&folder);
    queue.send("hello".to_owned()).unwrap();
    let long = Duration::from_secs(5);
    let first = queue
        .receive(10, Duration::from_millis(50), Duration::ZERO)
        .await
        .unwrap();
    assert_eq!(
        queue.receive(10, long, Duration::ZERO).await.unwrap(),
        [],
        "hidden"
    );
    let second = queue.receive(10, long, long).await.unwrap();
    assert_eq!(
        (
            first[0].message.receive_count,
            second[0].message.receive_count
        ),
        (1, 2)
    );
    assert_eq!(first[0].message.id, second[0].message.id);
}

#[tokio::test]
async fn the_handle_of_an_earlier_receipt_deletes_nothing() {
    let folder = folder();
    let (queue, _) = hasty_queue(&folder);
    queue.send("hello".to_owned()).unwrap();
    let first = queue
        .receive(1, Duration::ZERO, Duration::ZERO)
        .await
        .unwrap();
    let second = queue
        .receive(1, Duration::ZERO, Duration::ZERO)
        .await
        .unwrap();
    assert!(!queue.delete(&first[0].handle).unwrap());
    assert!(queue.delete(&second[0].handle).unwrap());
    assert_eq!((queue.counts().visible, queue.counts().in_flight), (0, 0));
}

#[tokio::test]
async fn a_waiting_receiver_wakes_when_something_is_sent() {
    let folder = folder();
    let (queue, _) = hasty_queue(&folder);
    let sender = queue.clone();
    let wait = Duration::from_secs(10);
    let (received, _) = futures::join!(queue.receive(1, wait, wait), async move {
        sender.send("hello".to_owned()).unwrap()
    });
    assert_eq!(received.unwrap()[0].message.body, "hello");
}

#[tokio::test]
async fn the_sdk_sends_receives_hides_and_deletes() {
    let folder = folder();
    let stack = engines(&folder).await;
    let (client, url) = (sqs(&stack), queue_url(&stack));
    assert_eq!(
        client
            .get_queue_url()
            .queue_name("sluice-intake")
            .send()
            .await
            .unwrap()
            .queue_url(),
        Some(url.as_str())
    );
    client.purge_queue().queue_url(&url).send().await.unwrap();
    let sent = client
        .send_message()
        .queue_url(&url)
        .message_body("{}")
        .send()
        .await
        .unwrap();

    let receive = async || {
        client
            .receive_message()
            .queue_url(&url)
            .max_number_of_messages(10)
            .send()
            .await
            .unwrap()
    };
    let received = receive().await.messages()[0].clone();
    assert_eq!(received.message_id(), sent.message_id());
    assert_eq!(received.body(), Some("{}"));
    assert!(receive().await.messages().is_empty());

    let handle = received.receipt_handle().unwrap();
    client
        .change_message_visibility()
        .queue_url(&url)
        .receipt_handle(handle)
        .visibility_timeout(0)
        .send()
        .await
        .unwrap();
    let again = receive().await.messages()[0].clone();
    client
        .delete_message()
        .queue_url(&url)
        .receipt_handle(again.receipt_handle().unwrap())
        .send()
        .await
        .unwrap();
    let attributes = client
        .get_queue_attributes()
        .queue_url(&url)
        .send()
        .await
        .unwrap();
    let count = |name: &str| {
        attributes
            .attributes()
            .unwrap()
            .iter()
            .find(|(key, _)| key.as_str() == name)
            .map(|(_, value)| value.clone())
    };
    assert_eq!(count("ApproximateNumberOfMessages").as_deref(), Some("0"));
    assert_eq!(
        count("ApproximateNumberOfMessagesNotVisible").as_deref(),
        Some("0")
    );
}

#[tokio::test]
async fn a_queue_that_is_not_there_is_named_so() {
    let folder = folder();
    let stack = engines(&folder).await;
    let error = sqs(&stack)
        .get_queue_url()
        .queue_name("other")
        .send()
        .await
        .unwrap_err()
        .into_service_error();
    assert!(error.is_queue_does_not_exist(), "{error:?}");
}
