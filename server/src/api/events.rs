//! What happens in an account, while a page is open: server-sent events.

use super::{refusal, signed_in};
use crate::{
    jobs::stopped,
    state::{AppState, FeedState},
};
use app::{
    error::{AppError, Conflict},
    request::Chain,
};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, header},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use domain::ids::AccountId;
use futures::{Stream, stream};
use service::{Changes, Services};
use std::{convert::Infallible, time::Duration};
use tokio::time::{Interval, MissedTickBehavior, interval};

/// Proxies close what is silent; half a minute is the shortest that is usual.
const KEEP_ALIVE: Duration = Duration::from_secs(20);

/// The rev of the account at once, and each time it is written to. The stream ends when the session does, when the browser goes
/// over to another account, and when the server stops; the page then asks again, and learns why.
pub(crate) async fn stream(
    State(state): State<AppState>,
    Path(account): Path<AccountId>,
    headers: HeaderMap,
) -> Response {
    let watch = async {
        let caller = signed_in(&state, &headers).await?;
        if caller.account != account {
            return Err(AppError::Conflict(Conflict::OtherAccount));
        }
        let token = state.cookie.read(&headers);
        let changes = state.services.changes(&caller).await?;
        let token = token.ok_or(AppError::Unauthenticated)?;
        Ok(Watch::new(&state, token, account, changes))
    };
    match watch.await {
        Ok(watch) => {
            let events = Sse::new(watch.events());
            let events = events.keep_alive(KeepAlive::new().interval(KEEP_ALIVE));
            ([(header::CACHE_CONTROL, "no-store")], events).into_response()
        }
        Err(error) => refusal(error),
    }
}

/// One page that watches.
struct Watch {
    services: Services,
    token: String,
    account: AccountId,
    changes: Changes,
    feed: FeedState,
    checks: Interval,
}

impl Watch {
    fn new(state: &AppState, token: String, account: AccountId, changes: Changes) -> Self {
        let mut checks = interval(state.feed.check_every);
        checks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        // The first tick comes at once, and the session was just looked at.
        checks.reset();
        Self {
            services: state.services.clone(),
            token,
            account,
            changes,
            feed: state.feed.clone(),
            checks,
        }
    }

    fn events(self) -> impl Stream<Item = Result<Event, Infallible>> {
        stream::unfold(self, |mut watch| async {
            let rev = watch.next().await?;
            let event = Event::default().event("rev").data(rev.to_string());
            Some((Ok(event), watch))
        })
    }

    /// `None`: it is over.
    async fn next(&mut self) -> Option<u64> {
        loop {
            tokio::select! {
                biased;
                () = stopped(&mut self.feed.stopping) => return None,
                _ = self.checks.tick() => if !self.still_holds().await {
                    return None;
                },
                rev = self.changes.next() => return Some(rev),
            }
        }
    }

    /// A database that does not answer takes no session away.
    async fn still_holds(&self) -> bool {
        match self.services.stays_in(&self.token, self.account).await {
            Ok(holds) => holds,
            Err(cause) => {
                let cause = Chain(&cause);
                tracing::warn!(%cause, "a session could not be looked at; it is tried again");
                true
            }
        }
    }
}
