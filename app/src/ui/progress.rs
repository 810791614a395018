//! How far something long has come.

use leptos::prelude::*;

/// `counts` says it in words, such as "1,200 of 5,000 rows"; it is read out when the reader pauses.
#[component]
pub fn ProgressBar(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] counts: Signal<String>,
    #[prop(into)] done: Signal<u64>,
    /// `0`: not known yet.
    #[prop(into)]
    total: Signal<u64>,
) -> impl IntoView {
    let known = move || total.get() > 0;
    view! {
        <div class="flex flex-col gap-1">
            <div class="flex justify-between gap-4 text-sm">
                <span>{move || label.get()}</span>
                <span class="tabular-nums" aria-live="polite">
                    {move || counts.get()}
                </span>
            </div>
            <progress
                class="progress progress-primary w-full"
                aria-label=move || label.get()
                value=move || known().then(|| done.get().to_string())
                max=move || known().then(|| total.get().to_string())
            ></progress>
        </div>
    }
}
