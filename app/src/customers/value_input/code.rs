//! A country or a language, chosen by its name.

use super::Named;
use crate::{
    customers::{view_model::draft::Draft, wording},
    i18n::{t_string, use_i18n},
    words,
};
use domain::slot::SlotKind;
use leptos::prelude::*;

#[component]
pub(super) fn CodeInput(
    field: Named,
    kind: SlotKind,
    line: Signal<String>,
    on_change: Callback<Draft>,
) -> impl IntoView {
    let i18n = use_i18n();
    let label = field.label();
    let options = move || {
        let mut options = match kind {
            SlotKind::Country => words::countries(i18n.get_locale()),
            _ => wording::languages(i18n.get_locale()).to_vec(),
        }
        .into_iter()
        .map(|(code, name)| (code.to_owned(), name.to_owned()))
        .collect::<Vec<_>>();
        let given = line.get_untracked();
        if !given.is_empty() && !options.iter().any(|(code, _)| *code == given) {
            options.insert(0, (given.clone(), given));
        }
        options
    };
    view! {
        <select
            id=field.id.clone()
            class="select w-full"
            aria-label=move || label.map(|label| label.get())
            aria-invalid=field.invalid()
            aria-describedby=field.trouble
            on:change=move |event| on_change.run(Draft::Line(event_target_value(&event)))
        >
            <option value="" selected=move || line.with(String::is_empty)>
                {move || t_string!(i18n, customers.nothing_chosen)}
            </option>
            {move || {
                options()
                    .into_iter()
                    .map(|(code, name)| {
                        let value = code.clone();
                        let chosen = move || line.with(|line| *line == code);
                        view! { <option value=value selected=chosen>{name}</option> }
                    })
                    .collect_view()
            }}
        </select>
    }
}
