//! `sluice-local`: starts the embedded stack, or mints a token of it.

use std::process::ExitCode;

use sluice_local::arguments::{Command, HELP};
use sluice_local::stack::{Stack, mint_token};
use sluice_local::welcome;
use tracing_subscriber::EnvFilter;

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), String> {
    match Command::parse(std::env::args().skip(1))? {
        Command::Help => print!("{HELP}"),
        Command::Token { person, state } => println!("{}", mint_token(&state, &person)?),
        Command::Up(options) => {
            log();
            let state = options.state.clone();
            let stack = Stack::start(options)
                .await
                .map_err(|error| error.to_string())?;
            print!("{}", welcome::text(stack.urls(), &state));
            asked_to_stop()
                .await
                .map_err(|error| format!("Ctrl-C cannot be listened for: {error}"))?;
            println!("Stopping. What was sent is kept.");
            stack.stop().await;
        }
    }
    Ok(())
}

/// Warnings and errors to standard error; more by `RUST_LOG`. `s3s` reports each refused request as an error: those are
/// the client's, and answered.
fn log() {
    let filter =
        EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn,s3s=off"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
}

/// Ctrl-C, or the signal that service managers send.
async fn asked_to_stop() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        let mut terminate =
            tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
        tokio::select! {
            interrupted = tokio::signal::ctrl_c() => interrupted,
            _ = terminate.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}
