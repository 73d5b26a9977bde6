//! One process of a function, started again when it ends, as Lambda does.

use std::collections::BTreeMap;
use std::fs::File;
use std::future::Future;
use std::process::Stdio;
use std::time::Duration;

use sluice_functions::Function;
use tokio::process::Command;
use tokio::time::Instant;

use super::{RuntimeConfig, RuntimeError};

/// The first pause before a process is started again; each further one is twice as long.
const SHORTEST: Duration = Duration::from_millis(200);
/// The longest pause.
const LONGEST: Duration = Duration::from_secs(30);
/// A process that ran for so long did not fail at its start.
const STEADY: Duration = Duration::from_secs(10);

/// Keeps one process of the function running, for as long as the future is polled.
pub(super) fn keep(
    config: &RuntimeConfig,
    function: Function,
    environment: &BTreeMap<String, String>,
    number: usize,
    runtime: &str,
) -> Result<impl Future<Output = ()> + Send + use<>, RuntimeError> {
    let name = function.name();
    let path = config.logs.join(format!("{name}-{number}.log"));
    let log = File::create(&path).map_err(|source| RuntimeError::File {
        path: path.display().to_string(),
        source,
    })?;
    let program = config.programs.join(name);
    let runtime = format!("{runtime}/.rt/{name}");
    let environment = environment.clone();
    Ok(async move {
        let mut pause = SHORTEST;
        loop {
            let since = Instant::now();
            let ended = run(&program, name, &runtime, &environment, &log).await;
            if since.elapsed() > STEADY {
                pause = SHORTEST;
            }
            tracing::warn!(
                function = name,
                number,
                ended,
                "a function ended; starting another in {pause:?}"
            );
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(LONGEST);
        }
    })
}

/// Runs the process to its end; how it ended.
async fn run(
    program: &std::path::Path,
    name: &str,
    runtime: &str,
    environment: &BTreeMap<String, String>,
    log: &File,
) -> String {
    let (Ok(out), Ok(errors)) = (log.try_clone(), log.try_clone()) else {
        return "its log cannot be written".to_owned();
    };
    let child = Command::new(program)
        .env_clear()
        .envs(environment)
        .env("AWS_LAMBDA_RUNTIME_API", runtime)
        .env("AWS_LAMBDA_FUNCTION_NAME", name)
        .env("AWS_LAMBDA_FUNCTION_VERSION", "1")
        .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024")
        .stdin(Stdio::null())
        .stdout(out)
        .stderr(errors)
        .kill_on_drop(true)
        .spawn();
    match child {
        Ok(mut child) => match child.wait().await {
            Ok(status) => status.to_string(),
            Err(error) => error.to_string(),
        },
        Err(error) => format!("{}: {error}", program.display()),
    }
}
