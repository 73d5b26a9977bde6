//! LocalStack itself: started from what `cargo xtask` installed, on loopback, in a folder of its own, with nothing kept.
//!
//! In a container where there is a Docker engine; otherwise as a process, with AWS's own DynamoDB Local beside it. That one listens on
//! all interfaces, which it has no setting against; everything else listens on loopback alone.

use std::fs::{self, File};
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use aws_sdk_dynamodb::error::DisplayErrorContext;
use tokio::process::{Child, Command};
use tokio::time::Instant;

use crate::{aws, health};

/// What the template needs of it.
const SERVICES: &str = "cloudformation,dynamodb,dynamodbstreams,events,iam,kms,logs,s3,sns,sqs,sts";
/// How long it may take until it is well.
const PATIENCE: Duration = Duration::from_mins(2);
/// How long it gets to end.
const GRACE: Duration = Duration::from_secs(15);

/// What there is to start.
#[derive(Debug, Clone)]
pub(crate) enum Installed {
    /// `SLUICE_LOCALSTACK_HOME`: a folder with a Python environment in `venv` and its libraries in `lib`.
    Home(PathBuf),
    /// `SLUICE_LOCALSTACK_IMAGE`: an image for a Docker engine.
    Image(String),
}

impl Installed {
    /// Reads the process's environment.
    pub(crate) fn from_environment() -> Option<Self> {
        let set = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
        set("SLUICE_LOCALSTACK_HOME")
            .map(|home| Self::Home(home.into()))
            .or_else(|| set("SLUICE_LOCALSTACK_IMAGE").map(Self::Image))
    }
}

/// Where it listens; 0 is any free port.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct EmulatorPorts {
    /// LocalStack, for every service.
    pub(crate) all: u16,
    /// DynamoDB Local, which LocalStack asks, and whoever wants to be answered sooner.
    pub(crate) tables: u16,
}

impl EmulatorPorts {
    fn filled(self) -> io::Result<Self> {
        let filled = |port| if port == 0 { free_port() } else { Ok(port) };
        Ok(Self {
            all: filled(self.all)?,
            tables: filled(self.tables)?,
        })
    }
}

/// Why there is no emulator.
#[derive(Debug, thiserror::Error)]
pub(crate) enum EmulatorError {
    /// It is not well in time.
    #[error("LocalStack {0}. What it said is in {1}")]
    Unwell(String, String),
    /// A file or a program.
    #[error("{0}: {1}")]
    File(String, io::Error),
}

/// A running LocalStack. Dropped, it is told to end; [`Emulator::stop`] waits for that.
#[derive(Debug)]
pub(crate) struct Emulator {
    port: u16,
    child: Child,
    /// Its process group: it starts DynamoDB Local, which has to end with it.
    group: Option<String>,
    root: Option<PathBuf>,
}

