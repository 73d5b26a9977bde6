//! `sluice-functions-figures FOLDER`: measures the functions `api` and `intake` that lie in the folder, built as they are deployed, and
//! prints a figure a line. Each runs as a process of its own against a stand-in for Lambda's runtime API; storage is an embedded stack.
//!
//! A cold start is the function's part of one: from the start of its process to its first poll, the program being in the machine's memory.
//! What Lambda does before (a sandbox, fetching and unpacking the program) is not in it.

mod engines;
mod memory;
mod process;
mod runtime;
mod size;
mod starts;
mod warm;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use engines::Engines;
use sluice_load::{Failure, Figure};

/// Both functions, by the names of their programs.
const FUNCTIONS: [&str; 2] = ["api", "intake"];

#[tokio::main]
async fn main() -> ExitCode {
    let Some(folder) = std::env::args().nth(1).map(PathBuf::from) else {
        eprintln!("sluice-functions-figures FOLDER: where `api` and `intake` are");
        return ExitCode::FAILURE;
    };
    match measure(&folder).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// One after the other: what is measured at once measures the other. Printed at once, so that a failure leaves what was seen.
async fn measure(folder: &Path) -> Result<(), Failure> {
    let print = |figures: Vec<Figure>| figures.iter().for_each(|figure| println!("{figure}"));
    for name in FUNCTIONS {
        print(vec![size::figure(folder, name)?]);
    }
    let engines = Engines::start().await?;
    for name in FUNCTIONS {
        print(vec![starts::figure(&engines, folder, name).await?]);
    }
    print(vec![warm::figure(&engines, folder).await?]);
    print(memory::figures(&engines, folder).await?);
    engines.stop().await;
    Ok(())
}
