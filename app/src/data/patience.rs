//! Calls that are made as often as it takes.

use super::{ask, pace, pace::Next, wait};
use crate::error::AppError;
use futures::{channel::oneshot, future};
use leptos::{ev, prelude::*};
use send_wrapper::SendWrapper;
use web_sys::{AbortController, AbortSignal};

/// Why nothing moves at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pause {
    /// The device has no network.
    Offline,
    /// The server does not answer, and is asked again.
    Retrying,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum GaveUp {
    Cancelled,
    Error(AppError),
}

/// Makes a call as often as it takes: waits for the network, for the server, and for the person to sign in again.
/// `on_pause` hears why it waits, and that it goes on.
pub(crate) async fn patiently<T, A>(
    cancel: &AbortSignal,
    on_pause: impl Fn(Option<Pause>),
    call: impl Fn() -> A,
) -> Result<T, GaveUp>
where
    A: Future<Output = Result<T, AppError>>,
{
    let mut tries = 0;
    loop {
        let answer = ask(&call).await;
        if cancel.aborted() {
            return Err(GaveUp::Cancelled);
        }
        let error = match answer {
            Ok(answer) => {
                on_pause(None);
                return Ok(answer);
            }
            Err(error) => error,
        };
        tries += 1;
        match pace::after(&error, tries, window().navigator().on_line()) {
            Next::WhenOnline => {
                on_pause(Some(Pause::Offline));
                online_or(cancel).await;
            }
            Next::AfterMs(ms) => {
                on_pause(Some(Pause::Retrying));
                wait(ms).await;
            }
            Next::Stop => return Err(GaveUp::Error(error)),
        }
    }
}

/// Aborted when the component whose effect asks for it leaves the page. Browser only.
pub(crate) fn until_gone() -> Option<AbortSignal> {
    let controller = AbortController::new().ok().map(SendWrapper::new)?;
    let signal = controller.signal();
    on_cleanup(move || controller.abort());
    Some(signal)
}

/// Ends when the network is back, or when the work is cancelled meanwhile.
async fn online_or(cancel: &AbortSignal) {
    let (back, is_back) = oneshot::channel();
    let back = StoredValue::new(Some(back));
    let listener = window_event_listener(ev::online, move |_| {
        if let Some(Some(back)) = back.try_update_value(Option::take) {
            // Whoever waited may have been cancelled.
            let _gone = back.send(());
        }
    });
    let cancelled = async {
        while !cancel.aborted() {
            wait(250).await;
        }
    };
    future::select(is_back, Box::pin(cancelled)).await;
    listener.remove();
}
