//! The open file: what the page knows of it, and everything that can be asked of its worker.

mod asking;
mod opening;
mod sending;

use super::{
    state::{Event, Stage},
    upload::Sending,
};
use crate::{error::AppError, session::use_me, worker::Worker};
use domain::{account::Country, attribute::Attribute, ids::AccountId};
use futures::Future;
use leptos::{prelude::*, task::spawn_local_scoped_with_cancellation};
use send_wrapper::SendWrapper;
use sheets::{
    detected::{Detected, Overrides},
    error::ReadError,
    preview::{RowView, Summary},
    protocol::{Mapping, Progress},
};
use web_sys::AbortController;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OpenFile {
    pub(crate) name: String,
    pub(crate) bytes: u64,
    pub(crate) detected: Detected,
}

/// What stands in the way, said at the top of the step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The file is no table.
    Refused(ReadError),
    /// The file cannot be read in the way asked for, and stays as it was.
    NotSo(ReadError),
    /// The browser could not hand the file over.
    FileGone,
    WorkerEnded,
    WorkerNotLoaded,
    /// To go on with an import, the same file is needed.
    OtherFile {
        wanted: String,
    },
    /// Another window imports the same file in another way, or has ended the import.
    Superseded,
    Server(AppError),
}

/// One per import page. Everything in it is a handle.
#[derive(Clone, Copy)]
pub(crate) struct Desk {
    stage: RwSignal<Stage>,
    name: RwSignal<String>,
    reading: RwSignal<Option<Progress>>,
    file: RwSignal<Option<OpenFile>>,
    overrides: RwSignal<Overrides>,
    mapping: RwSignal<Mapping>,
    summary: RwSignal<Summary>,
    /// Which rows the preview shows.
    view: RwSignal<RowView>,
    /// Changes whenever rows may look different from before.
    version: RwSignal<u32>,
    attributes: RwSignal<Vec<Attribute>>,
    /// The account's attributes and what it chose before could not be asked for.
    alone: RwSignal<bool>,
    busy: RwSignal<bool>,
    trouble: RwSignal<Option<Trouble>>,
    sending: RwSignal<Sending>,
    worker: StoredValue<Option<SendWrapper<Worker>>>,
    cancel: StoredValue<Option<SendWrapper<AbortController>>>,
    counting: StoredValue<Counting>,
    country: StoredValue<Country>,
    account: StoredValue<AccountId>,
    /// What is started here ends with the page.
    tasks: StoredValue<Owner>,
}

/// Counting every row takes long in long files: at most one count runs, and one more waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Counting {
    Idle,
    Running,
    Again,
}

impl Desk {
    pub(crate) fn new() -> Self {
        let me = use_me();
        Self {
            stage: RwSignal::new(Stage::default()),
            name: RwSignal::default(),
            reading: RwSignal::default(),
            file: RwSignal::default(),
            overrides: RwSignal::default(),
            mapping: RwSignal::default(),
            summary: RwSignal::default(),
            view: RwSignal::default(),
            version: RwSignal::default(),
            attributes: RwSignal::default(),
            alone: RwSignal::default(),
            busy: RwSignal::default(),
            trouble: RwSignal::default(),
            sending: RwSignal::default(),
            worker: StoredValue::new(None),
            cancel: StoredValue::new(None),
            counting: StoredValue::new(Counting::Idle),
            country: StoredValue::new(me.with_untracked(|me| me.account.country)),
            account: StoredValue::new(me.with_untracked(|me| me.account.id)),
            tasks: StoredValue::new(Owner::current().unwrap_or_default().child()),
        }
    }

    pub(crate) fn stage(self) -> Stage {
        self.stage.get()
    }

    pub(crate) fn name(self) -> String {
        self.name.get()
    }

    pub(crate) fn reading(self) -> Option<Progress> {
        self.reading.get()
    }

    pub(crate) fn file(self) -> Signal<Option<OpenFile>> {
        self.file.into()
    }

    pub(crate) fn overrides(self) -> Signal<Overrides> {
        self.overrides.into()
    }

    pub(crate) fn mapping(self) -> Signal<Mapping> {
        self.mapping.into()
    }

    pub(crate) fn summary(self) -> Signal<Summary> {
        self.summary.into()
    }

    pub(crate) fn view(self) -> RwSignal<RowView> {
        self.view
    }

    /// Goes from Review to the row that is to be corrected.
    pub(crate) fn correct(self, line: u32) {
        self.view.set(RowView::Line(line));
        self.go(Event::ToRows);
    }

    pub(crate) fn version(self) -> Signal<u32> {
        self.version.into()
    }

    pub(crate) fn attributes(self) -> Signal<Vec<Attribute>> {
        self.attributes.into()
    }

    pub(crate) fn alone(self) -> bool {
        self.alone.get()
    }

    pub(crate) fn busy(self) -> Signal<bool> {
        self.busy.into()
    }

    pub(crate) fn trouble(self) -> Option<Trouble> {
        self.trouble.get()
    }

    pub(crate) fn sending(self) -> Signal<Sending> {
        self.sending.into()
    }

    pub(crate) fn go(self, event: Event) {
        self.stage.update(|stage| *stage = stage.after(event));
    }

    pub(crate) fn hush(self) {
        self.trouble.set(None);
    }

    fn run(self, task: impl Future<Output = ()> + 'static) {
        self.tasks
            .with_value(|tasks| tasks.with(|| spawn_local_scoped_with_cancellation(task)));
    }

    fn worker(self) -> Option<Worker> {
        self.worker
            .try_with_value(|worker| worker.as_deref().cloned())
            .flatten()
    }

    /// Ends the worker, and with it whatever it is doing.
    fn close(self) {
        if let Some(worker) = self.worker() {
            worker.end();
        }
        self.worker.set_value(None);
        self.counting.set_value(Counting::Idle);
        self.reading.set(None);
        self.file.set(None);
        self.overrides.set(Overrides::default());
        self.view.set(RowView::All);
        self.busy.set(false);
        self.trouble.set(None);
    }

    /// A worker that was ended on purpose is no trouble.
    fn worker_ended(self, ended: &Worker) {
        if self.worker().is_some_and(|current| current.is(ended)) {
            self.close();
            self.go(Event::WorkerEnded);
            self.trouble.set(Some(if ended.was_loaded() {
                Trouble::WorkerEnded
            } else {
                Trouble::WorkerNotLoaded
            }));
        }
    }
}
