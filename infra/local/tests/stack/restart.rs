//! What a stack holds is there after a restart; with `fresh` it is not.

use aws_sdk_dynamodb::types::{
    AttributeDefinition, AttributeValue, BillingMode, KeySchemaElement, KeyType,
    ScalarAttributeType,
};
use sluice_local::aws;
use sluice_local::stack::{Options, Stack, StartError};

use crate::support::{engines, folder, put, queue_url, sqs, stored};

fn tables(stack: &Stack) -> aws_sdk_dynamodb::Client {
    aws_sdk_dynamodb::Client::new(&aws::config(&stack.urls().dynamodb))
}

#[tokio::test]
async fn objects_messages_items_and_keys_stay() {
    let folder = folder();
    let stack = engines(&folder).await;
    put(&stack, "large-supplier/x", "hello").await;
    let messages = stack.queues().intake.counts().visible;
    let attribute = AttributeDefinition::builder()
        .attribute_name("pk")
        .attribute_type(ScalarAttributeType::S)
        .build()
        .unwrap();
    let key = KeySchemaElement::builder()
        .attribute_name("pk")
        .key_type(KeyType::Hash)
        .build()
        .unwrap();
    let make = tables(&stack)
        .create_table()
        .table_name("kept")
        .attribute_definitions(attribute)
        .key_schema(key);
    make.billing_mode(BillingMode::PayPerRequest)
        .send()
        .await
        .unwrap();
    let item = AttributeValue::S("here".to_owned());
    tables(&stack)
        .put_item()
        .table_name("kept")
        .item("pk", item.clone())
        .send()
        .await
        .unwrap();
    let jwks = async |stack: &Stack| {
        let url = format!("{}/.well-known/jwks.json", stack.urls().identity);
        reqwest::get(url).await.unwrap().text().await.unwrap()
    };
    let keys = jwks(&stack).await;
    stack.stop().await;

    let stack = engines(&folder).await;
    assert_eq!(stored(&stack).await, 1);
    assert_eq!(stack.queues().intake.counts().visible, messages);
    assert_eq!(jwks(&stack).await, keys);
    let read = tables(&stack)
        .get_item()
        .table_name("kept")
        .key("pk", item)
        .send()
        .await
        .unwrap();
    assert!(read.item().is_some());
}

#[tokio::test]
async fn a_message_in_flight_is_free_again_after_a_restart() {
    let folder = folder();
    let stack = engines(&folder).await;
    let receive = sqs(&stack)
        .receive_message()
        .queue_url(queue_url(&stack))
        .visibility_timeout(3600);
    assert_eq!(receive.send().await.unwrap().messages().len(), 1);
    assert_eq!(stack.queues().intake.counts().in_flight, 1);
    stack.stop().await;
    let stack = engines(&folder).await;
    assert_eq!(stack.queues().intake.counts().visible, 1);
}

#[tokio::test]
async fn fresh_forgets_everything() {
    let folder = folder();
    let stack = engines(&folder).await;
    put(&stack, "large-supplier/x", "hello").await;
    stack.stop().await;
    let options = Options {
        fresh: true,
        functions: false,
        ..Options::for_tests(folder.path())
    };
    let stack = Stack::start(options).await.unwrap();
    assert_eq!(stored(&stack).await, 0);
}

#[tokio::test]
async fn a_port_in_use_is_named_and_nothing_is_touched() {
    let folder = folder();
    let other = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = other.local_addr().unwrap().port();
    let state = folder.path().join("state");
    let error = Stack::start(Options {
        port,
        ..Options::new(&state)
    })
    .await
    .unwrap_err();
    assert!(matches!(error, StartError::Port(_)));
    assert!(
        error
            .to_string()
            .starts_with(&format!("Port {port} is in use.")),
        "{error}"
    );
    assert!(error.to_string().contains("--port"));
    assert!(!state.exists());
}

#[tokio::test]
async fn a_folder_serves_one_stack_at_a_time() {
    let folder = folder();
    let _stack = engines(&folder).await;
    let error = Stack::start(Options::for_tests(folder.path()))
        .await
        .unwrap_err();
    assert!(matches!(error, StartError::StateInUse(_)), "{error}");
}
