//! Calls that carry bytes instead of JSON.

use super::{ACCOUNT_HEADER, shown_account};
use crate::error::{AppError, Conflict};
use js_sys::ArrayBuffer;
use leptos::{
    prelude::window,
    server_fn::error::FromServerFnError,
    wasm_bindgen::{JsCast, JsValue},
};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Request, RequestInit, Response};

/// Asks for bytes.
pub(crate) async fn get_bytes(path: &str, cancel: &AbortSignal) -> Result<ArrayBuffer, AppError> {
    let options = RequestInit::new();
    options.set_signal(Some(cancel));
    let response = send(Request::new_with_str_and_init(path, &options)).await?;
    let bytes = response.array_buffer().map_err(|_| AppError::Offline)?;
    // What is cut off on its way does not arrive at all.
    let bytes = JsFuture::from(bytes).await.map_err(|_| AppError::Offline)?;
    bytes.dyn_into().map_err(|_| AppError::OutOfDate)
}

/// Hands bytes over to be kept: a buffer, or a part of a file.
pub(crate) async fn put_bytes(
    path: &str,
    bytes: &JsValue,
    headers: &[(&str, &str)],
    cancel: &AbortSignal,
) -> Result<(), AppError> {
    let request = || {
        let options = RequestInit::new();
        options.set_method("PUT");
        options.set_body(bytes);
        options.set_signal(Some(cancel));
        let request = Request::new_with_str_and_init(path, &options)?;
        let kind = [("content-type", "application/octet-stream")];
        for (name, value) in kind.iter().chain(headers) {
            request.headers().set(name, value)?;
        }
        Ok(request)
    };
    send(request()).await.map(drop)
}

/// Sends a request with the account that the page shows; answers what is no refusal.
async fn send(request: Result<Request, JsValue>) -> Result<Response, AppError> {
    let sent = match request.and_then(with_account) {
        Ok(request) => JsFuture::from(window().fetch_with_request(&request)).await,
        Err(error) => Err(error),
    };
    let response: Option<Response> = sent.ok().and_then(|response| response.dyn_into().ok());
    match response {
        None => Err(AppError::Offline),
        Some(response) if response.ok() => Ok(response),
        Some(response) => Err(refusal(&response).await),
    }
}

fn with_account(request: Request) -> Result<Request, JsValue> {
    if let Some(account) = shown_account() {
        request
            .headers()
            .set(ACCOUNT_HEADER, &account.to_string())?;
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
