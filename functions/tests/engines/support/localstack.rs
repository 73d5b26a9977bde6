//! What a world has for itself on `LocalStack`: a versioned inbox that announces uploads, its queue, and the dead letters, as
//! `infra/template.yaml` describes them. The embedded engines bring all that along.

use aws_sdk_s3::types::{
    BucketLocationConstraint, BucketVersioningStatus, CorsConfiguration, CorsRule,
    CreateBucketConfiguration, Event, NotificationConfiguration, QueueConfiguration,
    VersioningConfiguration,
};
use aws_sdk_sqs::types::QueueAttributeName;
use serde_json::json;
use sluice_functions::schema::all;
use sluice_functions::{Clients, Settings};
use sluice_local::account::{ACCOUNT, REGION};

use super::Place;

/// Receipts of a message before it is a dead letter: the template's.
const MAX_RECEIVES: u32 = 5;

pub(super) async fn prepare(place: &Place) {
    let Some(own) = &place.own else { return };
    let clients = place.clients();
    let dead = format!("{own}-intake-dead");
    create_queue(&clients, &dead, None).await;
    for working in ["intake", "decisions", "requests"] {
        create_queue(&clients, &format!("{own}-{working}"), Some(&dead)).await;
    }
    create_bucket(&clients, &place.settings(), &format!("{own}-intake")).await;
}

async fn create_queue(clients: &Clients, name: &str, dead: Option<&str>) {
    let mut request = clients.sqs.create_queue().queue_name(name);
    if let Some(dead) = dead {
        let policy = json!({ "deadLetterTargetArn": arn(dead), "maxReceiveCount": MAX_RECEIVES });
        request = request.attributes(QueueAttributeName::RedrivePolicy, policy.to_string());
    }
    request.send().await.unwrap();
}

async fn create_bucket(clients: &Clients, settings: &Settings, queue: &str) {
    let bucket = &settings.inbox_bucket;
    let region = CreateBucketConfiguration::builder()
        .location_constraint(BucketLocationConstraint::from(REGION))
        .build();
    let request = clients.s3.client().create_bucket().bucket(bucket);
    let request = request.create_bucket_configuration(region);
    request.send().await.unwrap();
    let versioning = VersioningConfiguration::builder()
        .status(BucketVersioningStatus::Enabled)
        .build();
    let request = clients.s3.client().put_bucket_versioning().bucket(bucket);
    let request = request.versioning_configuration(versioning);
    request.send().await.unwrap();
    let rule = CorsRule::builder()
        .allowed_origins(&settings.page_origin)
        .allowed_methods("PUT")
        .set_allowed_headers(Some(
            [
                "content-type",
                "if-none-match",
                "x-amz-checksum-sha256",
                "x-amz-meta-sent-by",
            ]
            .map(str::to_owned)
            .to_vec(),
        ))
        .expose_headers("ETag")
        .build()
        .unwrap();
    let cors = CorsConfiguration::builder().cors_rules(rule).build();
    let request = clients.s3.client().put_bucket_cors().bucket(bucket);
    let request = request.cors_configuration(cors.unwrap());
    request.send().await.unwrap();
    let announce = QueueConfiguration::builder()
        .queue_arn(arn(queue))
        .events(Event::from("s3:ObjectCreated:*"))
        .build()
        .unwrap();
    let notifications = NotificationConfiguration::builder()
        .queue_configurations(announce)
        .build();
    let request = clients.s3.client().put_bucket_notification_configuration();
    let request = request.bucket(bucket);
    let request = request.notification_configuration(notifications);
    request.send().await.unwrap();
}

fn arn(queue: &str) -> String {
    format!("arn:aws:sqs:{REGION}:{ACCOUNT}:{queue}")
}

/// Gives back what a world had. A thread of its own, since a world may be dropped where nothing can be awaited. What cannot be
/// removed stays until `LocalStack` ends, and is in nobody's way.
pub(super) fn remove(place: &Place) {
    if place.own.is_none() {
        return;
    }
    let place = place.clone();
    let removing = std::thread::spawn(move || {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(remove_all(&place));
    });
    let _ = removing.join();
}

async fn remove_all(place: &Place) {
    let (clients, settings) = (place.clients(), place.settings());
    for (_, table) in all(&settings.tables) {
        let _ = clients
            .dynamodb
            .delete_table()
            .table_name(table)
            .send()
            .await;
    }
    let dead = format!("{}-dead", settings.queue_url);
    let working = [
        &settings.queue_url,
        &settings.decisions_queue_url,
        &settings.requests_queue_url,
    ];
    for url in working.into_iter().chain([&dead]) {
        let _ = clients.sqs.delete_queue().queue_url(url).send().await;
    }
    let bucket = &settings.inbox_bucket;
    let versions = clients.s3.client().list_object_versions().bucket(bucket);
    let Ok(versions) = versions.send().await else {
        return;
    };
    for version in versions.versions() {
        let request = clients.s3.client().delete_object().bucket(bucket);
        let request = request.set_key(version.key.clone());
        let request = request.set_version_id(version.version_id.clone());
        let _ = request.send().await;
    }
    let _ = clients
        .s3
        .client()
        .delete_bucket()
        .bucket(bucket)
        .send()
        .await;
}
