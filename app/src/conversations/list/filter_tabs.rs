//! Which conversations are listed.

use crate::{
    conversations::{counts::use_counts, view_model::list_view::ListView, wording},
    i18n::{t_string, use_i18n},
    ui::{Tab, Tabs, say},
};
use domain::conversation::ConversationFilter;
use leptos::prelude::*;

const ID: &str = "conversation-filter";
pub(super) const PANEL: &str = "conversation-filter-panel";

pub(super) fn tab_id(filter: ConversationFilter) -> String {
    format!("{ID}-{}", filter.key())
}

#[component]
pub(super) fn FilterTabs(view: Memo<ListView>, on_change: Callback<ListView>) -> impl IntoView {
    let i18n = use_i18n();
    let counts = use_counts();
    let tabs = Memo::new(move |_| {
        let (locale, counts) = (i18n.get_locale(), counts.get());
        ConversationFilter::ALL
            .iter()
            .map(|filter| Tab {
                key: filter.key(),
                label: wording::filter(locale, *filter, counts),
            })
            .collect::<Vec<_>>()
    });
    view! {
        <Tabs
            id=ID
            label=say(move || t_string!(i18n, conversations.filters))
            tabs
            selected=Signal::derive(move || view.get().filter.key())
            on_select=Callback::new(move |key: &'static str| {
                if let Some(filter) = ConversationFilter::from_key(key) {
                    on_change.run(ListView { filter, ..view.get_untracked() });
                }
            })
        />
    }
}
