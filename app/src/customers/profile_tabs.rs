//! What a profile shows beside its fields. Which of it stands in the address, so that whoever comes back finds it again.

use super::{
    conversations_tab::ConversationsTab, history::History, panel::FieldOf, profile::Profile,
};
use crate::{
    consent::ConsentTab,
    data::Latest,
    i18n::{t, t_string, use_i18n},
    routes,
    ui::{Tab, Tabs, say},
};
use domain::{
    consent::CustomerConsent,
    slot::{Field, Slot},
};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};

const PARAM: &str = "tab";
const NOTES: &str = "notes";
const CONVERSATIONS: &str = "conversations";
const CONSENT: &str = "consent";
const HISTORY: &str = "history";

fn known(key: &str) -> &'static str {
    let keys = [CONVERSATIONS, CONSENT, HISTORY];
    keys.into_iter()
        .find(|known| *known == key)
        .unwrap_or(NOTES)
}

#[component]
pub(super) fn ProfileTabs(profile: Profile, consent: Latest<CustomerConsent>) -> impl IntoView {
    let i18n = use_i18n();
    let params = use_query_map();
    let selected = Memo::new(move |_| {
        let key = params.try_with(|params| params.get(PARAM)).flatten();
        known(&key.unwrap_or_default())
    });
    let navigate = use_navigate();
    let select = Callback::new(move |key: &'static str| {
        let page = routes::customer(profile.id);
        let address = if key == NOTES {
            page
        } else {
            format!("{page}?{PARAM}={key}")
        };
        navigate(&address, routes::in_place());
    });
    let tabs = Signal::derive(move || {
        [
            (NOTES, t_string!(i18n, customers.tab_notes)),
            (CONVERSATIONS, t_string!(i18n, messaging.tab)),
            (CONSENT, t_string!(i18n, consent.tab)),
            (HISTORY, t_string!(i18n, customers.tab_history)),
        ]
        .map(|(key, label)| Tab {
            key,
            label: label.to_owned(),
        })
        .to_vec()
    });
    let notes = Slot::Field(Field::Notes);
    view! {
        <section class="card-section min-w-0">
            <Tabs
                id="profile-tabs"
                label=say(move || t_string!(i18n, customers.tabs))
                tabs
                selected
                on_select=select
            />
            <div
                role="tabpanel"
                id="profile-tabs-panel"
                aria-labelledby=move || format!("profile-tabs-{}", selected.get())
                class="pt-4"
            >
                {move || match selected.get() {
                    CONVERSATIONS => view! { <ConversationsTab profile/> }.into_any(),
                    CONSENT => view! { <ConsentTab customer=profile.id known=consent/> }.into_any(),
                    HISTORY => view! { <History profile/> }.into_any(),
                    _ => {
                        view! {
                            <FieldOf profile of=notes bare=true/>
                            <p class="muted mt-2 text-sm">{t!(i18n, customers.notes_empty)}</p>
                        }
                            .into_any()
                    }
                }}
            </div>
        </section>
    }
}
