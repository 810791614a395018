//! A text to take elsewhere, with a button that copies it.

use leptos::{html, prelude::*};
use wasm_bindgen_futures::JsFuture;

#[component]
pub fn CopyField(
    #[prop(into)] id: String,
    #[prop(into)] label: Signal<String>,
    text: String,
    #[prop(into)] hint: Signal<String>,
    /// What the button says.
    #[prop(into)]
    copy: Signal<String>,
    #[prop(into)] on_copied: Callback<()>,
) -> impl IntoView {
    let node = NodeRef::<html::Input>::new();
    let select = move || {
        if let Some(input) = node.get_untracked() {
            input.select();
        }
    };
    let copying = Action::new_local(move |text: &String| {
        let copied = window().navigator().clipboard().write_text(text);
        async move {
            // Without permission, or without https, the person copies it by hand.
            match JsFuture::from(copied).await {
                Ok(_) => drop(on_copied.try_run(())),
                Err(_) => select(),
            }
        }
    });
    let (shown, hint_id) = (text.clone(), format!("{id}-hint"));
    view! {
        <div class="flex flex-col gap-1">
            <label for=id.clone() class="font-medium">
                {move || label.get()}
            </label>
            <div class="join w-full">
                <input
                    node_ref=node
                    id=id
                    class="input join-item grow"
                    readonly=true
                    value=shown
                    aria-describedby=hint_id.clone()
                    on:focus=move |_| select()
                />
                <button type="button" class="btn join-item" on:click=move |_| drop(copying.dispatch_local(text.clone()))>
                    {move || copy.get()}
                </button>
            </div>
            <p id=hint_id class="muted text-sm">
                {move || hint.get()}
            </p>
        </div>
    }
}
