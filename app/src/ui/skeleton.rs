//! The shape of what is being loaded; appears after 150 ms (`late` in `main.css`).

use leptos::prelude::*;

/// Lines of grey. `label` is what a screen reader says: "Loading".
#[component]
pub fn Skeleton(
    #[prop(into)] label: Signal<String>,
    #[prop(default = 6)] lines: u32,
) -> impl IntoView {
    view! {
        <div class="late flex flex-col gap-3 py-4" role="status">
            <span class="sr-only">{move || label.get()}</span>
            {(0..lines).map(|_| view! { <div class="skeleton h-8 w-full"></div> }).collect_view()}
        </div>
    }
}
