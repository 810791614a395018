//! A choice of one, all of them in sight.

use leptos::prelude::*;

/// `name` is unique on the page. Each choice comes with what it is called.
#[component]
pub fn RadioGroup<T>(
    #[prop(into)] name: String,
    #[prop(into)] legend: Signal<String>,
    value: RwSignal<T>,
    choices: Vec<(T, Signal<String>)>,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let choices = choices.into_iter().map(move |(choice, label)| {
        let name = name.clone();
        view! {
            <label class="flex min-h-8 cursor-pointer items-center gap-2">
                <input
                    type="radio"
                    class="radio radio-sm"
                    name=name
                    prop:checked=move || value.get() == choice
                    on:change=move |_| value.set(choice)
                />
                <span>{move || label.get()}</span>
            </label>
        }
    });
    view! {
        <fieldset class="flex flex-col">
            <legend class="mb-1 font-medium">{move || legend.get()}</legend>
            {choices.collect_view()}
        </fieldset>
    }
    .into_any()
}
