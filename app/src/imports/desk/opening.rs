//! From a file of the device to an open one.

use super::{Desk, OpenFile, Trouble};
use crate::{
    customers, data,
    imports::{api, state::Event},
    worker::Worker,
};
use domain::import::report::Staging;
use js_sys::ArrayBuffer;
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use sheets::{
    error::{MAX_BYTES, ReadError},
    protocol::{Ask, ImportKind, Opened, Reply},
};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

impl Desk {
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
                account: self.account.get_value(),
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
            Some(staging) if opened.file_sha256.as_ref() != Some(&staging.file_sha256) => {
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

    pub(super) fn show(self, opened: Opened) {
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
}
