//! Folders in the machine's temporary folder that go away: with their owner, or, if that was killed, when the next one is made.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Once;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// What the names of all of them begin with, and nothing else's.
const PREFIX: &str = "sluice-test-";
/// Its owner holds this file locked; a killed process lets go of it.
const LOCK: &str = "lock";
/// What the owner gets to see. Not the folder itself: a stack that starts afresh empties it.
const CONTENT: &str = "content";
/// A folder without a lock is being made or removed; after this time nobody is at it any more.
const ABANDONED: Duration = Duration::from_hours(1);
/// How often removing is tried while a server that is ending still writes.
const TRIES: u32 = 100;
const PAUSE: Duration = Duration::from_millis(20);

/// A folder of a test's own, empty at first. Dropped, it is removed with all that is in it, also when the test fails.
#[derive(Debug)]
pub struct TestFolder {
    folder: PathBuf,
    content: PathBuf,
    lock: Option<File>,
}

impl TestFolder {
    /// Makes one, in [`std::env::temp_dir`].
    pub fn new() -> io::Result<Self> {
        static SWEEP: Once = Once::new();
        let temporary = std::env::temp_dir();
        SWEEP.call_once(|| sweep(&temporary));
        Self::make_in(&temporary)
    }

    fn make_in(temporary: &Path) -> io::Result<Self> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        loop {
            let number = NEXT.fetch_add(1, Ordering::Relaxed);
            let name = format!("{PREFIX}{}-{number}", std::process::id());
            let folder = temporary.join(name);
            match fs::create_dir(&folder) {
                // A killed process had the same number, and left it.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
                made => made?,
            }
            let lock = File::create(folder.join(LOCK))?;
            // Somebody who sweeps may have been quicker: then it is theirs to remove.
            if lock.try_lock().is_err() {
                continue;
            }
            let content = folder.join(CONTENT);
            fs::create_dir(&content)?;
            return Ok(Self {
                folder,
                content,
                lock: Some(lock),
            });
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.content
    }
}

impl Drop for TestFolder {
    fn drop(&mut self) {
        // The lock goes last: until then nobody else removes it at the same time.
        for _ in 0..TRIES {
            match fs::remove_dir_all(&self.folder) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => std::thread::sleep(PAUSE),
                _ => break,
            }
        }
        drop(self.lock.take());
    }
}

/// Removes what killed processes have left. What cannot be removed is in nobody's way.
fn sweep(temporary: &Path) {
    let entries = fs::read_dir(temporary).into_iter().flatten().flatten();
    let ours = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(PREFIX));
    for entry in ours {
        let folder = entry.path();
        match File::open(folder.join(LOCK)) {
            Ok(lock) => {
                if lock.try_lock().is_ok() {
                    let _ = fs::remove_dir_all(&folder);
                }
            }
            Err(_) if is_older_than(&folder, ABANDONED) => {
                let _ = fs::remove_dir_all(&folder);
            }
            Err(_) => {}
        }
    }
}

fn is_older_than(folder: &Path, age: Duration) -> bool {
    let modified = fs::metadata(folder).and_then(|metadata| metadata.modified());
    modified.is_ok_and(|at| at.elapsed().is_ok_and(|elapsed| elapsed > age))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// A temporary folder of its own, so that no other test sweeps it.
    fn temporary() -> TestFolder {
        TestFolder::new().unwrap()
    }

    #[test]
    fn a_folder_goes_with_its_owner_even_if_that_panics() {
        let temporary = temporary();
        let made = TestFolder::make_in(temporary.path()).unwrap();
        fs::write(made.path().join("file"), "content").unwrap();
        let panicking = std::panic::catch_unwind(move || {
            let _made = made;
            panic!("as a test that fails");
        });
        assert!(panicking.is_err());
        assert_eq!(fs::read_dir(temporary.path()).unwrap().count(), 0);
    }

    #[test]
    fn what_a_killed_process_left_is_swept_and_what_is_in_use_or_not_ours_stays() {
        let temporary = temporary();
        let in_use = TestFolder::make_in(temporary.path()).unwrap();
        let mut left = TestFolder::make_in(temporary.path()).unwrap();
        // A kill lets go of the lock and removes nothing.
        drop(left.lock.take());
        let being_made = temporary.path().join(format!("{PREFIX}being-made"));
        let foreign = temporary.path().join("somebody-elses");
        for folder in [&being_made, &foreign] {
            fs::create_dir(folder).unwrap();
        }
        sweep(temporary.path());
        assert!(!left.folder.exists());
        for stays in [in_use.path(), &being_made, &foreign] {
            assert!(stays.exists(), "{}", stays.display());
        }
    }

    #[test]
    fn what_nobody_has_locked_for_an_hour_is_abandoned() {
        let temporary = temporary();
        assert!(!is_older_than(temporary.path(), ABANDONED));
        std::thread::sleep(PAUSE);
        assert!(is_older_than(temporary.path(), Duration::from_millis(1)));
    }
}
