//! From the rows to the server.

use super::{Desk, Trouble};
use crate::imports::{
    state::{Event, Stage},
    upload::{self, NotSent},
};
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use web_sys::AbortController;

impl Desk {
    /// **Review**: sends what the server does not have yet.
    pub(crate) fn send(self) {
        let (Some(worker), Ok(abort)) = (self.worker(), AbortController::new()) else {
            return;
        };
        self.trouble.set(None);
        self.go(Event::Send);
        self.cancel.set_value(Some(SendWrapper::new(abort.clone())));
        self.run(async move {
            match upload::send(&worker, self.sending, &abort.signal()).await {
                Ok(import) => self.go(Event::Sent(import)),
                Err(NotSent::Blocked(problems)) => {
                    self.mapping.update(|mapping| mapping.problems = problems);
                    self.go(Event::NotSent);
                    self.go(Event::ToColumns);
                }
                Err(NotSent::Cancelled) => self.go(Event::NotSent),
                Err(NotSent::WorkerGone) => self.worker_ended(&worker),
                // The step stays, with a button to try again.
                Err(NotSent::Superseded) => self.trouble.set(Some(Trouble::Superseded)),
                Err(NotSent::Server(error)) => self.trouble.set(Some(Trouble::Server(error))),
            }
        });
    }

    /// Stops sending. What arrived stays on the server, and is not sent again.
    pub(crate) fn cancel_sending(self) {
        if self.stage.get_untracked() != Stage::Sending {
            return;
        }
        self.cancel.with_value(|abort| {
            if let Some(abort) = abort {
                abort.abort();
            }
        });
        self.trouble.set(None);
        self.go(Event::NotSent);
    }
}
