//! Everything that the page fetches. One way to ask ([`Api`]), one kind of failure ([`ApiError`]).

mod answers;
mod client;
mod error;
pub mod http;

pub use answers::parse_json;
pub use client::{Api, use_api};
pub use error::ApiError;
pub use sluice_shared::api::*;
