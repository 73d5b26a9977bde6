//! A function as a process, as Lambda starts it.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use sluice_functions::Function;
use sluice_load::Failure;

use crate::engine_stack::EngineStack;
use crate::runtime::Runtime;

/// A function that runs. It ends when this is dropped.
pub(super) struct Process {
    child: Child,
    /// What it polls.
    pub(super) runtime: Runtime,
    /// From the start of the process to its first poll.
    pub(super) started_in: Duration,
}

impl Process {
    /// Starts a function, and waits until it asks for work.
    pub(super) async fn start(
        engines: &EngineStack,
        folder: &Path,
        function: Function,
    ) -> Result<Self, Failure> {
        let name = function.name();
        let mut runtime = Runtime::start().await?;
        let mut command = Command::new(folder.join(name));
        command
            .env_clear()
            .envs(engines.environment(function))
            .env("AWS_LAMBDA_RUNTIME_API", runtime.address())
            .stdin(Stdio::null())
            .stdout(Stdio::null());
        let began = Instant::now();
        let child = command
            .spawn()
            .map_err(|error| format!("`{name}` of {} does not start: {error}", folder.display()))?;
        // From here on the child is ended whatever happens.
        let mut process = Ending(Some(child));
        let polled = runtime.polled().await.map_err(|error| {
            format!("`{name}` starts and does not ask for work; what it said is above ({error})")
        })?;
        let child = process.0.take().ok_or("there is no process")?;
        Ok(Self {
            child,
            runtime,
            started_in: polled.duration_since(began),
        })
    }

    /// The most memory that the process ever had in hand (`VmHWM`), in KiB.
    pub(super) fn peak(&self) -> Result<u64, Failure> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        peak_of(&status).ok_or_else(|| "this system does not say what a process took".into())
    }
}

fn peak_of(status: &str) -> Option<u64> {
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

impl Drop for Process {
    fn drop(&mut self) {
        end(&mut self.child);
    }
}

struct Ending(Option<Child>);

impl Drop for Ending {
    fn drop(&mut self) {
        if let Some(child) = &mut self.0 {
            end(child);
        }
    }
}

fn end(child: &mut Child) {
    // It may have ended by itself.
    let _ = child.kill();
    let _ = child.wait();
}

#[cfg(test)]
mod tests {
    use super::peak_of;

    #[test]
    fn the_peak_is_read_as_linux_writes_it() {
        assert_eq!(
            peak_of("VmPeak:\t  999 kB\nVmHWM:\t   118784 kB\nVmRSS:\t 1 kB\n"),
            Some(118_784)
        );
        assert_eq!(peak_of("VmRSS:\t 1 kB\n"), None);
    }
}
