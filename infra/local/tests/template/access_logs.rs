//! Who asked for what is on record, where no function reads or changes it.

use serde_json::{Value, json};

use super::sam_template::Template;

const LOG_BUCKETS: [&str; 2] = ["EdgeLogBucket", "StorageLogBucket"];

#[test]
fn the_pages_bucket_tells_who_put_what_there_and_the_inbox_logs_no_signed_address() {
    let template = Template::load();
    let inbox = template.properties("InboxBucket");
    assert!(inbox["LoggingConfiguration"].is_null());
    let page = &template.properties("PageBucket")["LoggingConfiguration"];
    let bucket = json!({ "Ref": "StorageLogBucket" });
    assert_eq!(page["DestinationBucketName"], bucket);

    let policy = &template.properties("StorageLogBucketPolicy")["PolicyDocument"]["Statement"];
    let allowed: Vec<_> = policy
        .as_array()
        .unwrap()
        .iter()
        .filter(|statement| statement["Effect"] == "Allow")
        .collect();
    let [allowed] = allowed.as_slice() else {
        panic!("one statement allows, not {allowed:?}");
    };
    assert_eq!(
        allowed["Principal"],
        json!({ "Service": "logging.s3.amazonaws.com" })
    );
    assert_eq!(
        allowed["Condition"]["ArnEquals"]["aws:SourceArn"],
        json!({ "Fn::GetAtt": "PageBucket.Arn" })
    );
}

#[test]
fn logs_of_access_end_with_the_others_and_are_in_no_roles_reach() {
    let template = Template::load();
    for id in LOG_BUCKETS {
        let bucket = template.properties(id);
        assert_eq!(
            bucket["VersioningConfiguration"]["Status"], "Enabled",
            "{id}"
        );
        let ends = &bucket["LifecycleConfiguration"]["Rules"][0];
        assert_eq!(
            ends["ExpirationInDays"],
            json!({ "Ref": "LogDays" }),
            "{id}"
        );
    }
    for (role, _) in template.of_type("AWS::IAM::Role") {
        let rights = json!(template.statements(role)).to_string();
        assert!(LOG_BUCKETS.iter().all(|id| !rights.contains(id)), "{role}");
    }
}

#[test]
fn log_groups_are_encrypted_by_our_key_and_it_serves_no_others() {
    let template = Template::load();
    for (id, group) in template.of_type("AWS::Logs::LogGroup") {
        let key = json!({ "Fn::GetAtt": "DataKey.Arn" });
        assert_eq!(group["Properties"]["KmsKeyId"], key, "{id}");
        // The key's policy knows them by names that CloudFormation gives.
        assert_eq!(group["Properties"]["LogGroupName"], Value::Null, "{id}");
    }
    let policy = &template.properties("DataKey")["KeyPolicy"]["Statement"];
    let mut statements = policy.as_array().unwrap().iter();
    let logs = statements
        .find(|statement| statement["Sid"] == "LogGroupsOfThisStack")
        .unwrap();
    let groups =
        "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${AWS::StackName}-*";
    let groups =
        json!({ "ArnLike": { "kms:EncryptionContext:aws:logs:arn": { "Fn::Sub": groups } } });
    assert_eq!(logs["Condition"], groups);
    let service = json!({ "Service": { "Fn::Sub": "logs.${AWS::Region}.${AWS::URLSuffix}" } });
    assert_eq!(logs["Principal"], service);
}
