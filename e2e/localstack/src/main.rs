//! `sluice-localstack`: Sluice on emulators of AWS. Its command line is that of `sluice-local`; what it needs beside is told by the
//! environment (`surroundings.rs`).
//!
//! What is deployed comes from `infra/template.yaml` by `CloudFormation`; the functions are the built Lambda programs behind
//! cargo-lambda's runtime API; their messages come by an event source mapping as the template describes it. Sign-in, certificates and the
//! page are those of the embedded stack, since the emulator has neither Cognito nor `CloudFront`.

mod aws;
mod deploy;
mod environment;
mod faketime;
mod gateway;
mod runtime;
mod sqs;
mod stack;
mod surroundings;
mod template;

use std::process::ExitCode;

use sluice_local::arguments::{Command, HELP};
use sluice_local::stack::mint_token;
use sluice_local::{program, welcome};

use stack::Stack;
use surroundings::Surroundings;

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
        Command::Help => print!("{}", HELP.replace("sluice-local", "sluice-localstack")),
        Command::Token { person, state } => println!("{}", mint_token(&state, &person)?),
        Command::Up(options) => {
            program::log();
            let surroundings = Surroundings::read()?;
            let stack = Stack::start(&options, surroundings)
                .await
                .map_err(|error| error.to_string())?;
            print!("{}", welcome::text(stack.urls(), &options.state));
            program::asked_to_stop().await?;
            println!("Stopping. The emulator forgets what was sent.");
            stack.stop().await;
        }
    }
    Ok(())
}
