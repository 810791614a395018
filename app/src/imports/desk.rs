//! The open file: what the page knows of it, and everything that can be asked of its worker.

mod sending;

use super::{
    api,
    state::{Event, Stage},
    upload::Sending,
    worker::Worker,
};
use crate::{customers, data, error::AppError, session::use_me};
use domain::{account::Country, attribute::Attribute, import::report::Staging};
use futures::Future;
use js_sys::ArrayBuffer;
use leptos::{prelude::*, task::spawn_local_scoped_with_cancellation};
use send_wrapper::SendWrapper;
use sheets::{
    detected::{Detected, Overrides},
    error::{MAX_BYTES, ReadError},
    preview::{RowView, RowWindow, Summary},
    protocol::{Ask, ImportKind, Mapping, Opened, Progress, Reply},
};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, File};

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
    /// To go on with an import, the same file is needed.
    OtherFile {
        wanted: String,
    },
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

    /// Opens a file; one that belongs to an import on the server goes straight on with sending what is missing.
    pub(crate) fn open(self, file: File, resumed: Option<Staging>) {
        if !self.stage.get_untracked().takes_files() {
            return;
        }
        self.close();
        self.go(Event::Picked);
        self.name.set(file.name());
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a size is whole and positive"
        )]
        let bytes = file.size() as u64;
        if bytes > MAX_BYTES {
            return self.not_opened(Trouble::Refused(ReadError::TooLarge { bytes }));
        }
        let Ok(worker) = Worker::start() else {
            return self.not_opened(Trouble::WorkerEnded);
        };
        self.worker
            .set_value(Some(SendWrapper::new(worker.clone())));
        self.run(async move {
            let attributes = data::ask(customers::api::list_attributes).await;
            self.alone.set(attributes.is_err());
            self.attributes.set(attributes.unwrap_or_default());
            let read = JsFuture::from(file.array_buffer()).await.ok();
            let Some(bytes) = read.and_then(|bytes| bytes.dyn_into::<ArrayBuffer>().ok()) else {
                return self.not_opened(Trouble::FileGone);
            };
            let ask = Ask::Open {
                file_name: file.name(),
                kind: ImportKind::Customers,
                country: self.country.get_value(),
                attributes: self.attributes.get_untracked(),
                remembered: resumed.as_ref().map(|staging| staging.mapping.clone()),
                corrections: resumed.as_ref().map(|staging| staging.corrections.clone()),
            };
            let answered = worker
                .open(ask, bytes, move |progress| self.reading.set(Some(progress)))
                .await;
            match answered.map(|answered| answered.reply) {
                Ok(Reply::Opened(opened)) => self.opened(opened, resumed),
                Ok(Reply::Unreadable(error)) => self.not_opened(Trouble::Refused(error)),
                _ => self.worker_ended(&worker),
            }
        });
    }

    fn opened(self, opened: Opened, resumed: Option<Staging>) {
        match resumed {
            Some(staging) if opened.file_sha256 != staging.file_sha256 => {
                self.not_opened(Trouble::OtherFile {
                    wanted: staging.summary.file_name,
                });
            }
            Some(_) => {
                self.show(opened);
                self.go(Event::Opened);
                self.go(Event::Created);
                self.send();
            }
            None => {
                self.show(opened);
                self.go(Event::Opened);
            }
        }
    }

    /// **Create import**. Only now may the server be asked what was chosen for such columns before: up to here, nothing
    /// has left the device.
    pub(crate) fn create(self) {
        self.busy.set(true);
        self.run(async move {
            let headers = self.headers();
            if let Ok(Some(mapping)) = data::ask(|| api::remembered_mapping(headers.clone())).await
            {
                self.change(Ask::Recall { mapping });
            }
            self.busy.set(false);
            self.go(Event::Created);
        });
    }

    fn headers(self) -> Vec<String> {
        self.mapping.with_untracked(|mapping| {
            mapping
                .columns
                .iter()
                .map(|column| column.header.clone())
                .collect()
        })
    }

    fn show(self, opened: Opened) {
        let name = self.name.get_untracked();
        self.file.set(Some(OpenFile {
            name,
            bytes: opened.file_bytes,
            detected: opened.detected,
        }));
        self.mapping.set(opened.mapping);
        self.version.update(|version| *version += 1);
        self.count();
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
        self.busy.set(false);
        self.trouble.set(None);
    }

    fn not_opened(self, trouble: Trouble) {
        self.close();
        self.go(Event::NotOpened);
        self.trouble.set(Some(trouble));
    }

    pub(crate) fn cancel_reading(self) {
        self.close();
        self.go(Event::NotOpened);
    }

    pub(crate) fn start_over(self) {
        self.close();
        self.go(Event::StartOver);
    }

    /// A worker that was ended on purpose is no trouble.
    fn worker_ended(self, ended: &Worker) {
        if self.worker().is_some_and(|current| current.is(ended)) {
            self.close();
            self.go(Event::WorkerEnded);
            self.trouble.set(Some(Trouble::WorkerEnded));
        }
    }

    async fn ask(self, ask: Ask) -> Option<Reply> {
        let worker = self.worker()?;
        let answered = worker.ask(ask).await;
        if answered.is_err() {
            self.worker_ended(&worker);
        }
        answered.ok().map(|answered| answered.reply)
    }

    /// Reads the same file in another way.
    pub(crate) fn reread(self, overrides: Overrides) {
        self.trouble.set(None);
        self.busy.set(true);
        self.run(async move {
            match self
                .ask(Ask::Reread {
                    overrides: overrides.clone(),
                })
                .await
            {
                Some(Reply::Opened(opened)) => {
                    self.overrides.set(overrides);
                    self.show(opened);
                }
                Some(Reply::Unreadable(error)) => {
                    self.trouble.set(Some(Trouble::NotSo(error)));
                    // The controls show again how the file is read.
                    self.file.notify();
                }
                _ => (),
            }
            self.busy.set(false);
        });
    }

    /// Changes what a column belongs to or how it is read.
    pub(crate) fn change(self, ask: Ask) {
        self.run(async move {
            if let Some(Reply::Mapping(mapping)) = self.ask(ask).await {
                self.mapping.set(mapping);
                self.version.update(|version| *version += 1);
                self.count();
            }
        });
    }

    /// Corrects cells or leaves rows out; `done` is told how many changed.
    pub(crate) fn edit(self, ask: Ask, done: impl FnOnce(u32) + 'static) {
        self.run(async move {
            if let Some(Reply::Edited { changed, summary }) = self.ask(ask).await {
                self.summary.set(summary);
                self.version.update(|version| *version += 1);
                done(changed);
            }
        });
    }

    pub(crate) async fn rows(self, from: u32, count: u32, view: RowView) -> Option<RowWindow> {
        match self.ask(Ask::Rows { from, count, view }).await {
            Some(Reply::Rows(window)) => Some(window),
            _ => None,
        }
    }

    fn count(self) {
        if self.counting.get_value() != Counting::Idle {
            self.counting.set_value(Counting::Again);
            return;
        }
        self.counting.set_value(Counting::Running);
        self.run(async move {
            while let Some(Reply::Summary(summary)) = self.ask(Ask::Summary).await {
                self.summary.set(summary);
                if self.counting.get_value() != Counting::Again {
                    break;
                }
                self.counting.set_value(Counting::Running);
            }
            self.counting.set_value(Counting::Idle);
        });
    }
}
