//! One chunk over the network.

use crate::{data, error::AppError};
use domain::ids::ImportId;
use js_sys::{ArrayBuffer, Uint8Array};
use web_sys::AbortSignal;

pub(super) async fn put_chunk(
    import: ImportId,
    number: u32,
    sha256: &str,
    bytes: &ArrayBuffer,
    cancel: &AbortSignal,
) -> Result<(), AppError> {
    let path = format!("/api/v1/imports/{import}/chunks/{number}");
    let checksum = [("x-chunk-sha256", sha256)];
    data::put_bytes(&path, &Uint8Array::new(bytes), &checksum, cancel).await
}
