//! The `review` function.
use sluice_functions::{Backend, api, logs};

#[tokio::main]
async fn main() -> Result<(), lambda_http::Error> {
    logs::start();
    let backend = Backend::of_review()?;
    lambda_http::run(api::staff_router(backend)).await
}
