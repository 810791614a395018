//! From the choice to the bytes of the file: pages go from the server through the page to its worker, unopened.

use super::api;
use crate::{
    data::{self, GaveUp, Pause},
    error::AppError,
    worker::{Answered, Worker, WorkerGone},
};
use domain::{
    export::{ExportBegun, ExportRequest},
    ids::ExportId,
};
use js_sys::ArrayBuffer;
use leptos::prelude::*;
use sheets::protocol::{Ask, ExportPlan, Reply};
use web_sys::AbortSignal;

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
    pub(super) bytes: ArrayBuffer,
    pub(super) rows: u32,
    pub(super) sheets: u32,
    pub(super) cut: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NotMade {
    Cancelled,
    WorkerGone,
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

/// Gives the worker every page and what changed meanwhile. `false`: too much did.
async fn fetch(
    worker: &Worker,
    begun: &ExportBegun,
    progress: RwSignal<Progress>,
    cancel: &AbortSignal,
) -> Result<bool, NotMade> {
    let on_pause = |pause| progress.update(|progress| progress.pause = pause);
    let base = format!("/api/v1/exports/{}", begun.id);
    let mut path = format!("{base}/rows");
    let since = loop {
        let page = data::patiently(cancel, on_pause, || data::get_bytes(&path, cancel)).await?;
        let Answered {
            reply: Reply::Taken { rows, since, next },
            ..
        } = worker.send(Ask::TakePage, Some(page), |_| ()).await?
        else {
            return Err(NotMade::WorkerGone);
        };
        progress.update(|progress| progress.done = u64::from(rows));
        match next {
            Some(next) => path = format!("{base}/rows?after={next}"),
            None => break since.unwrap_or_default(),
        }
    };
    let path = format!("{base}/changes?rev={since}");
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
    match (answered.reply, answered.bytes) {
        (Reply::Exported { rows, sheets, cut }, Some(bytes)) => Ok(Made {
            export,
            bytes,
            rows,
            sheets,
            cut,
        }),
        (Reply::NotExported, _) => Err(NotMade::TooLarge),
        _ => Err(NotMade::WorkerGone),
    }
}
