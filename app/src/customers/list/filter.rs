//! Who is shown: everybody, by cell phone, by consent, or by what an attribute holds.

use super::rule_dialog::RuleDialog;
use crate::{
    customers::{api, view_model::list_view::ListView, wording},
    data,
    i18n::{t, t_string, use_i18n},
    ui::{IconButton, say},
};
use domain::{attribute::Attribute, query::Filter};
use icondata_lu::{LuSlidersHorizontal, LuX};
use leptos::{html, prelude::*, task::spawn_local};
use std::collections::BTreeMap;

const BY_ATTRIBUTE: &str = "attribute";
const THIS_RULE: &str = "rule";

#[component]
pub fn FilterSelect(view: Memo<ListView>, on_change: Callback<ListView>) -> impl IntoView {
    let i18n = use_i18n();
    let node = NodeRef::<html::Select>::new();
    let attributes = RwSignal::new(None::<Vec<Attribute>>);
    let asking = RwSignal::new(false);
    let rule = Memo::new(move |_| match view.get().filter {
        Filter::Attribute(rule) => Some(rule),
        _ => None,
    });
    // Names are needed for a rule in the address, and to choose one.
    Effect::new(move || {
        if (rule.with(Option::is_some) || asking.get())
            && attributes.with_untracked(Option::is_none)
        {
            spawn_local(async move {
                if let Ok(list) = data::ask(api::list_attributes).await {
                    attributes.try_set(Some(list));
                }
            });
        }
    });
    let key = move || match view.get().filter {
        Filter::All => "all",
        Filter::WithCellPhone => "with-cell-phone",
        Filter::WithoutCellPhone => "without-cell-phone",
        Filter::Unsubscribed => "unsubscribed",
        Filter::Attribute(_) => THIS_RULE,
    };
    let put_back = move || {
        if let Some(select) = node.get_untracked() {
            select.set_value(untrack(key));
        }
    };
    Effect::new(move || {
        let key = key();
        rule.track();
        attributes.track();
        if let Some(select) = node.get() {
            select.set_value(key);
        }
    });
    let choose = move |key: String| {
        let filter = match key.as_str() {
            "all" => Filter::All,
            "with-cell-phone" => Filter::WithCellPhone,
            "without-cell-phone" => Filter::WithoutCellPhone,
            "unsubscribed" => Filter::Unsubscribed,
            BY_ATTRIBUTE => {
                put_back();
                asking.set(true);
                return;
            }
            _ => return,
        };
        on_change.run(ListView {
            filter,
            ..view.get_untracked()
        });
    };
    let told = move || {
        let (rule, attributes) = (rule.get()?, attributes.get().unwrap_or_default());
        let attribute = attributes
            .iter()
            .find(|attribute| attribute.id == rule.attribute)?;
        let locale = i18n.get_locale();
        let operator = wording::operator(locale, rule.operator, attribute.kind);
        let value = rule
            .value
            .map(|value| wording::value(locale, attribute.kind.into(), &value, &BTreeMap::new()));
        Some(
            format!(
                "{} {operator} {}",
                attribute.name,
                value.unwrap_or_default()
            )
            .trim_end()
            .to_owned(),
        )
    };
    let option = move |value: &'static str, label: Signal<String>| {
        view! { <option value=value selected=move || key() == value>{move || label.get()}</option> }
    };
    view! {
        <div class="flex flex-col gap-1">
            <label for="customer-filter" class="text-sm font-medium">{t!(i18n, customers.filter)}</label>
            <div class="flex items-center gap-1">
                <select
                    node_ref=node
                    id="customer-filter"
                    class="select select-sm w-full"
                    on:change=move |event| choose(event_target_value(&event))
                >
                    {option("all", say(move || t_string!(i18n, customers.filter_all)))}
                    {option("with-cell-phone", say(move || t_string!(i18n, customers.filter_with_cell_phone)))}
                    {option("without-cell-phone", say(move || t_string!(i18n, customers.filter_without_cell_phone)))}
                    {option("unsubscribed", say(move || t_string!(i18n, customers.filter_unsubscribed)))}
                    {move || {
                        rule.with(Option::is_some)
                            .then(|| {
                                option(
                                    THIS_RULE,
                                    Signal::derive(move || told().unwrap_or_else(|| t_string!(i18n, customers.rule_title).to_owned())),
                                )
                            })
                    }}
                    {option(BY_ATTRIBUTE, say(move || t_string!(i18n, customers.filter_attribute)))}
                </select>
                <Show when=move || rule.with(Option::is_some)>
                    <IconButton
                        icon=LuSlidersHorizontal
                        label=say(move || t_string!(i18n, customers.filter_edit))
                        on:click=move |_| asking.set(true)
                    />
                    <IconButton
                        icon=LuX
                        label=say(move || t_string!(i18n, customers.filter_clear))
                        on:click=move |_| choose("all".to_owned())
                    />
                </Show>
            </div>
            <RuleDialog
                open=asking
                attributes
                rule
                on_apply=Callback::new(move |rule| {
                    asking.set(false);
                    on_change.run(ListView { filter: Filter::Attribute(rule), ..view.get_untracked() });
                })
                on_close=Callback::new(move |()| asking.set(false))
            />
        </div>
    }
}
