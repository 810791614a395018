//! Who changed which field from what to what, when, from where.

use super::{api, profile::Profile, when::When, wording};
use crate::{
    data::{self, Order},
    error::{AppError, ErrorNotice},
    i18n::{Locale, t, t_string, use_i18n},
    routes,
    ui::{Button, Icon, Skeleton, say},
};
use domain::{
    attribute::Attribute,
    history::{HistoryEntry, HistoryEvent, Source},
};
use icondata_lu::{LuFileUp, LuPencil, LuUndo2, LuUserPlus};
use leptos::{prelude::*, task::spawn_local};
use leptos_i18n::td_string;
use std::collections::BTreeMap;

/// The entries that are there; `None` until the first arrive.
#[derive(Clone, Copy)]
struct Entries {
    shown: RwSignal<Option<Vec<HistoryEntry>>>,
    next: RwSignal<Option<String>>,
    fetching: RwSignal<bool>,
    failed: RwSignal<Option<AppError>>,
    order: Order,
}

impl Entries {
    fn new() -> Self {
        Self {
            shown: RwSignal::new(None),
            next: RwSignal::new(None),
            fetching: RwSignal::new(false),
            failed: RwSignal::new(None),
            order: Order::new(),
        }
    }

    /// Without a cursor it starts anew, from the latest change.
    fn fetch(self, profile: Profile, after: Option<String>) {
        self.fetching.set(true);
        self.failed.set(None);
        let turn = self.order.begin();
        spawn_local(async move {
            let answer = data::ask(|| api::customer_history(profile.id, after.clone())).await;
            if !turn.may_be_shown() {
                return;
            }
            self.fetching.set(false);
            match answer {
                Ok(page) => {
                    self.next.set(page.next);
                    self.shown.update(|shown| match shown {
                        Some(shown) if after.is_some() => shown.extend(page.rows),
                        shown => *shown = Some(page.rows),
                    });
                }
                Err(error) => self.failed.set(Some(error)),
            }
        });
    }
}

#[component]
pub fn History(profile: Profile) -> impl IntoView {
    let i18n = use_i18n();
    let entries = Entries::new();
    // Every change of the profile has a history.
    profile.on_change(move || entries.fetch(profile, None));
    let retry = Callback::new(move |()| entries.fetch(profile, None));
    let list = move |shown: Vec<HistoryEntry>| {
        if shown.is_empty() {
            return view! { <p class="muted">{t!(i18n, customers.history_empty)}</p> }.into_any();
        }
        let items = shown
            .into_iter()
            .map(|entry| view! { <Entry profile entry/> })
            .collect_view();
        view! { <ol class="flex flex-col">{items}</ol> }.into_any()
    };
    view! {
        {move || entries.failed.get().map(|error| view! { <ErrorNotice error retry/> })}
        {move || match entries.shown.get() {
            Some(shown) => list(shown),
            None if entries.failed.with(Option::is_some) => ().into_any(),
            None => view! { <Skeleton label=say(move || t_string!(i18n, common.loading))/> }.into_any(),
        }}
        <Show when=move || entries.next.with(Option::is_some)>
            <div class="mt-3">
                <Button busy=entries.fetching on:click=move |_| entries.fetch(profile, entries.next.get_untracked())>
                    {t!(i18n, customers.history_more)}
                </Button>
            </div>
        </Show>
    }
}

#[component]
fn Entry(profile: Profile, entry: HistoryEntry) -> impl IntoView {
    let i18n = use_i18n();
    let HistoryEntry {
        at,
        by,
        source,
        event,
    } = entry;
    let icon = match (&source, &event) {
        (Source::Undo { .. }, _) => LuUndo2,
        (Source::Import { .. }, _) => LuFileUp,
        (Source::Staff, HistoryEvent::Created) => LuUserPlus,
        (Source::Staff, HistoryEvent::Changed { .. }) => LuPencil,
    };
    let text = move || {
        profile.attributes.with(|attributes| {
            profile
                .customer()
                .with(|customer| told(i18n.get_locale(), &event, attributes, &customer.phones))
        })
    };
    let by = move || {
        by.clone()
            .unwrap_or_else(|| t_string!(i18n, customers.history_somebody).to_owned())
    };
    let from = match source {
        Source::Staff => view! { <span>{t!(i18n, customers.history_by_staff)}</span> }.into_any(),
        Source::Import {
            import,
            file_name,
            line,
        } => {
            let words = move || {
                t_string!(
                    i18n,
                    customers.history_by_import,
                    file = file_name.clone(),
                    row = line
                )
            };
            view! { <a class="link" href=routes::import(import)>{words}</a> }.into_any()
        }
        Source::Undo { import, file_name } => {
            let words =
                move || t_string!(i18n, customers.history_by_undo, file = file_name.clone());
            view! { <a class="link" href=routes::import(import)>{words}</a> }.into_any()
        }
    };
    view! {
        <li class="history-entry">
            <span class="history-icon"><Icon icon/></span>
            <div class="min-w-0">
                <p class="break-words whitespace-pre-line">{text}</p>
                <p class="muted text-sm">
                    <When at/> " · " {by} ", " {from}
                </p>
            </div>
        </li>
    }
}

fn told(
    locale: Locale,
    event: &HistoryEvent,
    attributes: &[Attribute],
    phones: &BTreeMap<String, String>,
) -> String {
    let HistoryEvent::Changed { slot, from, to } = event else {
        return td_string!(locale, customers.history_created).to_owned();
    };
    let (field, kind) = (
        wording::slot(locale, *slot, attributes),
        wording::slot_kind(*slot, attributes),
    );
    let written = |value| wording::value(locale, kind, value, phones);
    match (from, to) {
        (Some(from), Some(to)) => {
            td_string!(
                locale,
                customers.history_changed,
                field = field,
                from = written(from),
                to = written(to)
            )
        }
        (Some(from), None) => td_string!(
            locale,
            customers.history_cleared,
            field = field,
            from = written(from)
        ),
        (None, to) => {
            let to = to.as_ref().map(written).unwrap_or_default();
            td_string!(locale, customers.history_set, field = field, to = to)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        slot::{Field, Slot},
        value::Value,
    };

    #[test]
    fn a_change_is_told_as_a_sentence_in_both_languages() {
        let changed = |from, to| HistoryEvent::Changed {
            slot: Slot::Field(Field::City),
            from,
            to,
        };
        let told = |locale, event| told(locale, &event, &[], &BTreeMap::new());
        let (laval, levis) = (Value::text("Laval"), Value::text("Lévis"));
        assert_eq!(
            told(Locale::en, changed(laval.clone(), levis.clone())),
            "City changed from Laval to Lévis"
        );
        assert_eq!(told(Locale::en, changed(None, levis)), "City set to Lévis");
        assert_eq!(
            told(Locale::fr, changed(laval, None)),
            "Ville : valeur effacée ; c’était Laval"
        );
    }
}
