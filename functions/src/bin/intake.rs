//! The `intake` function.
use aws_lambda_events::event::sqs::SqsEvent;
use lambda_runtime::{LambdaEvent, service_fn};
use sluice_functions::{Backend, intake, logs};

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    logs::start();
    let backend = Backend::of_intake()?;
    lambda_runtime::run(service_fn(|event: LambdaEvent<SqsEvent>| async {
        Ok::<_, lambda_runtime::Error>(intake::handle(&backend, event.payload).await)
    }))
    .await
}
