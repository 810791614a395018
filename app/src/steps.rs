//! Steps through the browser's history, which a page may hold back.
//!
//! What must stay true: this listens before the router does. Browsers tell of a step in the order in which the listeners came,
//! whatever these ask for, and the router changes the page at once.

use gloo::events::EventListener;
use leptos::prelude::window;
use std::{cell::RefCell, rc::Rc};

type Hold = Rc<dyn Fn() -> bool>;

thread_local! {
    static HOLD: RefCell<Option<Hold>> = const { RefCell::new(None) };
}

/// Before the page is mounted.
pub fn listen() {
    EventListener::new(&window(), "popstate", |event| {
        let hold = HOLD.with_borrow(Clone::clone);
        if hold.is_some_and(|hold| hold()) {
            event.stop_immediate_propagation();
        }
    })
    .forget();
}

/// From now on `hold` is asked, in place of the one before, whether the router is kept from hearing of a step. Once its page
/// has gone it answers no.
pub(crate) fn hold_if(hold: impl Fn() -> bool + 'static) {
    HOLD.set(Some(Rc::new(hold)));
}
