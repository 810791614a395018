//! A button that unfolds a list of things to do or places to go.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

/// `trigger` is what the button shows, `label` its name; `children` are `<li>` with a button or link each. Choosing one,
/// Esc and a click elsewhere close it.
#[component]
pub fn Menu(
    #[prop(into)] id: String,
    #[prop(into)] label: Signal<String>,
    /// Classes of the button.
    #[prop(default = "btn btn-ghost")]
    class: &'static str,
    #[prop(into)] trigger: ViewFn,
    /// Opens above the button, for bars at the bottom.
    #[prop(optional)]
    above: bool,
    children: ChildrenFn,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let root = NodeRef::<html::Div>::new();
    let button = NodeRef::<html::Button>::new();
    let close = move || {
        open.set(false);
        if let Some(button) = button.get_untracked() {
            drop(button.focus());
        }
    };
    Effect::new(move || {
        let listener = window_event_listener(ev::pointerdown, move |event| {
            let target = event
                .target()
                .and_then(|target| target.dyn_into::<web_sys::Node>().ok());
            let inside = root
                .get_untracked()
                .is_some_and(|root| root.contains(target.as_ref()));
            if !inside && open.get_untracked() {
                open.set(false);
            }
        });
        on_cleanup(move || listener.remove());
    });
    let keydown = move |event: ev::KeyboardEvent| {
        if !open.get_untracked() {
            return;
        }
        match event.key().as_str() {
            "Escape" => {
                event.prevent_default();
                event.stop_propagation();
                close();
            }
            "ArrowDown" => move_focus(&event, root, 1),
            "ArrowUp" => move_focus(&event, root, -1),
            "Tab" => open.set(false),
            _ => {}
        }
    };
    let chosen = move |event: ev::MouseEvent| {
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        if target.is_some_and(|target| target.closest("a, button").ok().flatten().is_some()) {
            open.set(false);
        }
    };
    view! {
        <div node_ref=root class="relative" on:keydown=keydown>
            <button
                node_ref=button
                type="button"
                class=class
                aria-label=move || label.get()
                aria-expanded=move || open.get().to_string()
                aria-controls=id.clone()
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {trigger.run()}
            </button>
            <ul
                id=id
                class=if above { "menu menu-panel bottom-full right-0 mb-2" } else { "menu menu-panel top-full right-0 mt-1" }
                class:hidden=move || !open.get()
                on:click=chosen
            >
                {children()}
            </ul>
        </div>
    }
}

fn move_focus(event: &ev::KeyboardEvent, root: NodeRef<html::Div>, by: i32) {
    event.prevent_default();
    let Some(items) = root
        .get_untracked()
        .and_then(|root| root.query_selector_all("li a, li button").ok())
    else {
        return;
    };
    let count = i32::try_from(items.length()).unwrap_or(i32::MAX);
    if count == 0 {
        return;
    }
    let focused = document().active_element().map(web_sys::Node::from);
    let focused = focused.as_ref();
    let at = (0..items.length()).find(|index| items.item(*index).as_ref() == focused);
    let next = at.map_or(if by > 0 { 0 } else { count - 1 }, |at| {
        (i32::try_from(at).unwrap_or_default() + by).rem_euclid(count)
    });
    let item = items.item(u32::try_from(next).unwrap_or_default());
    if let Some(item) = item.and_then(|item| item.dyn_into::<web_sys::HtmlElement>().ok()) {
        drop(item.focus());
    }
}
