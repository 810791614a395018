//! What is asked of the worker once a file is open.

use super::{Counting, Desk, Trouble};
use leptos::prelude::*;
use sheets::{
    detected::Overrides,
    preview::{RowView, RowWindow},
    protocol::{Ask, Reply},
};

impl Desk {
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

    pub(super) fn count(self) {
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
