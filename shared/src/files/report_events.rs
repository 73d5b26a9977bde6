//! What the rows of one event have to have in common.

use super::communication_rows::RowKey;
use super::{ReportColumn, ReportRow};
use crate::finding::ReportDefect;
use crate::identifiers::Eui64;
use crate::quarantine::Breach;

/// The first row of each event: by it all others are read.
#[derive(Debug, Default)]
pub(super) struct FirstRows(Vec<FirstRow>);

#[derive(Debug)]
struct FirstRow {
    line: u64,
    user_id: Eui64,
    breach: Breach,
}

impl FirstRows {
    /// In which columns a row says otherwise than the first one of its event. Only a row that has been asked about stands for its event.
    pub(super) fn differences(
        &mut self,
        key: &RowKey,
        row: &ReportRow,
    ) -> Vec<(ReportColumn, ReportDefect)> {
        let Some(first) = self.0.get(key.event as usize) else {
            // Events are numbered in the order in which rows name them.
            self.0.push(FirstRow {
                line: row.line,
                user_id: row.user_id(),
                breach: row.breach,
            });
            return Vec::new();
        };
        let mut found = Vec::new();
        if first.user_id != row.user_id() {
            let several = ReportDefect::SeveralUserIds {
                user_id: first.user_id,
                first: first.line,
            };
            found.push((ReportColumn::UserId, several));
        }
        if first.breach != row.breach {
            let several = ReportDefect::SeveralBreaches {
                breach: first.breach.as_str(),
                first: first.line,
            };
            found.push((ReportColumn::Breach, several));
        }
        found
    }
}
