//! The pushes of a page go one after the other: two requests may overtake each other on their way, and what was decided first
//! would then hold.

use super::push_mutations;
use crate::{
    data::{self, wait},
    error::AppError,
    feed,
};
use domain::mutation::{Push, PushReply};
use futures::{
    StreamExt,
    channel::{mpsc, oneshot},
    future::{Either, select},
};
use leptos::task::spawn_local;
use std::{cell::OnceCell, pin::pin};

/// What the server works on for longer it has given up; the rest is for the way. Whoever waits behind a request that has got
/// lost must not wait for ever.
const PATIENCE_MS: u32 = 45_000;

struct Waiting {
    push: Push,
    answer: oneshot::Sender<Result<PushReply, AppError>>,
}

thread_local! {
    // One page, one queue. Unlike what waits for its answers, it outlives every view: nothing is lost with one.
    static QUEUE: OnceCell<mpsc::UnboundedSender<Waiting>> = const { OnceCell::new() };
}

/// Sends mutations once all that were sent before have been answered.
pub(super) async fn push(push: Push) -> Result<PushReply, AppError> {
    let (answer, answered) = oneshot::channel();
    QUEUE.with(|queue| {
        let waiting = Waiting { push, answer };
        queue.get_or_init(begin).unbounded_send(waiting).ok();
    });
    // A queue ends with its page only.
    answered.await.unwrap_or(Err(AppError::Offline))
}

fn begin() -> mpsc::UnboundedSender<Waiting> {
    let (queue, mut waiting) = mpsc::unbounded::<Waiting>();
    spawn_local(async move {
        while let Some(Waiting { push, answer }) = waiting.next().await {
            let reply = data::ask(|| in_time(push.clone())).await;
            if let Ok(reply) = &reply {
                feed::heard(reply.rev);
            }
            // Whoever asked may be gone.
            answer.send(reply).ok();
        }
    });
    queue
}

/// A request that is given up is aborted.
async fn in_time(push: Push) -> Result<PushReply, AppError> {
    let (reply, enough) = (pin!(push_mutations(push)), pin!(wait(PATIENCE_MS)));
    match select(reply, enough).await {
        Either::Left((reply, _)) => reply,
        Either::Right(_) => Err(AppError::Offline),
    }
}
