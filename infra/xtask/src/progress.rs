//! What is being done, how long it has been at it, and how much is left.

use std::io::{IsTerminal as _, Write as _};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::failure::Outcome;

/// Off a terminal, how often a step in progress is heard from.
const SAID_EVERY: Duration = Duration::from_secs(20);

/// The steps of one task. A step begins, says how far it is, and ends; several may run at once.
pub(crate) struct Board {
    state: Mutex<State>,
    terminal: bool,
}

struct State {
    planned: usize,
    begun: usize,
    active: Vec<Active>,
}

struct Active {
    number: usize,
    name: String,
    since: Instant,
    said: Instant,
    detail: String,
}

impl Board {
    /// A board for a task of about `planned` steps.
    pub(crate) fn new(planned: usize) -> Arc<Self> {
        let board = Arc::new(Self {
            state: Mutex::new(State {
                planned,
                begun: 0,
                active: Vec::new(),
            }),
            terminal: std::io::stderr().is_terminal(),
        });
        let ticking = Arc::downgrade(&board);
        thread::spawn(move || {
            while let Some(board) = ticking.upgrade() {
                board.tick();
                drop(board);
                thread::sleep(Duration::from_millis(500));
            }
        });
        board
    }

    /// Runs `work` as a step that people see.
    pub(crate) fn step<T>(
        &self,
        name: &str,
        work: impl FnOnce(&Step<'_>) -> Outcome<T>,
    ) -> Outcome<T> {
        let since = Instant::now();
        let number = {
            let mut state = self.state();
            state.begun += 1;
            let number = state.begun;
            state.planned = state.planned.max(number);
            if !self.terminal {
                eprintln!("[{number}/{}] {name} …", state.planned);
            }
            state.active.push(Active {
                number,
                name: name.to_owned(),
                since,
                said: since,
                detail: String::new(),
            });
            number
        };
        let outcome = work(&Step {
            board: self,
            number,
        });
        let mut state = self.state();
        state.active.retain(|active| active.number != number);
        let ending = if outcome.is_ok() { "done" } else { "FAILED" };
        self.clear();
        eprintln!(
            "[{number}/{}] {name}: {ending} in {}",
            state.planned,
            elapsed(since)
        );
        outcome
    }

    /// A line that stays.
    pub(crate) fn say(&self, line: &str) {
        let _held = self.state();
        self.clear();
        eprintln!("{line}");
    }

    fn tick(&self) {
        let mut state = self.state();
        let planned = state.planned;
        if self.terminal {
            let line: Vec<String> = state
                .active
                .iter()
                .map(|active| active.line(planned))
                .collect();
            if !line.is_empty() {
                self.clear();
                let width = terminal_width();
                eprint!(
                    "{}",
                    line.join(" · ").chars().take(width - 1).collect::<String>()
                );
                let _ = std::io::stderr().flush();
            }
            return;
        }
        for active in &mut state.active {
            if active.said.elapsed() >= SAID_EVERY {
                active.said = Instant::now();
                eprintln!("{}", active.line(planned));
            }
        }
    }

    fn clear(&self) {
        if self.terminal {
            eprint!("\r\x1b[2K");
        }
    }

    /// A panic elsewhere must not hide what the others have to say.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Active {
    fn line(&self, planned: usize) -> String {
        let Self {
            number,
            name,
            since,
            detail,
            ..
        } = self;
        let gap = if detail.is_empty() { "" } else { " " };
        format!(
            "[{number}/{planned}] {name}{gap}{detail} ({})",
            elapsed(*since)
        )
    }
}

/// A step in progress.
pub(crate) struct Step<'a> {
    board: &'a Board,
    number: usize,
}

impl Step<'_> {
    /// How far the step is, say `132 of 345`.
    pub(crate) fn detail(&self, detail: String) {
        let mut state = self.board.state();
        if let Some(active) = state
            .active
            .iter_mut()
            .find(|active| active.number == self.number)
        {
            active.detail = detail;
        }
    }

    /// A line that stays.
    pub(crate) fn say(&self, line: &str) {
        self.board.say(line);
    }
}

fn terminal_width() -> usize {
    std::env::var("COLUMNS")
        .ok()
        .and_then(|text| text.parse().ok())
        .filter(|&width| width > 20)
        .unwrap_or(80)
}

pub(crate) fn elapsed(since: Instant) -> String {
    let seconds = since.elapsed().as_secs();
    format!("{}:{:02}", seconds / 60, seconds % 60)
}
