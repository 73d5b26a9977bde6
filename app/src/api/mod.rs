//! Everything that the page fetches. One way to ask ([`Api`]), one kind of failure ([`ApiError`]).

mod answers;
mod client;
mod error;
pub mod http;
mod page_requests;

pub use answers::parse_json;
pub use client::{Api, use_api};
pub use error::ApiError;
pub use page_requests::{PageRequests, use_page_requests};
pub use sluice_shared::api::*;
