//! The template, deployed by the emulator's CloudFormation.

use std::collections::HashMap;
use std::time::Duration;

use aws_sdk_cloudformation::Client;
use aws_sdk_cloudformation::error::DisplayErrorContext;
use aws_sdk_cloudformation::types::{Capability, Parameter, ResourceStatus, Stack, StackStatus};
use aws_sdk_s3::types::{BucketLocationConstraint, CreateBucketConfiguration};
use aws_types::SdkConfig;
use sluice_functions::Clients;
use sluice_local::account::REGION;

use crate::template;

/// How long a message is hidden while `intake` works on it, in seconds. In AWS it is the template's half an hour; here nobody wants to
/// wait that long for a second try, and no file takes a minute.
const VISIBILITY_SECONDS: u64 = 60;
/// The template's name in its bucket.
const KEY: &str = "template.yaml";
/// How often the deployment is asked how far it is.
const PAUSE: Duration = Duration::from_millis(200);
/// How long it may take.
const PATIENCE: Duration = Duration::from_mins(3);

/// What the deployment made, by the names of the template's outputs.
#[derive(Debug, Clone)]
pub(crate) struct Deployed {
    outputs: HashMap<String, String>,
}

/// The deployment failed. A sentence for the person at the terminal.
#[derive(Debug, thiserror::Error)]
#[error("CloudFormation did not deploy the template: {0}")]
pub(crate) struct DeployError(String);

impl Deployed {
    /// An output's value.
    pub(crate) fn output(&self, name: &str) -> Result<&str, DeployError> {
        self.outputs
            .get(name)
            .map(String::as_str)
            .ok_or_else(|| DeployError(format!("it has no output {name}")))
    }
}

/// Deploys the template as the stack `name`, whose uploads come from `page_origin`.
pub(crate) async fn deploy(
    config: &SdkConfig,
    name: &str,
    page_origin: &str,
) -> Result<Deployed, DeployError> {
    let template = put_template(config, name).await?;
    let client = Client::new(config);
    let parameter = |key: &str, value: &str| {
        Parameter::builder()
            .parameter_key(key)
            .parameter_value(value)
            .build()
    };
    client
        .create_stack()
        .stack_name(name)
        .template_url(template)
        .capabilities(Capability::CapabilityIam)
        .capabilities(Capability::CapabilityAutoExpand)
        .parameters(parameter("Emulated", "true"))
        .parameters(parameter("EmulatedPageOrigin", page_origin))
        .parameters(parameter(
            "IntakeVisibilitySeconds",
            &VISIBILITY_SECONDS.to_string(),
        ))
        .send()
        .await
        .map_err(|error| DeployError(DisplayErrorContext(error).to_string()))?;
    let finished = async {
        loop {
            let stack = describe(&client, name).await?;
            match stack.stack_status() {
                Some(StackStatus::CreateInProgress) => tokio::time::sleep(PAUSE).await,
                Some(StackStatus::CreateComplete) => return Ok(outputs(&stack)),
                _ => return Err(why(&client, name, &stack).await),
            }
        }
    };
    tokio::time::timeout(PATIENCE, finished)
        .await
        .map_err(|_| {
            DeployError(format!(
                "it is not done after {} seconds",
                PATIENCE.as_secs()
            ))
        })?
}

/// Puts the template where CloudFormation reads it; its address. By word of mouth it may have 51,200 bytes, which is less.
async fn put_template(config: &SdkConfig, name: &str) -> Result<String, DeployError> {
    let failed = |error: &dyn std::error::Error| {
        DeployError(format!(
            "the template was not put into a bucket: {}",
            DisplayErrorContext(error)
        ))
    };
    let s3 = Clients::from_config(config).s3.client();
    let bucket = format!("{name}-template");
    let region = CreateBucketConfiguration::builder()
        .location_constraint(BucketLocationConstraint::from(REGION))
        .build();
    let made = s3.create_bucket().bucket(&bucket);
    let made = made.create_bucket_configuration(region).send().await;
    made.map_err(|error| failed(&error))?;
    let put = s3.put_object().bucket(&bucket).key(KEY);
    let put = put.body(template::packaged().into_bytes().into()).send();
    put.await.map_err(|error| failed(&error))?;
    let endpoint = config.endpoint_url().unwrap_or_default();
    Ok(format!("{endpoint}/{bucket}/{KEY}"))
}

async fn describe(client: &Client, name: &str) -> Result<Stack, DeployError> {
    let answer = client
        .describe_stacks()
        .stack_name(name)
        .send()
        .await
        .map_err(|error| DeployError(DisplayErrorContext(error).to_string()))?;
    let stack = answer.stacks().first().cloned();
    stack.ok_or_else(|| DeployError(format!("it does not know the stack {name} any more")))
}

fn outputs(stack: &Stack) -> Deployed {
    let outputs = stack.outputs().iter().filter_map(|output| {
        Some((
            output.output_key()?.to_owned(),
            output.output_value()?.to_owned(),
        ))
    });
    Deployed {
        outputs: outputs.collect(),
    }
}

/// The first resource that failed says more than the stack.
async fn why(client: &Client, name: &str, stack: &Stack) -> DeployError {
    let events = client.describe_stack_events().stack_name(name).send().await;
    let failed = events.ok().and_then(|events| {
        let failed = events
            .stack_events()
            .iter()
            .rev()
            .find(|event| event.resource_status() == Some(&ResourceStatus::CreateFailed))?;
        let reason = failed.resource_status_reason()?;
        Some(format!("{}: {reason}", failed.logical_resource_id()?))
    });
    let stack = stack.stack_status_reason().unwrap_or("it gives no reason");
    DeployError(failed.unwrap_or_else(|| stack.to_owned()))
}
