//! The top of a page: its name, which is also the title of the browser's tab, and its actions.

use leptos::prelude::*;
use leptos_meta::Title;

/// `children` are the actions, at the right.
#[component]
pub fn PageHeader(
    #[prop(into)] title: Signal<String>,
    #[prop(optional, into)] text: Option<Signal<String>>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <Title text=move || title.try_get().unwrap_or_default() />
        <header class="mb-4 flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
            <div>
                <h1 class="text-xl font-semibold" tabindex="-1">
                    {move || title.get()}
                </h1>
                {text.map(|text| view! { <p class="muted">{move || text.get()}</p> })}
            </div>
            <div class="flex flex-wrap gap-2">{children.map(|children| children())}</div>
        </header>
    }
}
