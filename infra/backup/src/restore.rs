use std::collections::HashMap;
use std::path::Path;

use aws_sdk_dynamodb::Client;
use sluice_functions::{Tables, schema};

use crate::BackupError;
use crate::folder::{self, Reader};
use crate::line::{Key, Line, Print};
use crate::table::{Scan, Writer};

/// What becomes of items that the backup does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Others {
    /// Any such item stops the restore before it writes.
    Refuse,
    /// They are removed.
    Remove,
}

/// What a restore did.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Restored {
    /// Items written, since they were missing or different.
    pub written: usize,
    /// Items removed, since the backup does not have them.
    pub removed: usize,
    /// Items that were as in the backup.
    pub kept: usize,
}

/// What has to be done to one table.
struct Plan<'a> {
    table: &'static str,
    name: &'a str,
    /// Of each item to write, its line's print.
    write: HashMap<Key, Print>,
    remove: Vec<Key>,
    kept: usize,
}

/// Makes the tables what the backup in `folder` says, and nothing else.
///
/// The whole backup is verified before the first write. What stopped half way is done by doing it again.
pub async fn restore(
    client: &Client,
    tables: &Tables,
    folder: &Path,
    others: Others,
) -> Result<Restored, BackupError> {
    let mut plans = Vec::new();
    for (table, name) in schema::all(tables) {
        let plan = plan(client, table.name, name, folder).await?;
        if others == Others::Refuse && !plan.remove.is_empty() {
            return Err(BackupError::Others {
                table: name.to_owned(),
                items: plan.remove.len(),
            });
        }
        plans.push(plan);
    }
    let mut done = Restored::default();
    for plan in plans {
        done.written += plan.write.len();
        done.removed += plan.remove.len();
        done.kept += plan.kept;
        carry_out(client, plan, folder).await?;
    }
    Ok(done)
}

/// The items of a table's file, which is verified on the way.
pub(crate) async fn prints(folder: &Path, table: &str) -> Result<HashMap<Key, Print>, BackupError> {
    let held = folder::held(folder, table).await?;
    let mut reader = Reader::open(folder, table).await?;
    let mut prints = HashMap::new();
    while let Some(text) = reader.next().await? {
        let line = Line::parse(&text);
        let line = line.map_err(|reason| BackupError::damaged(reader.path(), reason))?;
        let print = line.print();
        prints.insert(line.key, print);
    }
    reader.check(&held)?;
    Ok(prints)
}

async fn plan<'a>(
    client: &Client,
    table: &'static str,
    name: &'a str,
    folder: &Path,
) -> Result<Plan<'a>, BackupError> {
    let mut write = prints(folder, table).await?;
    let (mut remove, mut kept) = (Vec::new(), 0);
    let mut scan = Scan::new(client, name);
    while let Some(lines) = scan.next().await? {
        for line in lines {
            match write.get(&line.key) {
                None => remove.push(line.key),
                Some(print) if *print == line.print() => {
                    write.remove(&line.key);
                    kept += 1;
                }
                Some(_) => {}
            }
        }
    }
    Ok(Plan {
        table,
        name,
        write,
        remove,
        kept,
    })
}

async fn carry_out(client: &Client, plan: Plan<'_>, folder: &Path) -> Result<(), BackupError> {
    let mut writer = Writer::new(client, plan.name);
    for key in plan.remove {
        writer.delete(key).await?;
    }
    let mut reader = Reader::open(folder, plan.table).await?;
    while let Some(text) = reader.next().await? {
        let line = Line::parse(&text);
        let line = line.map_err(|reason| BackupError::damaged(reader.path(), reason))?;
        if plan.write.contains_key(&line.key) {
            writer.put(line).await?;
        }
    }
    writer.flush().await
}
