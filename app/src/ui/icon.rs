//! Icons: always beside a text or inside a control that has a name, hence hidden from screen readers.

use icondata_core::Icon as IconData;
use leptos::prelude::*;

/// An icon of the height of the text around it; `size` in CSS units changes that.
#[component]
pub fn Icon(
    #[prop(into)] icon: Signal<IconData>,
    #[prop(optional, into)] size: Option<String>,
) -> impl IntoView {
    let size = size.unwrap_or_else(|| String::from("1.15em"));
    view! {
        <span class="inline-flex shrink-0" aria-hidden="true">
            <leptos_icons::Icon icon=icon width=size.clone() height=size />
        </span>
    }
}
