//! Arrow keys walk through the rows, also those that are not drawn yet.

use super::{row::ROW_HEIGHT, scroll::Scrolled};
use crate::customers::view_model::window::scroll_to_show;
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// The bar and the header cover this much of the window's top, the dock this much of its bottom.
const COVERED: f64 = 112.0;

pub(super) fn walk(event: &ev::KeyboardEvent, length: usize, scrolled: Scrolled) {
    let Some(row) = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .and_then(|e| e.closest("[data-index]").ok().flatten())
    else {
        return;
    };
    let Some(at) = row
        .get_attribute("data-index")
        .and_then(|index| index.parse::<usize>().ok())
    else {
        return;
    };
    let to = match event.key().as_str() {
        "ArrowDown" => at + 1,
        "ArrowUp" => at.saturating_sub(1),
        "PageDown" => at + 10,
        "PageUp" => at.saturating_sub(10),
        _ => return,
    }
    .min(length.saturating_sub(1));
    event.prevent_default();
    let top = scrolled.top.get_untracked() + COVERED;
    let height = scrolled.height.get_untracked() - 2.0 * COVERED;
    if let Some(top) = scroll_to_show(to, top, height, ROW_HEIGHT) {
        scrolled.go_to(top - COVERED);
    }
    // Rows come in sight one frame after the scroll.
    request_animation_frame(move || request_animation_frame(move || focus_row(to)));
}

fn focus_row(index: usize) {
    let link = document()
        .query_selector(&format!("[data-index='{index}'] a"))
        .ok()
        .flatten();
    if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
        drop(link.focus());
    }
}
