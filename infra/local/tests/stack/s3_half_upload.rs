//! An upload that stops half way leaves nothing: no object, no event, no bytes on disk.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::{engines, folder, presign_now, stored};

#[tokio::test]
async fn the_connection_drops_in_the_middle() {
    let folder = folder();
    let stack = engines(&folder).await;
    let content = "x".repeat(1_000_000);
    let upload = presign_now(&stack, "large-supplier/4F7K-2M9Q-XW3T-8HBD", &content).await;
    let host = stack.urls().s3.host().to_owned();
    let path = upload.url.split_once(&host).unwrap().1.to_owned();
    let mut head = format!("PUT {path} HTTP/1.1\r\nhost: {host}\r\n");
    for (name, value) in upload.headers.iter().filter(|(name, _)| name != "host") {
        head += &[name, ": ", value, "\r\n"].concat();
    }
    let uploads = folder.path().join("s3/uploads");
    let before = stack.queues().intake.counts();

    let mut connection = TcpStream::connect(&host).await.unwrap();
    connection
        .write_all(format!("{head}\r\n").as_bytes())
        .await
        .unwrap();
    connection
        .write_all(&content.as_bytes()[..500_000])
        .await
        .unwrap();
    until("the upload has begun", || {
        std::fs::read_dir(&uploads).unwrap().count() == 1
    })
    .await;
    connection.shutdown().await.unwrap();
    let _ = connection.read_to_end(&mut Vec::new()).await;
    drop(connection);
    until("its bytes are gone", || {
        std::fs::read_dir(&uploads).unwrap().count() == 0
    })
    .await;

    assert_eq!(stored(&stack).await, 0);
    assert_eq!(stack.queues().intake.counts(), before);
    assert_eq!(
        upload.put(&content).await.0,
        200,
        "the same address serves for the next try"
    );
}

/// Fails after ten seconds, which is far more than a working stack needs.
async fn until(what: &str, holds: impl Fn() -> bool) {
    for _ in 0..1_000 {
        if holds() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{what}: did not happen");
}
