//! **Insert attribute**: the menu of variables.

use super::Variables;
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{Icon, Menu, say},
};
use domain::slot::Slot;
use icondata_lu::LuBraces;
use leptos::prelude::*;

#[component]
pub fn VariablesMenu(
    #[prop(into)] id: String,
    #[prop(into)] variables: Signal<Variables>,
    /// Opens upwards.
    #[prop(optional)]
    above: bool,
    on_pick: Callback<Slot>,
) -> impl IntoView {
    let i18n = use_i18n();
    let items = move || {
        variables.with(|variables| {
            variables
                .offered()
                .iter()
                .map(|(name, slot)| {
                    let slot = *slot;
                    view! {
                        <li>
                            <button type="button" on:click=move |_| on_pick.run(slot)>
                                {name.clone()}
                            </button>
                        </li>
                    }
                })
                .collect_view()
        })
    };
    view! {
        <Menu
            id=id
            label=say(move || t_string!(i18n, messaging.insert_attribute))
            class="btn btn-ghost btn-sm"
            above=above
            trigger=move || {
                view! {
                    <Icon icon=LuBraces />
                    {t!(i18n, messaging.insert_attribute)}
                }
            }
        >
            {items}
        </Menu>
    }
    .into_any()
}
