//! A pause between looks at what is being written.
use std::time::Duration;

/// Long enough for a write in between to be over, and short beside the request that waits.
const PAUSE: Duration = Duration::from_millis(20);

/// None before the first look (attempt 0); longer before each further one.
pub(crate) async fn pause_before(attempt: u32) {
    if attempt > 0 {
        tokio::time::sleep(PAUSE * attempt).await;
    }
}
