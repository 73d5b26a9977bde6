//! Lambda functions of Sluice: `api` answers Users, `review` DCC staff, `intake` checks and records what Users send.
//!
//! A handler parses, calls the domain (`sluice-shared`), stores, answers. Stores and adapters are concrete: tests run them
//! against embedded engines (`tests/engines`), since AWS is known through the SDK and `AWS_ENDPOINT_URL_*` alone.
pub mod api;
mod backend;
mod call_failure;
mod changing;
mod clients;
mod content_disposition;
mod deciding;
pub mod error;
mod function;
pub mod inbox;
pub mod intake;
mod known;
pub mod logs;
pub mod metrics;
mod need;
pub mod needs;
mod noted_today;
pub mod oidc;
mod ports;
pub mod queue;
mod receipts;
pub mod schema;
mod settings;
pub mod stores;
mod tenants;
mod token_claims;
mod token_of_machine;
mod token_signatures;
mod trust;

pub use backend::Backend;
pub use call_failure::CallFailure;
pub use clients::{Clients, S3Access};
pub use function::Function;
pub use ports::{Clock, Ports, Random, Step, StepHook};
pub use receipts::{ReceiptError, ReceiptKey, receipt_of};
pub use settings::{
    EdgeKey, Networks, ReceiptKeySource, ReceiptSettings, Settings, SettingsError, Tables, variable,
};
pub use tenants::session_policy;
