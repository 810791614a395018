//! How many customers are ticked, and what can be done with them.

use crate::{
    consent::UnsubscribeSelected,
    customers::view_model::{loaded::Loaded, selection::Selection},
    i18n::{t, t_string, use_i18n},
    sync,
    ui::{Button, use_toasts},
    words,
};
use domain::ids::CustomerId;
use icondata_lu::{LuCopy, LuX};
use leptos::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[component]
pub fn SelectionBar(
    selection: RwSignal<Selection>,
    loaded: RwSignal<Loaded>,
    /// Ticks every customer of the list, loading those that are not there yet.
    on_select_all: Callback<()>,
    /// All are being ticked.
    #[prop(into)]
    selecting: Signal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = use_toasts();
    let ticked =
        Memo::new(move |_| u64::try_from(selection.with(Selection::len)).unwrap_or(u64::MAX));
    let total = move || loaded.with(Loaded::total);
    let more = move || total().is_some_and(|total| total > ticked.get());
    let copy = move |_| {
        let locale = i18n.get_locale_untracked();
        let (phones, count) = selection
            .with_untracked(|selection| (selection.cell_phones(), selection.with_cell_phone()));
        if count == 0 {
            toasts.failed(t_string!(i18n, customers.no_phones_selected));
            return;
        }
        leptos::task::spawn_local(async move {
            let copied = JsFuture::from(window().navigator().clipboard().write_text(&phones)).await;
            let count = u64::try_from(count).unwrap_or(u64::MAX);
            match copied {
                Ok(_) => toasts.done(count!(locale, count, customers.copied_one | copied_some)),
                Err(_) => toasts.failed(t_string!(i18n, customers.copy_refused)),
            }
        });
    };
    let unsubscribed = Callback::new(move |ids: Vec<CustomerId>| {
        loaded.try_update(|loaded| loaded.unsubscribe(&ids, sync::now()));
        selection.try_update(|selection| selection.unsubscribe(&ids));
    });
    let told = move || {
        let locale = i18n.get_locale();
        if selecting.get() {
            let (done, total) =
                loaded.with(|loaded| (loaded.rows().len(), loaded.total().unwrap_or_default()));
            let done = words::number(locale, u64::try_from(done).unwrap_or(u64::MAX));
            t_string!(
                i18n,
                customers.selecting,
                done = done,
                total = words::number(locale, total)
            )
        } else {
            count!(locale, ticked.get(), customers.one_selected | many_selected)
        }
    };
    view! {
        <Show when=move || { ticked.get() > 0 || selecting.get() }>
            <div class="selection-bar">
                <span class="font-medium tabular-nums" role="status">{told}</span>
                <Button small=true icon=LuCopy on:click=copy disabled=selecting>
                    {t!(i18n, customers.copy_phones)}
                </Button>
                <UnsubscribeSelected
                    selected=Signal::derive(move || selection.with(Selection::subscribed))
                    disabled=selecting
                    on_done=unsubscribed
                />
                <Show when=more>
                    <Button small=true busy=selecting on:click=move |_| on_select_all.run(())>
                        {move || {
                            let all = words::number(i18n.get_locale(), total().unwrap_or_default());
                            t_string!(i18n, customers.select_all, count = all)
                        }}
                    </Button>
                </Show>
                <Button small=true icon=LuX on:click=move |_| selection.update(Selection::clear)>
                    {t!(i18n, customers.clear_selection)}
                </Button>
            </div>
        </Show>
    }
}
