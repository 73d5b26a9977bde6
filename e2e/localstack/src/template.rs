//! What the emulated stack takes from `infra/template.yaml`: all of it for the deployment, and how its mapping feeds `intake`.

use std::time::Duration;

use saphyr::{LoadableYamlNode, Yaml};
use sluice_functions::Function;
use sluice_local::mapping::MappingConfig;

/// The template as it was built with.
const TEXT: &str = include_str!("../../../infra/template.yaml");

/// Stands for the code that `aws cloudformation package` would have uploaded. The condition leaves the functions out, but a
/// deployment looks at their addresses before that.
const LEFT_OUT: &str = "s3://left-out/functions-run-beside";

/// The template is not what this program knows.
#[derive(Debug, thiserror::Error)]
#[error("infra/template.yaml: {0}")]
pub(crate) struct TemplateError(String);

/// The template as it is handed to CloudFormation: as `aws cloudformation package` leaves it.
pub(crate) fn packaged() -> String {
    let lines = TEXT.lines().map(|line| {
        ["CodeUri: ", "ContentUri: "]
            .iter()
            .find_map(|key| {
                line.split_once(key)
                    .map(|(indent, _)| format!("{indent}{key}{LEFT_OUT}"))
            })
            .unwrap_or_else(|| line.to_owned())
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// How the template's event source mapping of this name works, with at most `most` batches at a time: a machine of two cores is not Lambda.
pub(crate) fn mapping_config(event: &str, most: usize) -> Result<MappingConfig, TemplateError> {
    let documents = Yaml::load_from_str(TEXT).map_err(|error| TemplateError(error.to_string()))?;
    let id = Function::Intake.logical_id();
    let mapping = [
        "Resources",
        &id,
        "Properties",
        "Events",
        event,
        "Properties",
    ]
    .iter()
    .try_fold(&documents[0], |yaml, key| yaml.as_mapping_get(key))
    .ok_or_else(|| TemplateError(format!("{id} has no event named {event}")))?;
    let number = |key: &str| mapping.as_mapping_get(key).and_then(Yaml::as_integer);
    let reports = mapping
        .as_mapping_get("FunctionResponseTypes")
        .and_then(Yaml::as_sequence)
        .is_some_and(|types| {
            types
                .iter()
                .any(|name| name.as_str() == Some("ReportBatchItemFailures"))
        });
    if !reports {
        return Err(TemplateError(
            "the mapping does not ask intake which messages failed".to_owned(),
        ));
    }
    Ok(MappingConfig {
        // As AWS has it where the template says nothing.
        batch: number("BatchSize")
            .and_then(|size| size.try_into().ok())
            .unwrap_or(10),
        window: Duration::from_secs(
            number("MaximumBatchingWindowInSeconds")
                .and_then(|seconds| seconds.try_into().ok())
                .unwrap_or(0),
        ),
        at_once: most,
        hold: None,
        retry: None,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn no_code_is_looked_for_on_this_machine() {
        let packaged = packaged();
        let addresses: Vec<&str> = packaged
            .lines()
            .filter_map(|line| line.split_once("Uri: "))
            .filter(|(key, _)| key.ends_with("Code") || key.ends_with("Content"))
            .map(|(_, address)| address)
            .collect();
        // That of each function, and the trust layer.
        assert_eq!(addresses, vec![LEFT_OUT; Function::ALL.len() + 1]);
        assert_eq!(packaged.lines().count(), TEXT.lines().count());
    }

    #[test]
    fn the_mapping_is_the_templates() {
        for event in ["Queue", "Decisions"] {
            let config = mapping_config(event, 4).unwrap();
            assert_eq!(
                (config.batch, config.window, config.at_once),
                (1, Duration::ZERO, 4),
                "{event}"
            );
            assert!(config.hold.is_none() && config.retry.is_none(), "as in AWS");
        }
    }
}
