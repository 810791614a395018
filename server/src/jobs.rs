//! What happens without anybody asking.

use tokio::sync::watch;

/// Until the server is told to stop.
pub(crate) async fn stopped(stopping: &mut watch::Receiver<bool>) {
    // The sender lives as long as the server: an error cannot come before the value.
    stopping.wait_for(|stop| *stop).await.ok();
}
