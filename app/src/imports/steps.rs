//! The line of steps.

use crate::i18n::{Locale, t_string, use_i18n};
use leptos::prelude::*;
use leptos_i18n::td_string;

fn name(locale: Locale, step: usize) -> &'static str {
    match step {
        0 => td_string!(locale, imports.step_file),
        1 => td_string!(locale, imports.step_columns),
        2 => td_string!(locale, imports.step_rows),
        _ => td_string!(locale, imports.step_review),
    }
}

#[component]
pub(super) fn Steps(#[prop(into)] current: Signal<usize>) -> impl IntoView {
    let i18n = use_i18n();
    let steps = (0..4)
        .map(|step| {
            view! {
                <li
                    class="step text-sm"
                    class:step-primary=move || step <= current.get()
                    aria-current=move || (step == current.get()).then_some("step")
                >
                    {move || name(i18n.get_locale(), step)}
                </li>
            }
        })
        .collect_view();
    view! {
        <ol class="steps mb-4 w-full max-w-2xl" aria-label=move || t_string!(i18n, imports.steps)>
            {steps}
        </ol>
    }
}
