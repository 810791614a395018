//! `/settings/wishes`: messages that read like a wish to stop without being a plain one. A person decides.

mod decided;
mod due;
mod open;
mod wording;

use crate::{
    conversations::api,
    data,
    error::{AppError, ErrorNotice},
    i18n::{t, t_string, use_i18n},
    ui::{Button, EmptyState, PageHeader, Skeleton, Tab, Tabs, focus_element, say},
};
use decided::DecidedWish;
use domain::{conversation::UncertainWish, ids::MessageId, query::Page};
use icondata_lu::LuMessageCircleWarning;
use leptos::prelude::*;
use open::OpenWish;

const OPEN: &str = "open";
const DECIDED: &str = "decided";
const PANEL: &str = "wishes-panel";

#[component]
pub fn WishesPage() -> impl IntoView {
    let i18n = use_i18n();
    let selected = RwSignal::new(OPEN);
    let first = data::resource(
        move || selected.try_get().map(|key| key == DECIDED),
        |settled| async move {
            let page = data::ask(|| api::uncertain_wishes(settled, None)).await?;
            Ok((settled, page))
        },
    );
    let retry = Callback::new(move |()| first.refetch());
    let tabs = Signal::derive(move || {
        vec![
            Tab {
                key: OPEN,
                label: t_string!(i18n, messaging.wishes_open).to_owned(),
            },
            Tab {
                key: DECIDED,
                label: t_string!(i18n, messaging.wishes_decided).to_owned(),
            },
        ]
    });
    view! {
        <PageHeader
            title=say(move || t_string!(i18n, messaging.wishes_title))
            text=say(move || t_string!(i18n, messaging.wishes_text))
        />
        <Tabs
            id="wishes"
            label=say(move || t_string!(i18n, messaging.wishes_title))
            tabs
            selected
            on_select=Callback::new(move |key| selected.set(key))
        />
        <div
            role="tabpanel"
            id=PANEL
            tabindex="-1"
            aria-labelledby=move || format!("wishes-{}", selected.get())
            class="pt-4"
        >
            <Suspense fallback=move || view! { <Skeleton label=say(move || t_string!(i18n, common.loading)) /> }>
                {move || Suspend::new(async move {
                    match first.await {
                        Ok((settled, page)) => view! { <Wishes settled page /> }.into_any(),
                        Err(error) => view! { <ErrorNotice error retry /> }.into_any(),
                    }
                })}
            </Suspense>
        </div>
    }
}

#[component]
fn Wishes(settled: bool, page: Page<UncertainWish>) -> impl IntoView {
    let i18n = use_i18n();
    let rows = RwSignal::new(page.rows);
    let next = RwSignal::new(page.next);
    let more = Action::new_local(move |(): &()| async move {
        let after = next.get_untracked();
        let page = data::ask(|| api::uncertain_wishes(settled, after.clone())).await?;
        rows.update(|rows| rows.extend(page.rows));
        next.set(page.next);
        Ok::<_, AppError>(())
    });
    let failed = move || more.value().get().and_then(Result::err);
    let gone = Callback::new(move |id: MessageId| {
        rows.try_update(|rows| rows.retain(|wish| wish.id != id));
        request_animation_frame(|| focus_element(PANEL));
    });
    let wish = move |wish: UncertainWish| {
        if settled {
            view! { <DecidedWish wish /> }.into_any()
        } else {
            view! { <OpenWish wish on_gone=gone /> }.into_any()
        }
    };
    let nothing = Memo::new(move |_| rows.with(Vec::is_empty) && next.with(Option::is_none));
    let list = move || {
        if nothing.get() {
            view! { <Nothing settled /> }.into_any()
        } else {
            view! {
                <ul class="flex flex-col gap-3">
                    <For each=move || rows.get() key=|wish| wish.id children=wish />
                </ul>
            }
            .into_any()
        }
    };
    view! {
        {list}
        {move || failed().map(|error| view! { <ErrorNotice error /> })}
        <Show when=move || next.with(Option::is_some)>
            <div class="mt-3">
                <Button busy=more.pending() on:click=move |_| drop(more.dispatch_local(()))>
                    {t!(i18n, messaging.wishes_more)}
                </Button>
            </div>
        </Show>
    }
}

#[component]
fn Nothing(settled: bool) -> impl IntoView {
    let i18n = use_i18n();
    let (title, text) = if settled {
        (
            say(move || t_string!(i18n, messaging.wishes_none_decided)),
            say(move || t_string!(i18n, messaging.wishes_none_decided_text)),
        )
    } else {
        (
            say(move || t_string!(i18n, messaging.wishes_none_open)),
            say(move || t_string!(i18n, messaging.wishes_none_open_text)),
        )
    };
    view! { <EmptyState icon=LuMessageCircleWarning title text /> }
}
