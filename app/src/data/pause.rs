//! Waiting in the browser.

use js_sys::Promise;
use leptos::{prelude::*, wasm_bindgen::JsValue};
use wasm_bindgen_futures::JsFuture;

pub(crate) async fn wait(ms: u32) {
    let promise = Promise::new(&mut |resolve, _| {
        let ms = i32::try_from(ms).unwrap_or(i32::MAX);
        // Without a timer the wait is over at once, and the next try decides.
        if window()
            .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms)
            .is_err()
        {
            drop(resolve.call0(&JsValue::NULL));
        }
    });
    drop(JsFuture::from(promise).await);
}
