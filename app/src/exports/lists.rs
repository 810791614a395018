//! Which customers.

use super::choice::{Chosen, Which};
use crate::{
    i18n::{t_string, use_i18n},
    ui::{RadioGroup, TextField, say},
};
use leptos::prelude::*;

#[component]
pub(super) fn Lists(chosen: Chosen) -> impl IntoView {
    let i18n = use_i18n();
    let mut choices = vec![
        (Which::All, say(move || t_string!(i18n, exports.all))),
        (
            Which::WithoutCellPhone,
            say(move || t_string!(i18n, exports.without_cell_phone)),
        ),
        (
            Which::Unsubscribed,
            say(move || t_string!(i18n, exports.unsubscribed)),
        ),
    ];
    if chosen.shown.with_value(Option::is_some) {
        choices.insert(
            0,
            (Which::Shown, say(move || t_string!(i18n, exports.shown))),
        );
    }
    let days = move || {
        (chosen.which.get() == Which::Unsubscribed).then(|| view! { <Days chosen=chosen /> })
    };
    view! {
        <RadioGroup
            name="which"
            legend=say(move || t_string!(i18n, exports.which))
            value=chosen.which
            choices=choices
        />
        {days}
    }
}

#[component]
fn Days(chosen: Chosen) -> impl IntoView {
    let i18n = use_i18n();
    let choices = vec![
        (
            false,
            say(move || t_string!(i18n, exports.unsubscribed_all)),
        ),
        (
            true,
            say(move || t_string!(i18n, exports.unsubscribed_by_day)),
        ),
    ];
    let upside_down = move || {
        chosen
            .list()
            .is_upside_down()
            .then(|| t_string!(i18n, common.export_days).to_owned())
    };
    let fields = move || {
        chosen.by_day.get().then(|| {
            view! {
                <div class="grid max-w-md gap-4 sm:grid-cols-2">
                    <TextField id="since" kind="date" label=say(move || t_string!(i18n, exports.since)) value=chosen.since />
                    <TextField
                        id="until"
                        kind="date"
                        label=say(move || t_string!(i18n, exports.until))
                        value=chosen.until
                        error=Signal::derive(upside_down)
                    />
                </div>
            }
        })
    };
    view! {
        <div class="flex flex-col gap-2 border-l-2 pl-4">
            <RadioGroup
                name="unsubscribed"
                legend=say(move || t_string!(i18n, exports.unsubscribed_which))
                value=chosen.by_day
                choices=choices
            />
            {fields}
        </div>
    }
}
