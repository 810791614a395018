//! A place where something will be: says what, and what to do next.

use super::Icon;
use icondata_core::Icon as IconData;
use leptos::prelude::*;

/// `children` are the ways on: buttons and links.
#[component]
pub fn EmptyState(
    icon: IconData,
    #[prop(into)] title: Signal<String>,
    #[prop(into)] text: Signal<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="flex flex-col items-center gap-2 px-4 py-16 text-center">
            <span class="text-primary">
                <Icon icon=icon size="2.5rem" />
            </span>
            <h2 class="text-lg font-semibold">{move || title.get()}</h2>
            <p class="muted max-w-prose">{move || text.get()}</p>
            <div class="mt-4 flex flex-wrap justify-center gap-2">{children.map(|children| children())}</div>
        </div>
    }
}
