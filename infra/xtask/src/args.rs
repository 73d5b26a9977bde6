//! What one can ask for on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::page::PageProfile;

#[derive(Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    about = "Sluice's own commands"
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) task: Task,
}

#[derive(Subcommand)]
pub(crate) enum Task {
    /// Install what is missing, build the page and the embedded stack, and start them on this machine
    Up(UpOptions),
    /// Build the page alone, as it is released, into .sluice/page
    Page {
        /// Build it quickly, not as it is released
        #[arg(long)]
        quick: bool,
        /// List its files in .sluice/page-release.json, to be signed and served beside it
        #[arg(long, conflicts_with_all = ["quick", "watch"])]
        list: bool,
        /// Build it quickly, and again whenever its sources change; it reloads itself in the browser
        #[arg(long)]
        watch: bool,
        /// Stop watching when the process that started this one ends
        #[arg(long, hide = true, requires = "watch")]
        for_parent: bool,
    },
    /// Run all tests, those in the browser included, and install what they need
    Test {
        /// Run one part alone
        #[arg(long)]
        only: Option<Part>,
        /// Run the tests on LocalStack and cargo-lambda alone: the same as --only localstack
        #[arg(long, conflicts_with = "only")]
        localstack: bool,
    },
    /// Measure what README's figures say, in the browser and natively, and print them as one table
    Figures(FiguresOptions),
    /// Say whether what an address serves is the page that was released there
    VerifyPage(VerifyPageOptions),
    /// Print an access token of a demo person, for scripts against a running stack
    Token {
        /// Who, for example supplier-aro-1
        person: String,
    },
}

#[derive(Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the command line"
)]
pub(crate) struct UpOptions {
    /// The page's port; the four ports after it are used too
    #[arg(long, default_value_t = 8600)]
    pub(crate) port: u16,
    /// Forget all data of the stack and start over with the demo data
    #[arg(long)]
    pub(crate) fresh: bool,
    /// Deploy the template to LocalStack and run the Lambda functions under cargo-lambda, instead of the embedded stack
    #[arg(long)]
    pub(crate) localstack: bool,
    /// Serve the page as it is released: smaller and quicker, and minutes longer to build
    #[arg(long)]
    release: bool,
    /// Build the page again whenever its sources change, and reload it in the browser
    #[arg(long, conflicts_with = "release")]
    pub(crate) watch: bool,
}

impl UpOptions {
    pub(crate) fn profile(&self) -> PageProfile {
        match (self.release, self.watch) {
            (true, _) => PageProfile::Release,
            (false, true) => PageProfile::Watched,
            (false, false) => PageProfile::Quick,
        }
    }
}

/// A part of the tests, for who works on one side.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Part {
    /// Form, clippy, licences and advisories of dependencies, the template
    Lint,
    /// Tests in Rust
    Rust,
    /// The API held to its OpenAPI document, on the embedded stack
    Api,
    /// The page in a browser, on the embedded stack
    Browser,
    /// The functions' tests and the browser's, on LocalStack and cargo-lambda
    Localstack,
}

/// Which page, and whom to believe about it.
#[derive(Args)]
pub(crate) struct VerifyPageOptions {
    /// The page's address
    pub(crate) url: String,
    /// The authorities that may issue the certificate of whoever releases: certificates in PEM
    #[arg(long)]
    pub(crate) anchors: PathBuf,
    /// Whoever releases, as the certificate names them: CN=Sluice release,O=DCC,C=GB
    #[arg(long)]
    pub(crate) signer: String,
}

/// What to measure; the page and the code that it shares with the intake, if nothing is said.
#[derive(Args)]
pub(crate) struct FiguresOptions {
    /// Measure the functions as they are deployed: size, cold start, warm time, memory
    #[arg(long)]
    pub(crate) functions: bool,
    /// Measure an embedded stack under load
    #[arg(long, conflicts_with = "functions")]
    pub(crate) load: bool,
    /// With --load: measure the functions on LocalStack and cargo-lambda instead
    #[arg(long, requires = "load")]
    pub(crate) localstack: bool,
}
