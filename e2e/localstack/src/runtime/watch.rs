//! `cargo lambda watch`: the runtime API that the functions poll, and the addresses that invoke them.

use std::fs::File;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::process::{Child, Command};
use tokio::time::Instant;

use super::RuntimeError;

/// How long it may take until it listens.
const PATIENCE: Duration = Duration::from_secs(30);

/// The running program.
#[derive(Debug)]
pub(super) struct Watch {
    port: u16,
    _child: Child,
}

impl Watch {
    /// Starts it on a free port. It builds nothing and starts no function: those are built already, several of each run, and tests may
    /// kill one.
    pub(super) async fn start(program: &Path, logs: &Path) -> Result<Self, RuntimeError> {
        let path = logs.join("cargo-lambda.log");
        let said = path.display().to_string();
        let file = |source| RuntimeError::File {
            path: said.clone(),
            source,
        };
        // Somebody else may take it in between; then cargo-lambda says so.
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .and_then(|listener| listener.local_addr())
            .map_err(file)?
            .port();
        let out = File::create(&path).map_err(file)?;
        let errors = out.try_clone().map_err(file)?;
        let workspace = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../functions"));
        let mut child = Command::new(program)
            .args(["lambda", "watch", "--only-lambda-apis", "--ignore-changes"])
            .args([
                "--invoke-address",
                "127.0.0.1",
                "--invoke-port",
                &port.to_string(),
            ])
            .args(["--disable-cors", "--color", "never"])
            .current_dir(workspace)
            .stdin(Stdio::null())
            .stdout(out)
            .stderr(errors)
            .kill_on_drop(true)
            .spawn()
            .map_err(|source| RuntimeError::File {
                path: program.display().to_string(),
                source,
            })?;
        let since = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port))
            .await
            .is_err()
        {
            if let Ok(Some(status)) = child.try_wait() {
                return Err(RuntimeError::Watch(format!("it ended with {status}"), said));
            }
            if since.elapsed() > PATIENCE {
                return Err(RuntimeError::Watch("it does not listen".to_owned(), said));
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok(Self {
            port,
            _child: child,
        })
    }

    /// Scheme, host and port.
    pub(super) fn base(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}
