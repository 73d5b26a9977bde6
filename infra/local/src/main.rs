//! `sluice-local`: starts the embedded stack, or mints a token of it.

use std::process::ExitCode;

use clap::Parser as _;
use sluice_local::arguments::{Arguments, Command};
use sluice_local::stack::{Stack, mint_token_ahead};
use sluice_local::{program, welcome};

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
    match Arguments::parse().command {
        Command::Token {
            person,
            state,
            ahead_seconds,
        } => println!("{}", mint_token_ahead(&state, &person, ahead_seconds)?),
        Command::Up(options) => {
            program::log();
            let state = options.state.clone();
            let stack = Stack::start(options)
                .await
                .map_err(|error| error.to_string())?;
            print!("{}", welcome::text(stack.urls(), &state));
            program::asked_to_stop().await?;
            println!("Stopping. What was sent is kept.");
            stack.stop().await;
        }
    }
    Ok(())
}
