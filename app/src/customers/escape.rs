//! Esc cancels, wherever on the page the focus is.

use leptos::{ev, prelude::*};
use std::rc::Rc;
use wasm_bindgen::JsCast;

/// Runs `action` on Esc, unless something nearer to the focus (an editor, a dialog, the search box) took it.
pub fn on_escape(action: impl Fn() + 'static) {
    let action = Rc::new(action);
    Effect::new(move || {
        let action = Rc::clone(&action);
        let listener = window_event_listener(ev::keydown, move |event| {
            if event.key() == "Escape" && !event.default_prevented() && !is_taken(&event) {
                action();
            }
        });
        on_cleanup(move || listener.remove());
    });
}

fn is_taken(event: &ev::KeyboardEvent) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let searching =
        target.is_some_and(|target| target.closest("[role=search]").ok().flatten().is_some());
    searching
        || document()
            .query_selector("dialog[open]")
            .ok()
            .flatten()
            .is_some()
}
