use std::path::Path;

use aws_sdk_dynamodb::Client;
use sluice_functions::{Tables, schema};

use crate::BackupError;
use crate::restore::prints;
use crate::table::Scan;

/// In what tables and backup differ, by number of items.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Difference {
    /// In the backup alone. Items that expire may be among them, once `DynamoDB` has dropped them.
    pub missing: usize,
    /// In both, and not the same.
    pub changed: usize,
    /// In the tables alone.
    pub others: usize,
    /// The same in both.
    pub same: usize,
}

impl Difference {
    /// Whether there is none.
    pub fn is_none(&self) -> bool {
        self.missing + self.changed + self.others == 0
    }
}

/// Compares every item of the tables with the backup in `folder`.
pub async fn verify(
    client: &Client,
    tables: &Tables,
    folder: &Path,
) -> Result<Difference, BackupError> {
    let mut difference = Difference::default();
    for (table, name) in schema::all(tables) {
        let mut left = prints(folder, table.name).await?;
        let mut scan = Scan::new(client, name);
        while let Some(lines) = scan.next().await? {
            for line in lines {
                match left.remove(&line.key) {
                    None => difference.others += 1,
                    Some(print) if print == line.print() => difference.same += 1,
                    Some(_) => difference.changed += 1,
                }
            }
        }
        difference.missing += left.len();
    }
    Ok(difference)
}
