//! Arrow keys walk through the conversations; Enter opens the one that has the focus, because it is a link.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

const ROWS: &str = "a[data-conversation]";

pub(super) fn focus_first() {
    focus(document().query_selector(ROWS).ok().flatten());
}

pub(super) fn walk(event: &ev::KeyboardEvent) {
    let row = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .and_then(|target| target.closest("li").ok().flatten());
    let to = match (event.key().as_str(), &row) {
        ("ArrowDown", Some(row)) => row.next_element_sibling(),
        ("ArrowUp", Some(row)) => row.previous_element_sibling(),
        _ => return,
    };
    event.prevent_default();
    focus(to.and_then(|row| row.query_selector(ROWS).ok().flatten()));
}

fn focus(row: Option<Element>) {
    if let Some(row) = row.and_then(|row| row.dyn_into::<HtmlElement>().ok()) {
        drop(row.focus());
    }
}
