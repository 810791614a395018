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
