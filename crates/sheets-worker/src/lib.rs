//! The spreadsheet worker: takes messages from the page, answers with what `sheets` says. One worker, one file.
//!
//! A message is an array of the JSON of a [`Request`] or an [`Answer`] and, where the protocol says so, an `ArrayBuffer`,
//! which is transferred and never copied on the way. A panic ends in an error event on the page, which then knows that the
//! file cannot be read.

use js_sys::{Array, ArrayBuffer, Uint8Array};
use sheets::{
    export::Export,
    protocol::{Answer, Ask, Progress, Reply, Request},
    session::{Opening, Session},
};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// `postMessage` of the worker's global scope.
    #[wasm_bindgen(js_name = postMessage)]
    fn post_message(message: &JsValue, transfer: &Array);
}

/// The open file, and the file that is being made.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Worker {
    session: Option<Session>,
    export: Option<Export>,
}

#[wasm_bindgen]
impl Worker {
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Answers one message of the page by posting to it.
    ///
    /// # Errors
    /// A message that is not of the protocol: page and worker are of different versions.
    pub fn hear(&mut self, message: &Array) -> Result<(), JsError> {
        let json = message
            .get(0)
            .as_string()
            .ok_or_else(|| JsError::new("no request"))?;
        let Request { id, ask } = serde_json::from_str(&json)?;
        let mut progress = |progress: Progress| say(id, Reply::Progress(progress), Vec::new());
        let (reply, bytes) = match ask {
            Ask::Open {
                file_name,
                kind,
                country,
                account,
                attributes,
                remembered,
                corrections,
            } => {
                let file = beside(message)?;
                let opening = Opening {
                    file_name,
                    kind,
                    country,
                    account,
                    attributes,
                    remembered,
                    corrections,
                };
                // The memory of the file before is free before the next one is read.
                self.session = None;
                match Session::open(file, opening, &mut progress) {
                    Ok(session) => (
                        Reply::Opened(self.session.insert(session).opened()),
                        Vec::new(),
                    ),
                    Err(error) => (Reply::Unreadable(error), Vec::new()),
                }
            }
            Ask::BeginExport(plan) => (self.export.insert(Export::new(plan)).taken(), Vec::new()),
            Ask::TakePage | Ask::TakeChanges | Ask::WriteExport => {
                self.export(&ask, message, &mut progress)?
            }
            ask => match &mut self.session {
                Some(session) => {
                    let (reply, chunk) = session.answer(ask, &mut ids::next, &mut progress);
                    (reply, Vec::from_iter(chunk))
                }
                None => (Reply::NoSuchThing, Vec::new()),
            },
        };
        say(id, reply, bytes);
        Ok(())
    }
}

impl Worker {
    fn export(
        &mut self,
        ask: &Ask,
        message: &Array,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<(Reply, Vec<Vec<u8>>), JsError> {
        let Some(export) = &mut self.export else {
            return Ok((Reply::NoSuchThing, Vec::new()));
        };
        Ok(match ask {
            Ask::TakePage => (export.take_page(beside(message)?)?, Vec::new()),
            Ask::TakeChanges => (export.take_changes(&beside(message)?)?, Vec::new()),
            _ => match self.export.take() {
                Some(export) => export.finish(progress)?,
                None => (Reply::NoSuchThing, Vec::new()),
            },
        })
    }
}

/// The bytes that travel beside a request.
fn beside(message: &Array) -> Result<Vec<u8>, JsError> {
    let buffer: ArrayBuffer = message
        .get(1)
        .dyn_into()
        .map_err(|_| JsError::new("no bytes"))?;
    let bytes = Uint8Array::new(&buffer).to_vec();
    // What was copied need not wait for the garbage collector. Where a browser cannot let go of it, it waits.
    let _gone = buffer.transfer_with_length(0);
    Ok(bytes)
}

fn say(id: u32, reply: Reply, pieces: Vec<Vec<u8>>) {
    // The types of the protocol have no maps with keys other than texts, and nothing else fails.
    let json = serde_json::to_string(&Answer { id, reply }).unwrap_or_default();
    let (message, transfer) = (Array::of1(&json.into()), Array::new());
    for piece in pieces {
        let buffer = Uint8Array::from(piece.as_slice()).buffer();
        message.push(&buffer);
        transfer.push(&buffer);
    }
    post_message(&message, &transfer);
}

mod ids {
    use domain::ids::AttributeId;
    use uuid::Uuid;

    pub(crate) fn next() -> AttributeId {
        AttributeId::new(Uuid::now_v7())
    }
}
