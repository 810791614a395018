//! What happens without anybody asking.

use app::request::Chain;
use service::{ServiceError, Services, Worked};
use std::time::Duration;
use store::Store;
use tokio::{
    sync::watch,
    time::{MissedTickBehavior, sleep},
};

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

/// Mails of which this server is not told when they are due: other servers queued them, or they are tried again.
const MAILS_EVERY: Duration = Duration::from_secs(2);
const MAILS_AFTER_FAILURE: Duration = Duration::from_secs(30);
/// How long the mail in hand may take after the server was told to stop. One that does not end is sent again later.
const MAIL_GRACE: Duration = Duration::from_secs(30);

/// Sends what is queued, as soon as it is queued or due, until told to stop.
pub(crate) async fn send_mails(services: Services, mut stopping: watch::Receiver<bool>) {
    let mut told = stopping.clone();
    while !*stopping.borrow() {
        let sent = tokio::select! {
            sent = services.send_next_mail() => sent,
            () = async { stopped(&mut told).await; sleep(MAIL_GRACE).await } => return,
        };
        let pause = match sent {
            Ok(true) => continue,
            Ok(false) => MAILS_EVERY,
            Err(cause) => {
                let cause = Chain(&cause);
                tracing::error!(%cause, "the queue of mails cannot be worked on; it is tried again later");
                MAILS_AFTER_FAILURE
            }
        };
        tokio::select! {
            () = services.mail_queued() => {}
            () = sleep(pause) => {}
            () = stopped(&mut stopping) => {}
        }
    }
}

/// Text messages that are handed over at a time: each waits for the provider's answer, and holds a connection meanwhile.
pub(crate) const SENDERS: usize = 4;
/// Messages of which this server is not told when they are due: other servers queued them, or they are tried again.
const MESSAGES_EVERY: Duration = Duration::from_secs(1);
const MESSAGES_AFTER_FAILURE: Duration = Duration::from_secs(10);
/// How long the message in hand may take after the server was told to stop: a request, and writing down what came of it. Of one
/// that does not end the provider is asked later.
const MESSAGE_GRACE: Duration = Duration::from_secs(30);

/// Sends text messages, as soon as they are queued or due, until told to stop.
pub(crate) async fn send_messages(services: Services, mut stopping: watch::Receiver<bool>) {
    let mut told = stopping.clone();
    while !*stopping.borrow() {
        let worked = tokio::select! {
            worked = services.send_next_message() => worked,
            () = async { stopped(&mut told).await; sleep(MESSAGE_GRACE).await } => return,
        };
        let pause = match worked {
            Ok(Worked::Done) => continue,
            Ok(Worked::Idle { again_in }) => {
                again_in.map_or(MESSAGES_EVERY, |again_in| again_in.min(MESSAGES_EVERY))
            }
            Err(cause) => {
                let cause = Chain(&cause);
                tracing::error!(%cause, "the queue of messages cannot be worked on; it is tried again later");
                MESSAGES_AFTER_FAILURE
            }
        };
        tokio::select! {
            () = services.message_queued() => {}
            () = sleep(pause) => {}
            () = stopped(&mut stopping) => {}
        }
    }
}

const FEED_AFTER_FAILURE: Duration = Duration::from_secs(1);

/// Tells other servers of writes and hears of theirs, until told to stop.
pub(crate) async fn relay_feed(store: Store, mut stopping: watch::Receiver<bool>) {
    let relaying = async {
        loop {
            let Err(cause) = store.relay().await;
            tracing::warn!(cause = %Chain(&cause), "other servers cannot be told of changes, nor be heard; it is tried again");
            sleep(FEED_AFTER_FAILURE).await;
        }
    };
    tokio::select! {
        () = relaying => {}
        () = stopped(&mut stopping) => {}
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
