//! The page's side of the spreadsheet worker: one worker for one file.
//!
//! Questions get an id and wait for the answer of the same id. A message is an array: the JSON, and the bytes beside it if
//! there are any. The worker ends with the last [`Worker`] that speaks to it, or when it is told to: that is how reading is
//! cancelled. A worker that dies answers nothing any more, so everything that waits for it is told.

use futures::channel::oneshot;
use js_sys::{Array, ArrayBuffer};
use leptos::{
    task::spawn_local,
    wasm_bindgen::{JsCast, JsValue, closure::Closure},
};
use sheets::protocol::{Answer, Ask, Progress, Reply, Request};
use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    rc::{Rc, Weak},
};
use web_sys::{Event, MessageEvent, WorkerOptions, WorkerType};

const LOADER: &str = "/worker/boot.js";

thread_local! {
    /// Loaded before there is a file, so that one can be read when the network is gone.
    static SPARE: RefCell<Option<Worker>> = const { RefCell::new(None) };
}

/// The worker ended before it answered: it could not be started, or it died.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the spreadsheet worker ended")]
pub(crate) struct WorkerGone;

#[derive(Debug)]
pub(crate) struct Answered {
    pub(crate) reply: Reply,
    /// What came beside the answer: a chunk, or the pieces of a file.
    pub(crate) pieces: Vec<ArrayBuffer>,
}

#[derive(Clone)]
pub(crate) struct Worker(Rc<Inner>);

struct Inner {
    port: web_sys::Worker,
    next_id: Cell<u32>,
    gone: Cell<bool>,
    loaded: Cell<bool>,
    waiting: RefCell<BTreeMap<u32, Waiting>>,
    // Called by the browser for as long as `port` lives.
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(Event)>,
}

struct Waiting {
    answer: oneshot::Sender<Answered>,
    progress: Box<dyn Fn(Progress)>,
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.port.set_onmessage(None);
        self.port.set_onerror(None);
        self.port.terminate();
    }
}

impl Worker {
    /// Loads a worker for the next file, if none waits for it.
    pub(crate) fn warm_up() {
        let waits = SPARE.with_borrow(|spare| spare.as_ref().is_some_and(Self::is_there));
        if !waits && let Ok(worker) = Self::load() {
            SPARE.set(Some(worker.clone()));
            // Its answer says that it is loaded; whatever it says.
            spawn_local(async move { drop(worker.ask(Ask::Plan).await) });
        }
    }

    pub(crate) fn start() -> Result<Self, WorkerGone> {
        match SPARE.take().filter(Self::is_there) {
            Some(spare) => Ok(spare),
            None => Self::load(),
        }
    }

    fn is_there(&self) -> bool {
        !self.0.gone.get()
    }

    /// Whether it has ever answered. One that has not could not be loaded.
    pub(crate) fn was_loaded(&self) -> bool {
        self.0.loaded.get()
    }

    fn load() -> Result<Self, WorkerGone> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let port = web_sys::Worker::new_with_options(LOADER, &options).map_err(|_| WorkerGone)?;
        let inner = Rc::new_cyclic(|inner: &Weak<Inner>| {
            let (hearing, dying) = (inner.clone(), inner.clone());
            let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
                if let Some(inner) = hearing.upgrade() {
                    inner.heard(&event.data());
                }
            });
            let on_error = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
                event.prevent_default();
                if let Some(inner) = dying.upgrade() {
                    inner.died();
                }
            });
            port.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
            port.set_onerror(Some(on_error.as_ref().unchecked_ref()));
            Inner {
                port,
                next_id: Cell::new(0),
                gone: Cell::new(false),
                loaded: Cell::new(false),
                waiting: RefCell::default(),
                _on_message: on_message,
                _on_error: on_error,
            }
        });
        Ok(Self(inner))
    }

    pub(crate) async fn ask(&self, ask: Ask) -> Result<Answered, WorkerGone> {
        self.send(ask, None, |_| ()).await
    }

    /// Hands a file over: `bytes` are transferred, and gone from the page afterwards.
    pub(crate) async fn open(
        &self,
        ask: Ask,
        bytes: ArrayBuffer,
        progress: impl Fn(Progress) + 'static,
    ) -> Result<Answered, WorkerGone> {
        self.send(ask, Some(bytes), progress).await
    }

    pub(crate) fn is(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    /// Ends the worker at once, whatever it is doing; whoever waits for an answer gets [`WorkerGone`].
    pub(crate) fn end(&self) {
        self.0.died();
    }

    /// Asks with bytes beside it, if any: they are transferred, and gone from the page afterwards.
    pub(crate) async fn send(
        &self,
        ask: Ask,
        bytes: Option<ArrayBuffer>,
        progress: impl Fn(Progress) + 'static,
    ) -> Result<Answered, WorkerGone> {
        if self.0.gone.get() {
            return Err(WorkerGone);
        }
        let id = self.0.next_id.get();
        self.0.next_id.set(id.wrapping_add(1));
        let (answer, answered) = oneshot::channel();
        self.0.waiting.borrow_mut().insert(
            id,
            Waiting {
                answer,
                progress: Box::new(progress),
            },
        );
        let json = serde_json::to_string(&Request { id, ask }).map_err(|_| WorkerGone)?;
        let (message, transfer) = (Array::of1(&json.into()), Array::new());
        if let Some(bytes) = bytes {
            message.push(&bytes);
            transfer.push(&bytes);
        }
        self.0
            .port
            .post_message_with_transfer(&message, &transfer)
            .map_err(|_| WorkerGone)?;
        answered.await.map_err(|_| WorkerGone)
    }
}

impl Inner {
    fn heard(&self, data: &JsValue) {
        let parts = Array::from(data);
        let Some(Ok(Answer { id, reply })) = parts
            .get(0)
            .as_string()
            .map(|json| serde_json::from_str(&json))
        else {
            return self.died();
        };
        self.loaded.set(true);
        if let Reply::Progress(progress) = reply {
            if let Some(waiting) = self.waiting.borrow().get(&id) {
                (waiting.progress)(progress);
            }
            return;
        }
        let waiting = self.waiting.borrow_mut().remove(&id);
        if let Some(waiting) = waiting {
            let pieces = parts.iter().filter_map(|part| part.dyn_into().ok());
            let pieces = pieces.collect();
            // Whoever asked may have gone meanwhile.
            drop(waiting.answer.send(Answered { reply, pieces }));
        }
    }

    fn died(&self) {
        self.gone.set(true);
        self.port.terminate();
        // Dropping the senders tells everybody who waits.
        self.waiting.borrow_mut().clear();
    }
}