impl Emulator {
    /// Starts it on `ports`, 0 being any free one, and waits until it is well. What it says goes to `log`.
    pub(crate) async fn start(
        installed: &Installed,
        ports: EmulatorPorts,
        log: &Path,
    ) -> Result<Self, EmulatorError> {
        let file = |path: &Path| {
            let path = path.display().to_string();
            move |error| EmulatorError::File(path, error)
        };
        let EmulatorPorts { all: port, tables } = ports.filled().map_err(file(log))?;
        let out = File::create(log).map_err(file(log))?;
        let errors = out.try_clone().map_err(file(log))?;
        let (mut command, root) = match installed {
            Installed::Home(home) => {
                let root = root(home, port).map_err(file(home))?;
                (process(home, &root, port, tables), Some(root))
            }
            Installed::Image(image) => (container(image, port, tables), None),
        };
        let child = command
            .stdin(Stdio::null())
            .stdout(out)
            .stderr(errors)
            // Ctrl-C in a terminal goes to the whole group: the stack that uses it has to end first.
            .process_group(0)
            .spawn()
            .map_err(|error| EmulatorError::File("LocalStack".to_owned(), error))?;
        let mut emulator = Self {
            port,
            group: child.id().map(|process| format!("-{process}")),
            child,
            root,
        };
        let since = Instant::now();
        let unwell = |how: String| EmulatorError::Unwell(how, log.display().to_string());
        while !health::is_well(port).await {
            if let Ok(Some(status)) = emulator.child.try_wait() {
                return Err(unwell(format!("ended with {status}")));
            }
            if since.elapsed() > PATIENCE {
                return Err(unwell("does not answer".to_owned()));
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        emulator.wake_tables().await.map_err(unwell)?;
        Ok(emulator)
    }

    /// DynamoDB Local starts with the first call that LocalStack has for it. Whoever calls it directly finds it there.
    async fn wake_tables(&self) -> Result<(), String> {
        let tables = aws_sdk_dynamodb::Client::new(&aws::config(&self.url()));
        let listed = tables.list_tables().send().await;
        listed.map(drop).map_err(|error| {
            let cause = DisplayErrorContext(error);
            format!("does not list its tables: {cause}")
        })
    }

    /// Scheme, host and port.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Ends it, DynamoDB Local with it.
    pub(crate) async fn stop(mut self) {
        self.signal("-TERM");
        if tokio::time::timeout(GRACE, self.child.wait())
            .await
            .is_err()
        {
            self.signal("-KILL");
        }
        self.group = None;
        if let Some(root) = &self.root {
            let _ = fs::remove_dir_all(root);
        }
    }

    fn signal(&self, signal: &str) {
        if let Some(group) = &self.group {
            let _ = std::process::Command::new("kill")
                .args([signal, "--", group])
                .status();
        }
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        self.signal("-TERM");
    }
}

/// A root folder for this run: the libraries are shared, nothing else.
fn root(home: &Path, port: u16) -> io::Result<PathBuf> {
    let root = home.join(format!("run-{port}"));
    let _ = fs::remove_dir_all(&root);
    let state = root.join("var/lib/localstack");
    fs::create_dir_all(&state)?;
    symlink(home.join("lib"), state.join("lib"))?;
    Ok(root)
}

fn process(home: &Path, root: &Path, port: u16, tables: u16) -> Command {
    let mut command = Command::new(home.join("venv/bin/python"));
    command
        .args(["-m", "localstack.runtime.main"])
        .env("OVERRIDE_IN_DOCKER", "0")
        .env("FILESYSTEM_ROOT", root)
        .env("DNS_ADDRESS", "0")
        .env("SKIP_SSL_CERT_DOWNLOAD", "1")
        .env("GATEWAY_LISTEN", format!("{}:{port}", loopback()));
    for (name, value) in settings(port, tables) {
        command.env(name, value);
    }
    command
}

fn container(image: &str, port: u16, tables: u16) -> Command {
    let mut command = Command::new("docker");
    command.args([
        "run",
        "--rm",
        "--publish",
        &format!("127.0.0.1:{port}:4566"),
        "--publish",
        &format!("127.0.0.1:{tables}:{tables}"),
    ]);
    for (name, value) in settings(port, tables) {
        command.arg("--env").arg(format!("{name}={value}"));
    }
    command.arg(image);
    command
}

/// What it is told either way.
fn settings(port: u16, tables: u16) -> [(&'static str, String); 10] {
    [
        ("LOCALSTACK_HOST", format!("127.0.0.1:{port}")),
        ("SERVICES", SERVICES.to_owned()),
        ("STRICT_SERVICE_LOADING", "1".to_owned()),
        // It tells its makers nothing.
        ("DISABLE_EVENTS", "1".to_owned()),
        ("DYNAMODB_LOCAL_PORT", tables.to_string()),
        ("DYNAMODB_IN_MEMORY", "1".to_owned()),
        // One database, whatever access key asks: a session of an organisation has one of its own.
        ("DYNAMODB_SHARE_DB", "1".to_owned()),
        ("PROVIDER_OVERRIDE_DYNAMODB", "v2".to_owned()),
        // Without it, an upload's signature would be worth nothing.
        ("S3_SKIP_SIGNATURE_VALIDATION", "0".to_owned()),
        ("SQS_ENDPOINT_STRATEGY", "path".to_owned()),
    ]
}

/// The address to listen on. Of one of IPv4 it takes the port alone and listens on all interfaces; not so of one of IPv6, and this one is
/// 127.0.0.1 in the words of IPv6. A machine without IPv6 has to take what there is.
fn loopback() -> &'static str {
    let mapped = (Ipv4Addr::LOCALHOST.to_ipv6_mapped(), 0);
    if TcpListener::bind(mapped).is_ok() {
        "[::ffff:127.0.0.1]"
    } else {
        "127.0.0.1"
    }
}

/// Somebody else may take it in between; then whoever wanted it says so.
fn free_port() -> io::Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    Ok(listener.local_addr()?.port())
}
