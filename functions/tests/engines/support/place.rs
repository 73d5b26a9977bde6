//! Where a world's engines are, and what is whose there.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_s3::config::{Credentials, SharedCredentialsProvider};
use aws_types::SdkConfig;
use serde_json::{Value, json};
use sluice_functions::{Backend, Clients, Ports, Settings, Tables};
use sluice_local::origin::Origin;
use sluice_local::pki::open_with_faults;
use sluice_local::stack::Urls;
use sluice_local::{aws, functions};
use time::OffsetDateTime;

use super::Queues;

/// Names a running `LocalStack`; without it the engines are the embedded ones.
const ENGINES: &str = "SLUICE_ENGINES";
/// Names the DynamoDB Local that it asks. Calls that go there directly come back sooner.
const TABLES: &str = "SLUICE_ENGINES_TABLES";

/// Addresses and names. Another process finds the same engines by its JSON.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) urls: Urls,
    /// On `LocalStack`, which all worlds share: the prefix of what is this world's.
    pub(crate) own: Option<String>,
    /// STS, whatever stands before the tables.
    sts: String,
    pki: PathBuf,
    /// Whether clients try again at once what failed.
    impatient: bool,
}

impl Place {
    /// The embedded engines, or what the environment names.
    pub(crate) fn chosen(embedded: &Urls, name: &str, pki: &Path) -> Self {
        let chosen = std::env::var(ENGINES).ok();
        let mut urls = embedded.clone();
        if let Some(address) = &chosen {
            let shared = origin(address);
            for service in [&mut urls.s3, &mut urls.dynamodb, &mut urls.sqs] {
                service.clone_from(&shared);
            }
            if let Ok(tables) = std::env::var(TABLES) {
                urls.dynamodb = origin(&tables);
            }
        }
        Self {
            sts: chosen.clone().unwrap_or_else(|| embedded.sts()),
            urls,
            own: chosen.map(|_| name.to_owned()),
            pki: pki.to_owned(),
            impatient: false,
        }
    }

    pub(crate) fn to_json(&self) -> Value {
        let urls = &self.urls;
        let address = |origin: &Origin| origin.as_str().to_owned();
        json!({
            "page": address(&urls.page), "identity": address(&urls.identity), "s3": address(&urls.s3),
            "dynamodb": address(&urls.dynamodb), "sqs": address(&urls.sqs), "sts": self.sts, "own": self.own, "pki": self.pki,
        })
    }

    pub(crate) fn of_json(json: &Value) -> Self {
        let at = |name: &str| origin(json[name].as_str().unwrap());
        Self {
            urls: Urls {
                page: at("page"),
                identity: at("identity"),
                s3: at("s3"),
                dynamodb: at("dynamodb"),
                sqs: at("sqs"),
                other_issuer: None,
            },
            sts: json["sts"].as_str().unwrap().to_owned(),
            own: json["own"].as_str().map(str::to_owned),
            pki: json["pki"].as_str().unwrap().into(),
            impatient: false,
        }
    }

    /// Its clients try as often as always and wait less in between: what fails on purpose need not take seconds.
    pub(crate) fn impatient(mut self) -> Self {
        self.impatient = true;
        self
    }

    /// Clients of the engines, as the functions have them.
    pub(crate) fn clients(&self) -> Clients {
        let of = |service| Clients::from_config(&self.config(service));
        Clients {
            s3: of(&self.urls.s3).s3,
            dynamodb: of(&self.urls.dynamodb).dynamodb,
            sqs: of(&self.urls.sqs).sqs,
            kms: of(&self.urls.sqs).kms,
            sts: self.sts(),
        }
    }

    fn sts(&self) -> aws_sdk_sts::Client {
        let config = self.config(&self.urls.dynamodb).to_builder();
        Clients::from_config(&config.endpoint_url(&self.sts).build()).sts
    }

    fn config(&self, service: &Origin) -> SdkConfig {
        let mut config = aws::config(service).to_builder();
        if self.impatient {
            let retries = RetryConfig::standard().with_initial_backoff(Duration::from_millis(5));
            config.set_retry_config(Some(retries));
        }
        if self.own.is_some() {
            // The one account whose presigned uploads `LocalStack` verifies without being told of it.
            let credentials = Credentials::new("test", "test", None, None, "localstack");
            let credentials = SharedCredentialsProvider::new(credentials);
            config.set_credentials_provider(Some(credentials));
        }
        config.build()
    }

    pub(crate) fn settings(&self) -> Settings {
        let now = OffsetDateTime::now_utc();
        let authority = open_with_faults(&self.pki, now).unwrap();
        let mut settings = functions::settings(&self.urls, &authority);
        if let Some(own) = &self.own {
            let name = |what: &str| format!("{own}-{what}");
            settings.tables = Tables {
                announcements: name("announcements"),
                submissions: name("submissions"),
                thresholds: name("thresholds"),
                quarantine: name("quarantine"),
                directory: name("directory"),
                decisions: name("decisions"),
                requests: name("requests"),
                activity: name("activity"),
                reviewing: name("reviewing"),
            };
            settings.inbox_bucket = name("inbox");
            settings.queue_url = self.localstack_queue(&name("intake"));
            settings.decisions_queue_url = self.localstack_queue(&name("decisions"));
            settings.requests_queue_url = self.localstack_queue(&name("requests"));
        }
        settings
    }

    pub(crate) fn backend(&self, ports: Ports) -> Arc<Backend> {
        Backend::reading_uploads(&self.clients(), self.settings(), ports).unwrap()
    }

    pub(crate) fn queues(&self) -> Queues {
        Queues::new(self.clients().sqs, &self.settings())
    }

    /// Where `LocalStack` has a queue.
    fn localstack_queue(&self, name: &str) -> String {
        let region = sluice_local::account::REGION;
        let account = sluice_local::account::ACCOUNT;
        format!("{}/queue/{region}/{account}/{name}", self.urls.sqs)
    }
}

fn origin(address: &str) -> Origin {
    Origin::from_address(address.trim_start_matches("http://").parse().unwrap())
}
