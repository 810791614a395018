//! What happens without anybody asking.

use app::request::Chain;
use service::{ServiceError, Services};
use std::time::Duration;
use tokio::{sync::watch, time::MissedTickBehavior};

/// Every server does it; doing it twice does no harm.
const EVERY: Duration = Duration::from_mins(15);

/// Forgets what has expired, until told to stop.
pub(crate) async fn run(services: Services, mut stopping: watch::Receiver<bool>) {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = ticks.tick() => {
                note(services.sweep_imports().await);
                note(services.sweep_failed_rows().await);
                note(services.sweep_exports().await);
                note(services.sweep_sign_in().await);
            }
            () = stopped(&mut stopping) => return,
        }
    }
}

fn note<T>(swept: Result<T, ServiceError>) {
    if let Err(cause) = swept {
        let cause = Chain(&cause);
        tracing::error!(%cause, "cleaning up failed; it is tried again later");
    }
}

/// Until the server is told to stop.
pub(crate) async fn stopped(stopping: &mut watch::Receiver<bool>) {
    // The sender lives as long as the server: an error cannot come before the value.
    stopping.wait_for(|stop| *stop).await.ok();
}
