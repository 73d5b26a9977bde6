//! Where things lie.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::command::{plain_cargo, which};
use crate::failure::{Failure, Outcome};

/// The folders of this clone.
#[derive(Clone)]
pub(crate) struct Workspace {
    root: PathBuf,
    target: PathBuf,
    /// The compiler in whose place clippy compiles.
    linter: Option<PathBuf>,
}

impl Workspace {
    pub(crate) fn find() -> Outcome<Self> {
        let start =
            std::env::current_dir().map_err(|error| Failure::file(Path::new("."), &error))?;
        let root = start
            .ancestors()
            .find(|folder| folder.join("infra/xtask/Cargo.toml").is_file())
            .ok_or_else(|| {
                Failure::new(
                    "This is not a clone of Sluice.",
                    "Run the command inside the clone.",
                )
            })?
            .to_path_buf();
        let target = std::env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| root.join("target"), |set| start.join(set));
        Ok(Self {
            root,
            target,
            linter: None,
        })
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The same, where all lints look at whatever is compiled of this clone: what was checked need not be compiled again to be run.
    /// Libraries are compiled once for both.
    pub(crate) fn linting(&self) -> Self {
        Self {
            linter: which("clippy-driver"),
            ..self.clone()
        }
    }

    /// Whether [`Workspace::linting`] found a linter.
    pub(crate) fn lints(&self) -> bool {
        self.linter.is_some()
    }

    /// Cargo's folder for what runs on this machine.
    pub(crate) fn target(&self) -> &Path {
        &self.target
    }

    /// Cargo's folder for the page: another compiler may build it, and two builds in one folder wait for each other.
    pub(crate) fn page_target(&self) -> PathBuf {
        self.target.join("page")
    }

    /// A cargo command in the root, for what runs on this machine.
    pub(crate) fn cargo(&self) -> Command {
        let mut cargo = plain_cargo();
        cargo
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", &self.target);
        if let Some(linter) = &self.linter {
            cargo.env("RUSTC_WORKSPACE_WRAPPER", linter);
        }
        cargo
    }

    pub(crate) fn app(&self) -> PathBuf {
        self.root.join("app")
    }

    /// The built page.
    pub(crate) fn page_folder(&self) -> PathBuf {
        self.sluice("page")
    }

    /// Data of the embedded stack.
    pub(crate) fn state(&self) -> PathBuf {
        self.sluice("state")
    }

    /// What was installed for this clone alone.
    pub(crate) fn tools(&self) -> PathBuf {
        self.sluice("tools")
    }

    /// What the steps' commands said in full.
    pub(crate) fn log(&self, step: &str) -> PathBuf {
        self.sluice("logs").join(format!("{step}.log"))
    }

    pub(crate) fn sluice(&self, name: &str) -> PathBuf {
        self.root.join(".sluice").join(name)
    }
}
