//! The whole: deploys, starts the functions, plays the mapping, serves the page.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::Arc;

use aws_sdk_kms::error::DisplayErrorContext;
use aws_types::SdkConfig;
use sluice_functions::{Backend, Clients, Function, Ports, Settings, SettingsError};
use sluice_local::demo::{self, DemoError};
use sluice_local::local_services::LocalServices;
use sluice_local::mapping::Mapping;
use sluice_local::options::Options;
use sluice_local::origin::Origin;
use sluice_local::pki;
use sluice_local::stack::{StartError, Urls};
use sluice_shared::instant::UtcTime;

use crate::deploy::{self, DeployError};
use crate::emulator::{Emulator, EmulatorError, EmulatorPorts};
use crate::runtime::{self, Invoker, Runtime, RuntimeConfig, RuntimeError};
use crate::sqs::SqsQueue;
use crate::template::{self, TemplateError};
use crate::tools::{Cloud, Tools};
use crate::{aws, environment, faketime, gateway};

/// Why the stack does not start.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// What every stack has.
    #[error(transparent)]
    Local(#[from] StartError),
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
    services: LocalServices,
    runtime: Runtime,
    emulator: Option<Emulator>,
}

impl Stack {
    /// Starts everything. The deployment is a new one each time: the emulator keeps nothing when it stops.
    pub(crate) async fn start(options: &Options, tools: Tools) -> Result<Self, Error> {
        let (mut services, listeners) = LocalServices::open(options).await?;
        // The functions are told of files by absolute paths, which tells them apart from texts.
        services.state = std::path::absolute(&services.state)
            .map_err(|error| Error::File(services.state.display().to_string(), error))?;
        let logs = services.state.join("logs");
        std::fs::create_dir_all(&logs)
            .map_err(|error| Error::File(logs.display().to_string(), error))?;
        let (emulator, own) = match tools.cloud {
            Cloud::Running(url) => (url, None),
            Cloud::Own(installed) => {
                let own = Emulator::start(
                    &installed,
                    EmulatorPorts::default(),
                    &logs.join("localstack.log"),
                )
                .await?;
                (own.url(), Some(own))
            }
        };
        let origin = emulator
            .strip_prefix("http://")
            .and_then(|address| address.parse().ok())
            .map(Origin::from_address)
            .ok_or_else(|| Error::Address(emulator.clone()))?;
        (services.urls.dynamodb, services.urls.sqs) = (origin.clone(), origin);
        let config = aws::config(&emulator);
        let name = format!("sluice-{}", services.clock.millis());
        let deployed = deploy::deploy(&config, &name, services.urls.page.as_str()).await?;

        let certificate = certificate(&config, &services, deployed.output("ReceiptKeyId")?).await?;
        let settings = environment::settings(&services, &deployed, certificate)?;
        seed(&config, &services, settings.for_function(Function::Api)).await?;
        let environments = environments(&settings, &services, &emulator, tools.faketime.as_deref())
            .map_err(|error| Error::File(services.state.display().to_string(), error))?;
        let runtime = Runtime::start(&RuntimeConfig {
            cargo_lambda: tools.cargo_lambda,
            programs: tools.programs,
            logs,
            environments,
        })
        .await?;

        let sqs = aws_sdk_sqs::Client::new(&config);
        for (event, output) in [
            ("Queue", "IntakeQueueUrl"),
            ("Decisions", "DecisionsQueueUrl"),
            ("Requests", "RequestsQueueUrl"),
        ] {
            let intake = Invoker::new(runtime.base(), Function::Intake);
            let mapping = Mapping {
                source: SqsQueue::new(sqs.clone(), deployed.output(output)?),
                config: template::mapping_config(event, runtime::PROCESSES)?,
                stop: services.stopping(),
                paused: services.paused(),
            };
            mapping.start(&mut services.tasks, move |event| {
                let intake = intake.clone();
                async move { intake.invoke(event).await }
            });
        }
        services.serve_identity(listeners.identity);
        services.serve_uploads(listeners.s3, gateway::uploads(&emulator));
        services.serve_page(listeners.page, gateway::api(runtime.base()));
        Ok(Self {
            services,
            runtime,
            emulator: own,
        })
    }

    /// Where everything is.
    pub(crate) fn urls(&self) -> &Urls {
        &self.services.urls
    }

    /// Takes no new work and lets what runs end; then the functions end, then the emulator.
    pub(crate) async fn stop(self) {
        self.services.stop().await;
        drop(self.runtime);
        if let Some(emulator) = self.emulator {
            emulator.stop().await;
        }
    }
}

/// The environment of each function. Where tests may move the clock, the functions follow it.
fn environments(
    settings: &Settings,
    services: &LocalServices,
    emulator: &str,
    faketime: Option<&Path>,
) -> io::Result<BTreeMap<Function, BTreeMap<String, String>>> {
    let clock = match faketime {
        Some(library) => faketime::follow(&services.clock, library, &services.state)?,
        None => BTreeMap::new(),
    };
    let folder = services.state.join("settings");
    std::fs::create_dir_all(&folder)?;
    let mut environments = BTreeMap::new();
    for &function in Function::ALL {
        let settings = settings.for_function(function);
        let mut environment = environment::environment(&settings, services, emulator, &folder)?;
        environment.extend(clock.clone());
        environments.insert(function, environment);
    }
    Ok(environments)
}

/// The certificate of the receipt key in KMS, by the demo CA. DEPLOYING has the same for a real one.
async fn certificate(
    config: &SdkConfig,
    services: &LocalServices,
    key: &str,
) -> Result<String, Error> {
    let answer = aws_sdk_kms::Client::new(config)
        .get_public_key()
        .key_id(key)
        .send()
        .await
        .map_err(|error| Error::Receipts(DisplayErrorContext(error).to_string()))?;
    let spki = answer
        .public_key
        .ok_or_else(|| Error::Receipts("KMS gives no public key".to_owned()))?;
    services
        .authority
        .issue_for_receipts(spki.as_ref(), services.clock.now())
        .map_err(|error: pki::Error| Error::Receipts(error.to_string()))
}

/// Writes the demo data into the deployment's tables, as the functions would.
async fn seed(
    config: &SdkConfig,
    services: &LocalServices,
    settings: Settings,
) -> Result<(), Error> {
    let clock = services.clock.clone();
    let ports = Ports {
        clock: Arc::new(move || UtcTime::from_unix_millis(clock.millis())),
        ..Ports::system()
    };
    let backend = Backend::reading_uploads(&Clients::from_config(config), settings, ports)?;
    forget_the_last_deployment(&services.state)?;
    Ok(demo::prepare(&backend, &services.state).await?)
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
