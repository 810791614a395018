//! From the choice to the bytes of the file: pages go from the server through the page to its worker, unopened.

use super::api;
use crate::{
    data::{self, GaveUp, Pause},
    error::AppError,
    worker::{Worker, WorkerGone},
};
use domain::{
    export::{ExportBegun, ExportRequest, ExportSpan},
    ids::{CustomerId, ExportId},
};
use futures::{StreamExt, stream};
use js_sys::{Array, ArrayBuffer};
use leptos::{prelude::*, wasm_bindgen::JsValue};
use sheets::protocol::{Ask, ExportPlan, Reply};
use std::{fmt::Write, pin::pin};
use web_sys::{AbortSignal, Blob};

/// Pages on their way at a time: while the worker writes one, the server reads the next.
const AHEAD: usize = 3;

/// How often an export begins anew because too much changed while it was read.
const BEGINNINGS: u32 = 3;

/// How far it is, for the person who watches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Progress {
    pub(super) writing: bool,
    pub(super) done: u64,
    /// Zero until it is known.
    pub(super) total: u64,
    pub(super) pause: Option<Pause>,
}

/// A file that was made.
#[derive(Clone, Debug)]
pub(super) struct Made {
    pub(super) export: ExportId,
    pub(super) file: Blob,
    pub(super) bytes: u32,
    pub(super) rows: u32,
    pub(super) sheets: u32,
    pub(super) cut: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NotMade {
    Cancelled,
    WorkerGone,
    WorkerNotLoaded,
    TooLarge,
    /// Customers changed faster than they could be read.
    Restless,
    NotSaved,
    Server(AppError),
}

impl From<WorkerGone> for NotMade {
    fn from(_: WorkerGone) -> Self {
        Self::WorkerGone
    }
}

impl From<GaveUp> for NotMade {
    fn from(gave_up: GaveUp) -> Self {
        match gave_up {
            GaveUp::Cancelled => Self::Cancelled,
            GaveUp::Error(error) => Self::Server(error),
        }
    }
}

/// Makes the file. What `cancel` aborts ends with [`NotMade::Cancelled`].
pub(super) async fn make(
    worker: &Worker,
    request: ExportRequest,
    plan: ExportPlan,
    progress: RwSignal<Progress>,
    cancel: &AbortSignal,
) -> Result<Made, NotMade> {
    let on_pause = |pause| progress.update(|progress| progress.pause = pause);
    let begun = data::patiently(cancel, on_pause, || api::begin_export(request.clone())).await?;
    for _ in 0..BEGINNINGS {
        progress.set(Progress {
            total: u64::from(begun.rows),
            ..Progress::default()
        });
        worker.ask(Ask::BeginExport(plan.clone())).await?;
        if fetch(worker, &begun, progress, cancel).await? {
            return write(worker, begun.id, progress).await;
        }
    }
    Err(NotMade::Restless)
}

/// Gives the worker every page in its order, and what changed meanwhile. `false`: too much did.
async fn fetch(
    worker: &Worker,
    begun: &ExportBegun,
    progress: RwSignal<Progress>,
    cancel: &AbortSignal,
) -> Result<bool, NotMade> {
    let on_pause = |pause| progress.update(|progress| progress.pause = pause);
    let base = format!("/api/v1/exports/{}", begun.id);
    let fetch_span = |span| {
        let path = path_of(&base, span);
        async move { data::patiently(cancel, on_pause, || data::get_bytes(&path, cancel)).await }
    };
    let pages = begun
        .spans()
        .map(|span| async move { (span, fetch_span(span).await) });
    let mut pages = pin!(stream::iter(pages).buffered(AHEAD));
    let mut oldest = 0;
    while let Some((span, page)) = pages.next().await {
        let mut page = page?;
        loop {
            let (since, next) = take(worker, page, progress).await?;
            oldest = since;
            let Some(after) = next else { break };
            page = fetch_span(ExportSpan {
                after: Some(after),
                until: span.until,
            })
            .await?;
        }
    }
    let path = format!("{base}/changes?rev={oldest}");
    let changes = data::patiently(cancel, on_pause, || data::get_bytes(&path, cancel)).await?;
    match worker
        .send(Ask::TakeChanges, Some(changes), |_| ())
        .await?
        .reply
    {
        Reply::Taken { .. } => Ok(true),
        Reply::TooManyChanges => Ok(false),
        _ => Err(NotMade::WorkerGone),
    }
}

fn path_of(base: &str, span: ExportSpan) -> String {
    let mut path = format!("{base}/rows?");
    // Writing to memory cannot fail.
    if let Some(after) = span.after {
        let _ = write!(path, "after={after}&");
    }
    if let Some(until) = span.until {
        let _ = write!(path, "until={until}");
    }
    path
}

/// The rev of the oldest page so far, and where the rest of a span begins that has more than a page.
async fn take(
    worker: &Worker,
    page: ArrayBuffer,
    progress: RwSignal<Progress>,
) -> Result<(u64, Option<CustomerId>), NotMade> {
    let taken = worker.send(Ask::TakePage, Some(page), |_| ()).await?;
    let Reply::Taken { rows, since, next } = taken.reply else {
        return Err(NotMade::WorkerGone);
    };
    progress.update(|progress| progress.done = u64::from(rows));
    Ok((since.unwrap_or_default(), next))
}

async fn write(
    worker: &Worker,
    export: ExportId,
    progress: RwSignal<Progress>,
) -> Result<Made, NotMade> {
    progress.update(|progress| {
        progress.writing = true;
        progress.done = 0;
    });
    let show = move |told: sheets::protocol::Progress| {
        progress.update(|progress| progress.done = told.done);
    };
    let answered = worker.send(Ask::WriteExport, None, show).await?;
    let Reply::Exported { rows, sheets, cut } = answered.reply else {
        return Err(match answered.reply {
            Reply::NotExported => NotMade::TooLarge,
            _ => NotMade::WorkerGone,
        });
    };
    let bytes = answered.pieces.iter().map(ArrayBuffer::byte_length).sum();
    let file = joined(&answered.pieces)
        .await
        .map_err(|_| NotMade::NotSaved)?;
    Ok(Made {
        export,
        file,
        bytes,
        rows,
        sheets,
        cut,
    })
}

/// Copies a few of the pieces at a time: all in one go, the page would stand still for a moment.
async fn joined(pieces: &[ArrayBuffer]) -> Result<Blob, JsValue> {
    const AT_ONCE: usize = 16;
    let parts = Array::new();
    for some in pieces.chunks(AT_ONCE) {
        let some: Array = some.iter().collect();
        parts.push(&Blob::new_with_buffer_source_sequence(&some)?.into());
        data::wait(0).await;
    }
    Blob::new_with_blob_sequence(&parts)
}
