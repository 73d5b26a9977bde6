//! `sluice-release`: lists a built page, and holds what an address serves to a signed list.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use reqwest::Url;
use sluice_release::{Difference, Released, VerifyError, list_page, verify_page};
use sluice_shared::signature::{DistinguishedName, TrustAnchors};

/// What the page is made of, and whether that is what is served
#[derive(Debug, Parser)]
#[command(name = "sluice-release", arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write the list of a built page's files, to be signed
    List {
        /// The built page
        folder: PathBuf,
        /// Where the list goes
        list: PathBuf,
    },
    /// Say whether what an address serves is what was released
    Verify {
        /// The page's address
        url: Url,
        /// The authorities that may issue the certificate of whoever releases: certificates in PEM
        #[arg(long)]
        anchors: PathBuf,
        /// Whoever releases, as the certificate names them: CN=Sluice release,O=DCC,C=GB
        #[arg(long)]
        signer: String,
    },
}

#[tokio::main]
async fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::List { folder, list } => write_list(&folder, &list),
        Command::Verify {
            url,
            anchors,
            signer,
        } => verify(url, &anchors, &signer).await,
    };
    match done {
        Ok(said) => {
            println!("{said}");
            ExitCode::SUCCESS
        }
        Err(said) => {
            eprintln!("{said}");
            ExitCode::FAILURE
        }
    }
}

fn write_list(folder: &Path, list: &Path) -> Result<String, String> {
    let release = list_page(folder).map_err(|error| error.to_string())?;
    let mut json = serde_json::to_vec_pretty(&release).map_err(|error| error.to_string())?;
    json.push(b'\n');
    fs::write(list, json).map_err(|error| format!("{}: {error}", list.display()))?;
    Ok(format!(
        "{} files are listed in {}. infra/DEPLOYING.md says how it is signed.",
        release.files.len(),
        list.display()
    ))
}

async fn verify(url: Url, anchors: &Path, signer: &str) -> Result<String, String> {
    let pem = fs::read(anchors).map_err(|error| format!("{}: {error}", anchors.display()))?;
    let anchors =
        TrustAnchors::parse(&pem).map_err(|error| format!("{}: {error}", anchors.display()))?;
    let signer =
        DistinguishedName::parse(signer).map_err(|error| format!("\"{signer}\" {error}"))?;
    match verify_page(url.clone(), &anchors, &signer).await {
        Ok(released) => Ok(said_of(&url, &released)),
        Err(VerifyError::Differs(differences)) => Err(said_against(&url, &differences)),
        Err(error) => Err(format!("{url} cannot be trusted. {error}.")),
    }
}

fn said_of(url: &Url, released: &Released) -> String {
    let bytes: u64 = released
        .release
        .files
        .values()
        .map(|file| file.length)
        .sum();
    format!(
        "{url} serves version {} as {} released it on {}: {} files, {bytes} bytes, and the policy.\n\
         Its own addresses are no part of a release. See that they are yours:\n{}",
        released.release.version,
        released.signature.subject.as_str(),
        released.signature.signing_time.in_words(),
        released.release.files.len(),
        released.config.trim_end()
    )
}

fn said_against(url: &Url, differences: &[Difference]) -> String {
    let lines: Vec<String> = differences.iter().map(|one| format!("  {one}")).collect();
    format!(
        "{url} does not serve what was released. Let nobody sign there until it is known why.\n{}",
        lines.join("\n")
    )
}
