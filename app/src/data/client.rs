//! How pages call the server: with the account that they show. Tabs share one session, and another tab may have gone over
//! to another account: what this one asks must not be answered from there, let alone written there.

use domain::ids::AccountId;
use futures::{Sink, Stream};
use leptos::server_fn::{
    Bytes,
    client::{Client, browser::BrowserClient},
    error::FromServerFnError,
    request::browser::BrowserRequest,
    response::browser::BrowserResponse,
};
use std::cell::Cell;

/// The header that names the account.
pub const ACCOUNT_HEADER: &str = "x-account";

thread_local! {
    // One page, one account: going over to another one loads a page anew.
    static SHOWN: Cell<Option<AccountId>> = const { Cell::new(None) };
}

/// Called by the frame of signed-in pages, in the browser.
pub(crate) fn show_account(account: AccountId) {
    SHOWN.set(Some(account));
}

/// `None` on the pages around signing in.
pub(crate) fn shown_account() -> Option<AccountId> {
    SHOWN.get()
}

/// The client of every server function.
#[derive(Debug)]
pub struct PageClient;

impl<E, I, O> Client<E, I, O> for PageClient
where
    E: FromServerFnError,
    I: FromServerFnError,
    O: FromServerFnError,
{
    type Request = BrowserRequest;
    type Response = BrowserResponse;

    fn send(request: Self::Request) -> impl Future<Output = Result<Self::Response, E>> + Send {
        if let Some(account) = shown_account() {
            request.headers().set(ACCOUNT_HEADER, &account.to_string());
        }
        <BrowserClient as Client<E, I, O>>::send(request)
    }

    fn open_websocket(
        path: &str,
    ) -> impl Future<
        Output = Result<
            (
                impl Stream<Item = Result<Bytes, Bytes>> + Send + 'static,
                impl Sink<Bytes> + Send + 'static,
            ),
            E,
        >,
    > + Send {
        <BrowserClient as Client<E, I, O>>::open_websocket(path)
    }

    fn spawn(future: impl Future<Output = ()> + Send + 'static) {
        <BrowserClient as Client<E, I, O>>::spawn(future);
    }
}
