//! Where the file goes: to a place that the person picks, where the browser can (File System Access), else to its downloads.

use crate::ui::download;
use js_sys::{Array, Object, Reflect};
use leptos::prelude::window;
use leptos::wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use web_sys::Blob;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = window, js_name = showSaveFilePicker)]
    async fn show_save_file_picker(options: &JsValue) -> Result<JsValue, JsValue>;

    pub(super) type FileHandle;
    #[wasm_bindgen(method, catch, js_name = createWritable)]
    async fn create_writable(this: &FileHandle) -> Result<JsValue, JsValue>;

    pub(super) type Writable;
    #[wasm_bindgen(method, catch)]
    async fn write(this: &Writable, file: &Blob) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn close(this: &Writable) -> Result<JsValue, JsValue>;
}

/// Where a file is going to be.
pub(super) enum Place {
    Picked(FileHandle),
    Downloads,
}

/// The person closed the picker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NotWanted;

/// Has to follow a click at once: browsers ask nobody otherwise.
pub(super) async fn pick(name: &str, media_type: &str, ending: &str) -> Result<Place, NotWanted> {
    let picker = Reflect::get(&window(), &"showSaveFilePicker".into());
    if !picker.is_ok_and(|picker| picker.is_function()) {
        return Ok(Place::Downloads);
    }
    match show_save_file_picker(&options(name, media_type, ending)).await {
        Ok(handle) => Ok(Place::Picked(handle.unchecked_into())),
        Err(error) if is_abort(&error) => Err(NotWanted),
        // Not allowed here, as in a frame of another site.
        Err(_) => Ok(Place::Downloads),
    }
}

/// `{ suggestedName, types: [{ accept: { [media_type]: [".ending"] } }] }`
fn options(name: &str, media_type: &str, ending: &str) -> JsValue {
    let object = |key: &str, value: &JsValue| {
        let object = Object::new();
        // A plain object takes every key.
        let _ = Reflect::set(&object, &key.into(), value);
        object
    };
    let accept = object(media_type, &Array::of1(&format!(".{ending}").into()));
    let options = object("suggestedName", &name.into());
    let types = Array::of1(&object("accept", &accept));
    let _ = Reflect::set(&options, &"types".into(), &types);
    options.into()
}

fn is_abort(error: &JsValue) -> bool {
    let name = Reflect::get(error, &"name".into()).ok();
    name.and_then(|name| name.as_string()).as_deref() == Some("AbortError")
}

/// `false`: the file could not be written, for want of room or because the place is gone.
pub(super) async fn save(place: &Place, file: &Blob, name: &str, media_type: &str) -> bool {
    match place {
        Place::Downloads => download(file, media_type, name),
        Place::Picked(handle) => write_into(handle, file).await.is_ok(),
    }
}

async fn write_into(handle: &FileHandle, file: &Blob) -> Result<(), JsValue> {
    let writable: Writable = handle.create_writable().await?.unchecked_into();
    writable.write(file).await?;
    writable.close().await.map(drop)
}
