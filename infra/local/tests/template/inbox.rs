//! Uploads: private, encrypted, by TLS alone, from the page alone, kept in every version for as long as they are locked.

use serde_json::{Value, json};
use sluice_shared::profile::Profile;

use super::sam_template::Template;

/// Refuses everything that does not come by TLS.
fn tls_only(policy: &Value, resource: &Value) -> bool {
    let statements = policy["PolicyDocument"]["Statement"].as_array().unwrap();
    statements.iter().any(|statement| {
        statement["Effect"] == "Deny"
            && statement["Principal"] == "*"
            && statement["Condition"] == json!({ "Bool": { "aws:SecureTransport": "false" } })
            && statement["Action"]
                .as_str()
                .is_some_and(|action| action.ends_with(":*"))
            && statement["Resource"] == *resource
    })
}

#[test]
fn the_inbox_keeps_every_version_locked_and_encrypted() {
    let template = Template::load();
    let inbox = template.properties("InboxBucket");
    assert_eq!(inbox["VersioningConfiguration"]["Status"], "Enabled");
    assert_eq!(inbox["ObjectLockEnabled"], true);
    let retention = &inbox["ObjectLockConfiguration"]["Rule"]["DefaultRetention"];
    assert_eq!(retention["Days"], json!({ "Ref": "InboxLockDays" }));
    let encryption = &inbox["BucketEncryption"]["ServerSideEncryptionConfiguration"][0];
    let by_default = &encryption["ServerSideEncryptionByDefault"];
    assert_eq!(by_default["SSEAlgorithm"], "aws:kms");
    assert_eq!(
        by_default["KMSMasterKeyID"],
        json!({ "Fn::GetAtt": "DataKey.Arn" })
    );

    let ends = &inbox["LifecycleConfiguration"]["Rules"][0];
    assert_eq!(ends["Status"], "Enabled");
    assert_eq!(ends["ExpirationInDays"], json!({ "Ref": "InboxKeepDays" }));
    let days = |name: &str| {
        let default = &template.as_json()["Parameters"][name]["Default"];
        default.as_u64().unwrap()
    };
    assert!(days("InboxKeepDays") > days("InboxLockDays"));
}

#[test]
fn only_the_page_may_send_and_fetch_and_only_what_an_upload_has() {
    let template = Template::load();
    let cors = &template.properties("InboxBucket")["CorsConfiguration"]["CorsRules"];
    assert_eq!(cors.as_array().unwrap().len(), 1);
    let origins = cors[0]["AllowedOrigins"].as_array().unwrap();
    let [origin] = origins.as_slice() else {
        panic!("one origin, not {origins:?}");
    };
    let functions = &template.as_json()["Globals"]["Function"]["Environment"]["Variables"];
    assert_eq!(
        origin["Fn::If"],
        json!(["IsEmulated", { "Ref": "EmulatedPageOrigin" }, functions["SLUICE_PAGE_ORIGIN"]])
    );
    assert_eq!(cors[0]["AllowedMethods"], json!(["GET", "PUT"]));
    let headers = cors[0]["AllowedHeaders"].as_array().unwrap();
    assert!(
        headers
            .iter()
            .all(|header| !header.as_str().unwrap().contains('*'))
    );
}

#[test]
fn buckets_and_queues_take_tls_alone_and_buckets_are_nobody_elses() {
    let template = Template::load();
    for (id, bucket) in template.of_type("AWS::S3::Bucket") {
        let itself = json!({ "Fn::GetAtt": format!("{id}.Arn") });
        let objects = json!({ "Fn::Sub": format!("${{{id}.Arn}}/*") });
        let policy = template.properties(&format!("{id}Policy"));
        assert_eq!(policy["Bucket"], json!({ "Ref": id }));
        assert!(tls_only(policy, &json!([itself, objects])), "{id}");
        let block = bucket["Properties"]["PublicAccessBlockConfiguration"]
            .as_object()
            .unwrap();
        assert_eq!(block.len(), 4, "{id}");
        assert!(block.values().all(|is| *is == true), "{id}");
    }
    for (id, queue) in template.of_type("AWS::SQS::Queue") {
        let policy = template.properties(&format!("{id}Policy"));
        assert_eq!(policy["Queues"], json!([{ "Ref": id }]));
        assert!(
            tls_only(policy, &json!({ "Fn::GetAtt": format!("{id}.Arn") })),
            "{id}"
        );
        assert_eq!(queue["Properties"]["SqsManagedSseEnabled"], true, "{id}");
    }
}

/// What the inbox's policy refuses, whatever a role allows: of a deployment, where roles are.
fn refused(sid: &str) -> (Value, Value) {
    let template = Template::load();
    let policy = template.properties("InboxBucketPolicy");
    let statements = policy["PolicyDocument"]["Statement"].as_array().unwrap();
    let deployed = statements.iter().map(|statement| {
        let conditional = &statement["Fn::If"];
        if conditional.is_null() {
            return statement;
        }
        assert_eq!(conditional[0], "IsDeployed");
        assert_eq!(conditional[2], json!({ "Ref": "AWS::NoValue" }));
        &conditional[1]
    });
    let statement = deployed
        .into_iter()
        .find(|statement| statement["Sid"] == sid)
        .unwrap_or_else(|| panic!("there is no {sid}"));
    assert_eq!(statement["Effect"], "Deny", "{sid}");
    assert_eq!(statement["Principal"], "*", "{sid}");
    let (action, condition) = (&statement["Action"], &statement["Condition"]);
    (action.clone(), condition.clone())
}

#[test]
fn the_inbox_itself_refuses_what_replaces_and_addresses_that_are_old() {
    let put = json!("s3:PutObject");
    let without_condition = json!({ "Null": { "s3:if-none-match": "true" } });
    assert_eq!(
        refused("UploadsReplaceNothing"),
        (put.clone(), without_condition)
    );
    let milliseconds = Profile::standard().upload.valid_minutes * 60_000;
    let old = json!({ "NumericGreaterThan": { "s3:signatureAge": milliseconds.to_string() } });
    assert_eq!(refused("UploadsByFreshAddressesOnly"), (put, old));
    let tls = json!({ "NumericLessThan": { "s3:TlsVersion": "1.2" } });
    assert_eq!(refused("NoOldTls"), (json!("s3:*"), tls));
}

#[test]
fn nobody_but_the_functions_uploads_or_reads() {
    let arn = |role: &str| json!({ "Fn::GetAtt": format!("{role}.Arn") });
    let api = json!({ "ArnNotEquals": { "aws:PrincipalArn": arn("ApiRole") } });
    assert_eq!(refused("UploadsByApiOnly"), (json!("s3:PutObject"), api));
    let all = [arn("ApiRole"), arn("ReviewRole"), arn("IntakeRole")];
    let all = json!({ "ArnNotEquals": { "aws:PrincipalArn": all } });
    let read = json!(["s3:GetObject", "s3:GetObjectVersion"]);
    assert_eq!(refused("ReadByFunctionsOnly"), (read, all));
}
