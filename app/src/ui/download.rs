//! Hands something to the person as a file.

use js_sys::Array;
use leptos::prelude::document;
use leptos::wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// `part` is a text, a buffer or a file. `false` where the browser cannot.
pub fn download(part: &JsValue, media_type: &str, name: &str) -> bool {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let Ok(url) = Blob::new_with_str_sequence_and_options(&Array::of1(part), &options)
        .and_then(|blob| Url::create_object_url_with_blob(&blob))
    else {
        return false;
    };
    let link = document()
        .create_element("a")
        .ok()
        .and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok());
    let can = link.is_some();
    if let Some(link) = link {
        link.set_href(&url);
        link.set_download(name);
        link.click();
    }
    drop(Url::revoke_object_url(&url));
    can
}
