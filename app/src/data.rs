//! Every read of a screen goes through here: today to the server, later to the device when there is no network.

mod bytes;
mod client;
mod connection;
mod latest;
mod order;
mod pace;
mod patience;
mod pause;

pub(crate) use bytes::{get_bytes, put_bytes};
pub use client::{ACCOUNT_HEADER, PageClient};
pub(crate) use client::{show_account, shown_account};
pub use connection::{Connection, provide_connection, use_connection};
pub use latest::Latest;
pub(crate) use order::Order;
pub(crate) use patience::{GaveUp, Pause, patiently, until_gone};
pub(crate) use pause::wait;

use crate::{error::AppError, session::gate};
use leptos::prelude::Resource;
use send_wrapper::SendWrapper;
use serde::{Serialize, de::DeserializeOwned};

/// What a page shows, loaded anew whenever `source` changes. `source` reads with `try_get`: a page that was given up may
/// still be asked for it, and must answer that there is nothing to load any more.
pub fn resource<S, T, A>(
    source: impl Fn() -> Option<S> + Send + Sync + 'static,
    load: impl Fn(S) -> A + Send + Sync + 'static,
) -> Resource<Result<T, AppError>>
where
    S: Clone + PartialEq + Send + Sync + 'static,
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
    A: Future<Output = Result<T, AppError>> + Send + 'static,
{
    Resource::new(source, move |source| loaded(source.map(&load)))
}

/// A [`resource`] that the page is about: when it cannot be shown, the page's status says so. The server sends nothing of the
/// page before it is there; streamed, the status would be gone by then.
pub fn deciding_resource<S, T, A>(
    source: impl Fn() -> Option<S> + Send + Sync + 'static,
    load: impl Fn(S) -> A + Send + Sync + 'static,
) -> Resource<Result<T, AppError>>
where
    S: Clone + PartialEq + Send + Sync + 'static,
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
    A: Future<Output = Result<T, AppError>> + Send + 'static,
{
    Resource::new_blocking(source, move |source| {
        let loading = source.map(&load);
        async move {
            let answer = loaded(loading).await;
            #[cfg(feature = "ssr")]
            if let Err(error) = &answer {
                crate::request::set_status(error.status());
            }
            answer
        }
    })
}

async fn loaded<T>(
    loading: Option<impl Future<Output = Result<T, AppError>>>,
) -> Result<T, AppError> {
    match loading {
        Some(loading) => loading.await,
        None => Err(AppError::Offline),
    }
}

const BUSY_WAITS_MS: [u32; 3] = [1_000, 2_000, 4_000];

/// Calls a server function. If the session has ended, the person is asked to sign in again where they are, and the call
/// is repeated afterwards: the caller only sees it take longer. A server that is busy is asked again too, for a while; it
/// did nothing, and what is repeated carries the same ids.
pub async fn ask<T, A>(call: impl Fn() -> A) -> Result<T, AppError>
where
    A: Future<Output = Result<T, AppError>>,
{
    let mut waits = BUSY_WAITS_MS.iter();
    loop {
        let answer = call().await;
        connection::note(answer.as_ref().err());
        // Only the browser waits: a page that is being rendered has to be answered.
        if cfg!(feature = "hydrate")
            && matches!(answer, Err(AppError::Busy))
            && let Some(ms) = waits.next()
        {
            SendWrapper::new(wait(*ms)).await;
            continue;
        }
        if !(matches!(answer, Err(AppError::Unauthenticated)) && gate::signed_in_again().await) {
            return answer;
        }
    }
}
