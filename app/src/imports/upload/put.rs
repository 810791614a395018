//! One chunk over the network.

use crate::{data, error::AppError};
use domain::ids::ImportId;
use js_sys::{ArrayBuffer, Uint8Array};
use leptos::wasm_bindgen::JsValue;
use web_sys::{AbortSignal, Request, RequestInit};

pub(super) async fn put_chunk(
    import: ImportId,
    number: u32,
    sha256: &str,
    bytes: &ArrayBuffer,
    cancel: &AbortSignal,
) -> Result<(), AppError> {
    data::send(request(import, number, sha256, bytes, cancel))
        .await
        .map(drop)
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
    Ok(request)
}
