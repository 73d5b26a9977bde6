//! What a running `api` takes for a request that needs no storage.

use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};
use sluice_functions::Function;
use sluice_load::{Failure, Figure, Times, grouped};

use crate::engine_stack::EngineStack;
use crate::process::Process;

const REQUESTS: usize = 1_000;
const BEFORE: usize = 20;
const MOST: Duration = Duration::from_millis(5);

pub(super) async fn figure(engines: &EngineStack, folder: &Path) -> Result<Figure, Failure> {
    let mut api = Process::start(engines, folder, Function::Api).await?;
    let mut taken = Vec::with_capacity(REQUESTS);
    for number in 0..BEFORE + REQUESTS {
        let (time, answer) = api.runtime.invoke(health().to_string()).await?;
        let answer: Value = serde_json::from_slice(&answer)?;
        if answer["statusCode"] != 200 {
            return Err(format!("`api` answers {answer}").into());
        }
        if number >= BEFORE {
            taken.push(time);
        }
        api.runtime.polled().await?;
    }
    let times: Times = taken.into_iter().collect();
    Ok(Figure::aiming(
        format!(
            "`api`: a warm request without storage, {} of them",
            grouped(REQUESTS as u64)
        ),
        times.words(&[50, 99]),
        "under 5 ms",
        times.percentile(99) < MOST,
    ))
}

/// `GET /api/health` as an HTTP API of API Gateway hands it over.
fn health() -> Value {
    let path = "/api/health";
    json!({
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": "",
        "headers": { "host": "api.example.org", "accept": "application/json", "x-forwarded-proto": "https" },
        "requestContext": {
            "accountId": "000000000000",
            "apiId": "api",
            "domainName": "api.example.org",
            "domainPrefix": "api",
            "http": {
                "method": "GET",
                "path": path,
                "protocol": "HTTP/1.1",
                "sourceIp": "192.0.2.1",
                "userAgent": "measuring",
            },
            "requestId": "id",
            "routeKey": "$default",
            "stage": "$default",
            "time": "26/Nov/2026:12:00:00 +0000",
            "timeEpoch": 1_795_694_400_000_u64,
        },
        "isBase64Encoded": false,
    })
}
