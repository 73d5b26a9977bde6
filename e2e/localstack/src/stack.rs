//! The whole: deploys, starts the functions, plays the mapping, serves the page.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::Arc;

use aws_sdk_kms::error::DisplayErrorContext;
use aws_types::SdkConfig;
use sluice_functions::{Backend, Clients, Function, Ports, Settings, SettingsError};
use sluice_local::demo::{self, DemoError};
use sluice_local::ground::{Ground, StartError, Urls};
use sluice_local::mapping::Mapping;
use sluice_local::options::Options;
use sluice_local::origin::Origin;
use sluice_local::pki;
use sluice_shared::instant::UtcTime;

use crate::deploy::{self, DeployError};
use crate::emulator::{Emulator, EmulatorError};
use crate::runtime::{self, Invoker, Orders, Runtime, RuntimeError};
use crate::sqs::SqsQueue;
use crate::surroundings::{Cloud, Surroundings};
use crate::template::{self, TemplateError};
use crate::{aws, environment, faketime, gateway};

/// Why the stack does not start.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// What every stack stands on.
    #[error(transparent)]
    Ground(#[from] StartError),
    /// The emulator.
    #[error(transparent)]
    Emulator(#[from] EmulatorError),
    /// The template cannot be read.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// The deployment.
    #[error(transparent)]
    Deploy(#[from] DeployError),
    /// The functions.
    #[error(transparent)]
    Runtime(#[from] RuntimeError),
    /// The functions do not take their settings.
    #[error("The functions cannot start: {0}")]
    Settings(#[from] SettingsError),
    /// The demo data.
    #[error(transparent)]
    Demo(#[from] DemoError),
    /// The receipt key or its certificate.
    #[error("There is no receipt certificate: {0}")]
    Receipts(String),
    /// `SLUICE_LOCALSTACK` makes no sense.
    #[error("SLUICE_LOCALSTACK must be like http://127.0.0.1:4566, not {0}")]
    Address(String),
    /// A file of the state.
    #[error("{0}: {1}")]
    File(String, std::io::Error),
}

/// A running stack. Dropped, it ends at once; [`Stack::stop`] ends it in good order.
#[derive(Debug)]
pub(crate) struct Stack {
    ground: Ground,
    runtime: Runtime,
    emulator: Option<Emulator>,
}

impl Stack {
    /// Starts everything. The deployment is a new one each time: the emulator keeps nothing when it stops.
    pub(crate) async fn start(
        options: &Options,
        surroundings: Surroundings,
    ) -> Result<Self, Error> {
        let (mut ground, listeners) = Ground::open(options).await?;
        // The functions are told of files by absolute paths, which tells them apart from texts.
        ground.state = std::path::absolute(&ground.state)
            .map_err(|error| Error::File(ground.state.display().to_string(), error))?;
        let logs = ground.state.join("logs");
        std::fs::create_dir_all(&logs)
            .map_err(|error| Error::File(logs.display().to_string(), error))?;
        let (emulator, own) = match surroundings.cloud {
            Cloud::Running(url) => (url, None),
            Cloud::Own(installed) => {
                let own = Emulator::start(&installed, 0, &logs.join("localstack.log")).await?;
                (own.url(), Some(own))
            }
        };
        let origin = emulator
            .strip_prefix("http://")
            .and_then(|address| address.parse().ok())
            .map(Origin::of)
            .ok_or_else(|| Error::Address(emulator.clone()))?;
        (ground.urls.dynamodb, ground.urls.sqs) = (origin.clone(), origin);
        let config = aws::config(&emulator);
        let name = format!("sluice-{}", ground.clock.millis());
        let deployed = deploy::deploy(&config, &name, ground.urls.page.as_str()).await?;

        let certificate = certificate(&config, &ground, deployed.output("ReceiptKeyId")?).await?;
        let settings = environment::settings(&ground, &deployed, certificate)?;
        seed(&config, &ground, settings.for_function(Function::Api)).await?;
        let environments = environments(
            &settings,
            &ground,
            &emulator,
            surroundings.faketime.as_deref(),
        )
        .map_err(|error| Error::File(ground.state.display().to_string(), error))?;
        let runtime = Runtime::start(&Orders {
            cargo_lambda: surroundings.cargo_lambda,
            programs: surroundings.programs,
            logs,
            environments,
        })
        .await?;

        let queue = SqsQueue::new(
            aws_sdk_sqs::Client::new(&config),
            deployed.output("IntakeQueueUrl")?,
        );
        let intake = Invoker::new(runtime.base(), Function::Intake);
        let mapping = Mapping {
            source: queue,
            manner: template::manner(runtime::PROCESSES)?,
            stop: ground.stopping(),
            paused: ground.paused(),
        };
        mapping.start(&mut ground.tasks, move |event| {
            let intake = intake.clone();
            async move { intake.invoke(event).await }
        });
        ground.serve_identity(listeners.identity);
        ground.serve_uploads(listeners.s3, gateway::uploads(&emulator));
        ground.serve_page(listeners.page, gateway::api(runtime.base()));
        Ok(Self {
            ground,
            runtime,
            emulator: own,
        })
    }

    /// Where everything is.
    pub(crate) fn urls(&self) -> &Urls {
        &self.ground.urls
    }

    /// Takes no new work and lets what runs end; then the functions end, then the emulator.
    pub(crate) async fn stop(self) {
        self.ground.stop().await;
        drop(self.runtime);
        if let Some(emulator) = self.emulator {
            emulator.stop().await;
        }
    }
}

/// The environment of each function. Where tests may move the clock, the functions follow it.
fn environments(
    settings: &Settings,
    ground: &Ground,
    emulator: &str,
    faketime: Option<&Path>,
) -> io::Result<BTreeMap<Function, BTreeMap<String, String>>> {
    let clock = match faketime {
        Some(library) => faketime::follow(&ground.clock, library, &ground.state)?,
        None => BTreeMap::new(),
    };
    let folder = ground.state.join("settings");
    std::fs::create_dir_all(&folder)?;
    let mut environments = BTreeMap::new();
    for &function in Function::ALL {
        let settings = settings.for_function(function);
        let mut environment = environment::environment(&settings, ground, emulator, &folder)?;
        environment.extend(clock.clone());
        environments.insert(function, environment);
    }
    Ok(environments)
}

/// The certificate of the receipt key in KMS, by the demo CA. DEPLOYING has the same for a real one.
async fn certificate(config: &SdkConfig, ground: &Ground, key: &str) -> Result<String, Error> {
    let answer = aws_sdk_kms::Client::new(config)
        .get_public_key()
        .key_id(key)
        .send()
        .await
        .map_err(|error| Error::Receipts(DisplayErrorContext(error).to_string()))?;
    let spki = answer
        .public_key
        .ok_or_else(|| Error::Receipts("KMS gives no public key".to_owned()))?;
    ground
        .authority
        .issue_for_receipts(spki.as_ref(), ground.clock.now())
        .map_err(|error: pki::Error| Error::Receipts(error.to_string()))
}

/// Writes the demo data into the deployment's tables, as the functions would.
async fn seed(config: &SdkConfig, ground: &Ground, settings: Settings) -> Result<(), Error> {
    let clock = ground.clock.clone();
    let ports = Ports {
        clock: Arc::new(move || UtcTime::from_unix_millis(clock.millis())),
        ..Ports::system()
    };
    let backend = Backend::new(&Clients::from_config(config, true), settings, ports)?;
    forget_the_last_deployment(&ground.state)?;
    Ok(demo::prepare(&backend, &ground.state).await?)
}

/// The note that the demo data are there is about tables that are gone.
fn forget_the_last_deployment(state: &Path) -> Result<(), Error> {
    let note = state.join("demo.json");
    match std::fs::remove_file(&note) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(Error::File(note.display().to_string(), error))
        }
        _ => Ok(()),
    }
}
