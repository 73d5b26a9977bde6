//! The queue hears of the bucket once it is made, and of each completed upload.

use serde_json::{Value, json};
use sluice_local::account::BUCKET;
use sluice_local::stack::Stack;

use crate::support::{engines, folder, put, queue_url, sqs};

async fn bodies(stack: &Stack) -> Vec<Value> {
    let request = sqs(stack)
        .receive_message()
        .queue_url(queue_url(stack))
        .max_number_of_messages(10);
    let answer = request.send().await.unwrap();
    answer
        .messages()
        .iter()
        .map(|message| serde_json::from_str(message.body().unwrap()).unwrap())
        .collect()
}

#[tokio::test]
async fn the_first_message_is_the_test_event_and_it_comes_once() {
    let folder = folder();
    let stack = engines(&folder).await;
    let first = bodies(&stack).await;
    assert_eq!(first.len(), 1);
    assert_eq!(
        (&first[0]["Event"], &first[0]["Bucket"]),
        (&json!("s3:TestEvent"), &json!(BUCKET))
    );
    stack.stop().await;
    let again = engines(&folder).await;
    assert_eq!(
        bodies(&again).await,
        first,
        "the one message, not a second one"
    );
}

#[tokio::test]
async fn an_upload_is_told_with_its_encoded_key_and_version() {
    let folder = folder();
    let stack = engines(&folder).await;
    let version = put(&stack, "large supplier/é", "hello").await;
    let body = bodies(&stack).await.pop().unwrap();
    let record = &body["Records"][0];
    assert_eq!(record["eventName"], "ObjectCreated:Put");
    assert_eq!(record["eventSource"], "aws:s3");
    assert_eq!(record["s3"]["bucket"]["name"], BUCKET);
    let object = &record["s3"]["object"];
    assert_eq!(object["key"], "large+supplier/%C3%A9");
    assert_eq!(object["versionId"], Value::String(version));
    assert_eq!(
        (&object["size"], &object["eTag"]),
        (&json!(5), &json!("5d41402abc4b2a76b9719d911017c592"))
    );
    let event =
        serde_json::from_value::<aws_lambda_events::event::s3::S3Event>(body.clone()).unwrap();
    assert_eq!(
        event.records.len(),
        1,
        "the crate that the functions read with understands it"
    );
}

#[tokio::test]
async fn later_uploads_have_later_sequencers() {
    let folder = folder();
    let stack = engines(&folder).await;
    put(&stack, "a/b", "one").await;
    put(&stack, "a/b", "two").await;
    let events = bodies(&stack).await;
    let sequencer = |event: &Value| {
        event["Records"][0]["s3"]["object"]["sequencer"]
            .as_str()
            .map(str::to_owned)
    };
    assert!(sequencer(&events[1]).unwrap() < sequencer(&events[2]).unwrap());
}
