//! One chunk over the network.

use crate::{
    data,
    error::{AppError, Conflict},
};
use domain::ids::ImportId;
use futures::{channel::oneshot, future};
use js_sys::{ArrayBuffer, Uint8Array};
use leptos::{
    ev,
    prelude::*,
    server_fn::error::FromServerFnError,
    wasm_bindgen::{JsCast, JsValue},
};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Request, RequestInit, Response};

pub(super) async fn put_chunk(
    import: ImportId,
    number: u32,
    sha256: &str,
    bytes: &ArrayBuffer,
    cancel: &AbortSignal,
) -> Result<(), AppError> {
    let sent = match request(import, number, sha256, bytes, cancel) {
        Ok(request) => JsFuture::from(window().fetch_with_request(&request)).await,
        Err(error) => Err(error),
    };
    let Some(response) = sent
        .ok()
        .and_then(|response| response.dyn_into::<Response>().ok())
    else {
        return Err(AppError::Offline);
    };
    if response.ok() {
        Ok(())
    } else {
        Err(refusal(&response).await)
    }
}

fn request(
    import: ImportId,
    number: u32,
    sha256: &str,
    bytes: &ArrayBuffer,
    cancel: &AbortSignal,
) -> Result<Request, JsValue> {
    let options = RequestInit::new();
    options.set_method("PUT");
    options.set_body(&Uint8Array::new(bytes));
    options.set_signal(Some(cancel));
    let request = Request::new_with_str_and_init(
        &format!("/api/v1/imports/{import}/chunks/{number}"),
        &options,
    )?;
    request
        .headers()
        .set("content-type", "application/octet-stream")?;
    request.headers().set("x-chunk-sha256", sha256)?;
    if let Some(account) = data::shown_account() {
        request
            .headers()
            .set(data::ACCOUNT_HEADER, &account.to_string())?;
    }
    Ok(request)
}

/// The server says why in the words of [`AppError`]; whatever stands before it has only a status.
async fn refusal(response: &Response) -> AppError {
    let body = match response.text() {
        Ok(text) => JsFuture::from(text)
            .await
            .ok()
            .and_then(|text| text.as_string()),
        Err(_) => None,
    };
    match (
        body.map(|body| AppError::de(body.into())),
        response.status(),
    ) {
        (Some(error), _) if error != AppError::OutOfDate => error,
        (_, 401) => AppError::Unauthenticated,
        (_, 403) => AppError::Forbidden,
        (_, 404) => AppError::NotFound,
        (_, 409) => AppError::Conflict(Conflict::ImportNotOpen),
        (_, 413) => AppError::TooLarge,
        (_, 429) => AppError::TooManyTries {
            retry_after_seconds: 5,
        },
        (_, 500..) => AppError::Offline,
        _ => AppError::OutOfDate,
    }
}

/// Ends when the network is back, or when sending is cancelled meanwhile.
pub(super) async fn online_or(cancel: &AbortSignal) {
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
            data::wait(250).await;
        }
    };
    future::select(is_back, Box::pin(cancelled)).await;
    listener.remove();
}
