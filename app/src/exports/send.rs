//! Sends a file to the server, which sends it on by e-mail: in pieces, each as often as it takes.

use super::api;
use crate::{
    data::{self, GaveUp, Pause},
    error::AppError,
};
use domain::mail::{MailRequest, PIECE_BYTES, pieces};
use leptos::prelude::*;
use web_sys::{AbortSignal, Blob};

/// How far it is, in bytes, for the person who watches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sending {
    pub(super) done: u32,
    pub(super) pause: Option<Pause>,
}

pub(super) async fn send(
    request: &MailRequest,
    file: &Blob,
    progress: RwSignal<Sending>,
    cancel: &AbortSignal,
) -> Result<(), GaveUp> {
    let on_pause = |pause| {
        progress.try_update(|progress| progress.pause = pause);
    };
    data::patiently(cancel, on_pause, || api::begin_mail(request.clone())).await?;
    let export = request.export;
    for number in 0..pieces(request.bytes) {
        let begin = number * PIECE_BYTES;
        let end = request.bytes.min(begin + PIECE_BYTES);
        let piece = file
            .slice_with_f64_and_f64(begin.into(), end.into())
            .map_err(|_| GaveUp::Error(AppError::OutOfDate))?;
        let path = format!("/api/v1/exports/{export}/mail/{number}");
        data::patiently(cancel, on_pause, || {
            data::put_bytes(&path, &piece, &[], cancel)
        })
        .await?;
        progress.try_update(|progress| progress.done = end);
    }
    data::patiently(cancel, on_pause, || api::send_mail(export)).await
}
