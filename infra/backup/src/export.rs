use std::path::Path;

use aws_sdk_dynamodb::Client;
use sha2::{Digest, Sha256};
use sluice_functions::{Tables, schema};
use tokio::fs::File;
use tokio::io::{AsyncWriteExt, BufWriter};

use crate::BackupError;
use crate::folder::{self, Held, Manifest};
use crate::table::Scan;

/// Writes all tables into `folder`; how many items.
///
/// A table is read over some time, and the tables one after the other: what is written meanwhile may be in one and not in another. So
/// export what stands still: tables restored to one instant, or a deployment whose functions are stopped.
pub async fn export(client: &Client, tables: &Tables, folder: &Path) -> Result<usize, BackupError> {
    folder::make(folder).await?;
    let mut manifest = Manifest::default();
    let mut items = 0;
    for (table, name) in schema::all(tables) {
        let held = one(client, name, &folder::file(folder, table.name)).await?;
        items += held.items;
        manifest.tables.insert(table.name.to_owned(), held);
    }
    folder::write(folder, &manifest).await?;
    Ok(items)
}

async fn one(client: &Client, name: &str, path: &Path) -> Result<Held, BackupError> {
    let broken = || BackupError::file(path);
    let mut file = BufWriter::new(File::create(path).await.map_err(broken())?);
    let mut digest = Sha256::new();
    let mut items = 0;
    let mut scan = Scan::new(client, name);
    while let Some(lines) = scan.next().await? {
        for line in lines {
            let text = line.text + "\n";
            digest.update(&text);
            file.write_all(text.as_bytes()).await.map_err(broken())?;
            items += 1;
        }
    }
    file.flush().await.map_err(broken())?;
    file.into_inner().sync_all().await.map_err(broken())?;
    Ok(Held {
        items,
        sha256: hex::encode(digest.finalize()),
    })
}
