//! What one can ask for on the command line.

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
    /// Build the page alone, into .sluice/page
    Page(PageOptions),
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
    /// Print an access token of a demo person, for scripts against a running stack
    Token {
        /// Who, for example supplier-aro-1
        person: String,
    },
}

#[derive(Args)]
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
    #[command(flatten)]
    pub(crate) page: PageOptions,
}

#[derive(Args)]
pub(crate) struct PageOptions {
    /// Build the page quickly: neither optimised nor compressed
    #[arg(long = "dev")]
    dev: bool,
}

impl PageOptions {
    pub(crate) fn profile(&self) -> PageProfile {
        if self.dev {
            PageProfile::Dev
        } else {
            PageProfile::Release
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
    /// The page in a browser, on the embedded stack
    Browser,
    /// The functions' tests and the browser's, on LocalStack and cargo-lambda
    Localstack,
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
