//! Moving the focus.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Does nothing where there is no such element.
pub fn focus_element(id: &str) {
    let element = document().get_element_by_id(id);
    if let Some(element) =
        element.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok())
    {
        drop(element.focus());
    }
}

/// Whether somebody writes on the page, who must not lose the focus because something has appeared.
pub fn is_writing() -> bool {
    let field = document().query_selector("main :is(input, textarea, select):focus");
    field.ok().flatten().is_some()
}
