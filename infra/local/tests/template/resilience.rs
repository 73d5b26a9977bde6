//! What must not be lost cannot be lost by a slip: kept when the stack goes, restorable, delivered again, counted.

use serde_json::{Value, json};
use sluice_functions::Function;
use sluice_functions::metrics::{Metric, NAMESPACE};

use super::sam_template::Template;

#[test]
fn what_holds_records_outlives_the_stack() {
    let template = Template::load();
    let kinds = [
        "AWS::DynamoDB::Table",
        "AWS::S3::Bucket",
        "AWS::KMS::Key",
        "AWS::Cognito::UserPool",
        "AWS::Logs::LogGroup",
    ];
    for (id, resource) in kinds.iter().flat_map(|kind| template.of_type(kind)) {
        assert_eq!(resource["DeletionPolicy"], "Retain", "{id}");
        assert_eq!(resource["UpdateReplacePolicy"], "Retain", "{id}");
    }
    // `Fn::If`: condition, emulated, deployed.
    for (id, table) in template.of_type("AWS::DynamoDB::Table") {
        let deployed = |name: &str| &table["Properties"][name]["Fn::If"][2];
        assert_eq!(deployed("DeletionProtectionEnabled"), true, "{id}");
        assert_eq!(
            deployed("PointInTimeRecoverySpecification")["PointInTimeRecoveryEnabled"],
            true,
            "{id}"
        );
        assert_eq!(deployed("SSESpecification")["SSEType"], "KMS", "{id}");
    }
}

#[test]
fn a_message_stays_hidden_for_longer_than_intake_may_take() {
    let template = Template::load();
    let timeout = template.properties(&Function::Intake.logical_id())["Timeout"]
        .as_u64()
        .unwrap();
    let hidden = &template.as_json()["Parameters"]["IntakeVisibilitySeconds"]["Default"];
    assert!(
        hidden.as_u64().unwrap() >= 6 * timeout,
        "{hidden} s, against {timeout} s"
    );
}

#[test]
fn every_function_logs_to_its_own_group_and_tells_when_it_fails_or_is_throttled() {
    let template = Template::load();
    let dashboard = &template.properties("Dashboard")["DashboardBody"]["Fn::Sub"];
    for function in Function::ALL {
        let id = function.logical_id();
        let properties = template.properties(&id);
        let group = json!({ "Ref": function.log_id() });
        assert_eq!(properties["LoggingConfig"]["LogGroup"], group, "{id}");
        let itself = json!([{ "Name": "FunctionName", "Value": { "Ref": id } }]);
        for metric in ["Errors", "Throttles"] {
            let watched = template
                .of_type("AWS::CloudWatch::Alarm")
                .map(|(_, alarm)| &alarm["Properties"])
                .any(|alarm| alarm["MetricName"] == metric && alarm["Dimensions"] == itself);
            assert!(watched, "no alarm of {metric} of {id}");
        }
        let shown = dashboard.as_str().unwrap();
        assert_eq!(shown.matches(&format!("${{{id}}}")).count(), 2, "{id}");
    }
}

#[test]
fn alarms_and_dashboard_know_the_metrics_by_their_names() {
    let template = Template::load();
    for (id, alarm) in template.of_type("AWS::CloudWatch::Alarm") {
        let properties = &alarm["Properties"];
        if properties["Namespace"] == NAMESPACE {
            let name = properties["MetricName"].as_str().unwrap();
            assert!(Metric::NAMES.contains(&name), "{id}: {name}");
        }
        assert_ne!(properties["AlarmActions"], Value::Null, "{id} tells nobody");
    }
    let dashboard = template.properties("Dashboard")["DashboardBody"]["Fn::Sub"]
        .as_str()
        .unwrap();
    for name in Metric::NAMES {
        assert!(
            dashboard.contains(name),
            "the dashboard does not show {name}"
        );
    }
}
