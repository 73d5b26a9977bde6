//! The lines of a file around one of them.

use super::{TaskId, kept::with_file, pieces::pieces_until};
use sluice_shared::files::{Line, LinesAround};

/// Lines of a file that was read: `line`, and `around` before and after it.
pub(super) fn around(file: TaskId, line: u64, around: u64) -> Result<Vec<Line>, String> {
    with_file(file, |kept| {
        let mut lines = LinesAround::new(line, around);
        if let Some(content) = &kept.content {
            pieces_until(content, |piece| lines.push(piece));
        }
        lines.finish()
    })
}
