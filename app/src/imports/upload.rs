//! Sends the rows: plan, then numbered chunks, each as often as it takes. Whatever stops it, the chunks that arrived stay
//! on the server, and sending again sends only what is missing.

mod put;

use super::api;
use crate::{
    data::{self, GaveUp, Pause},
    error::{AppError, Conflict},
    worker::{Worker, WorkerGone},
};
use domain::{
    ids::ImportId,
    import::{chunk::ImportPlanRequest, report::Staging},
};
use leptos::prelude::*;
use put::put_chunk;
use sheets::{
    mapping::MappingProblem,
    protocol::{Ask, Reply},
};
use web_sys::AbortSignal;

/// How far sending is, for the person who watches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sending {
    pub(crate) done: u32,
    /// Zero until it is known.
    pub(crate) chunks: u32,
    pub(crate) rows: u32,
    pub(crate) pause: Option<Pause>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NotSent {
    /// The mapping cannot be imported as it is.
    Blocked(Vec<MappingProblem>),
    WorkerGone,
    Cancelled,
    /// Another tab has begun to import the same file in another way, or has ended the import.
    Superseded,
    Server(AppError),
}

impl From<WorkerGone> for NotSent {
    fn from(_: WorkerGone) -> Self {
        Self::WorkerGone
    }
}

impl From<GaveUp> for NotSent {
    fn from(gave_up: GaveUp) -> Self {
        match gave_up {
            GaveUp::Cancelled => Self::Cancelled,
            GaveUp::Error(error) => Self::Server(error),
        }
    }
}

/// Sends what is missing and answers the import once every row is on the server.
pub(crate) async fn send(
    worker: &Worker,
    progress: RwSignal<Sending>,
    cancel: &AbortSignal,
) -> Result<ImportId, NotSent> {
    progress.set(Sending::default());
    let plan = plan(worker).await?;
    let import = patiently(progress, cancel, || api::begin_import(plan.clone())).await?;
    match send_rows(worker, import, progress, cancel).await {
        Ok(()) => Ok(import),
        Err(NotSent::Server(AppError::NotFound | AppError::Conflict(Conflict::ImportNotOpen))) => {
            Err(NotSent::Superseded)
        }
        Err(other) => Err(other),
    }
}

async fn send_rows(
    worker: &Worker,
    import: ImportId,
    progress: RwSignal<Sending>,
    cancel: &AbortSignal,
) -> Result<(), NotSent> {
    loop {
        let staging = patiently(progress, cancel, || api::get_staging(import)).await?;
        if staging.missing.is_empty() {
            return Ok(());
        }
        show(progress, &staging);
        for number in staging.missing {
            send_chunk(worker, import, number, progress, cancel).await?;
            progress.update(|sending| sending.done += 1);
        }
    }
}

async fn plan(worker: &Worker) -> Result<ImportPlanRequest, NotSent> {
    match worker.ask(Ask::Plan).await?.reply {
        Reply::Plan(plan) => Ok(*plan),
        Reply::Blocked(problems) => Err(NotSent::Blocked(problems)),
        _ => Err(NotSent::WorkerGone),
    }
}

fn show(progress: RwSignal<Sending>, staging: &Staging) {
    let missing = u32::try_from(staging.missing.len()).unwrap_or(u32::MAX);
    let (chunks, rows) = (staging.chunks, staging.rows);
    progress.set(Sending {
        done: chunks.saturating_sub(missing),
        chunks,
        rows,
        pause: None,
    });
}

async fn send_chunk(
    worker: &Worker,
    import: ImportId,
    number: u32,
    progress: RwSignal<Sending>,
    cancel: &AbortSignal,
) -> Result<(), NotSent> {
    let answered = worker.ask(Ask::Chunk { number }).await?;
    let (Reply::Chunk { sha256, .. }, [bytes]) = (answered.reply, answered.pieces.as_slice())
    else {
        return Err(NotSent::WorkerGone);
    };
    patiently(progress, cancel, || {
        put_chunk(import, number, &sha256, bytes, cancel)
    })
    .await
}

/// Makes a call as often as it takes, and shows why it waits.
async fn patiently<T, A>(
    progress: RwSignal<Sending>,
    cancel: &AbortSignal,
    call: impl Fn() -> A,
) -> Result<T, NotSent>
where
    A: Future<Output = Result<T, AppError>>,
{
    let show = |pause| progress.update(|sending| sending.pause = pause);
    Ok(data::patiently(cancel, show, call).await?)
}
