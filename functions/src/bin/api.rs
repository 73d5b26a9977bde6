//! The `api` function.
use sluice_functions::{Backend, api};

#[tokio::main]
async fn main() -> Result<(), lambda_http::Error> {
    lambda_http::tracing::init_default_subscriber();
    let backend = Backend::from_environment().await?;
    lambda_http::run(api::router(backend)).await
}
