//! Customers with a cell phone of whom some fragment is what was typed.

use crate::{
    conversations::{list::beside, view_model::list_view::ListView},
    customers::api::list_customers,
    data,
    error::{AppError, ErrorNotice},
    i18n::{t, t_string, use_i18n},
    routes,
    ui::{Badge, BadgeKind, use_typing},
};
use domain::{
    customer::CustomerRow,
    query::{CustomerQuery, Filter},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_query_map;

/// As many as fit on a screen: who is not among them types more.
const SHOWN: u16 = 12;

#[component]
pub(super) fn FoundCustomers(
    typed: RwSignal<String>,
    #[prop(into)] label: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let params = use_query_map();
    // The answer with its question: an older one may come later.
    let found = RwSignal::new(None::<Result<Vec<CustomerRow>, AppError>>);
    let ask = move |text: String| {
        spawn_local(async move {
            let query = CustomerQuery {
                text: text.clone(),
                filter: Filter::WithCellPhone,
                limit: SHOWN,
                ..CustomerQuery::default()
            };
            let answer = data::ask(|| list_customers(query.clone())).await;
            let still = typed.try_with_untracked(|typed| typed.trim() == text);
            if still == Some(true) {
                found.try_set(Some(answer.map(|page| page.rows)));
            }
        });
    };
    let typing = use_typing();
    Effect::new(move || {
        let text = typed.get().trim().to_owned();
        if text.is_empty() {
            typing.forget();
            found.set(None);
        } else {
            typing.then(move || ask(text));
        }
    });
    let href = move |row: &CustomerRow| {
        let view = params.with_untracked(|params| ListView::from_params(|key| params.get(key)));
        beside(&routes::conversation_with(row.id), &view)
    };
    let item = move |row: CustomerRow| {
        let href = href(&row);
        let given = row.name;
        let name = move || {
            if given.is_empty() {
                t_string!(i18n, customers.no_name).to_owned()
            } else {
                given.clone()
            }
        };
        view! {
            <li>
                <a class="reply" href=href>
                    <span class="font-medium">{name}</span>
                    <span class="muted flex items-center gap-2 text-sm tabular-nums">
                        {row.cell_phone_shown}
                        {row
                            .unsubscribed_at
                            .map(|_| view! { <Badge kind=BadgeKind::Error>{t!(i18n, consent.status_unsubscribed)}</Badge> })}
                    </span>
                </a>
            </li>
        }
    };
    move || match found.get() {
        None => ().into_any(),
        Some(Err(error)) => view! { <ErrorNotice error/> }.into_any(),
        Some(Ok(rows)) if rows.is_empty() => {
            view! { <p class="muted" role="status">{t!(i18n, conversations.nobody_found)}</p> }
                .into_any()
        }
        Some(Ok(rows)) => view! {
            <ul class="card-section flex max-w-xl flex-col gap-1" aria-label=move || label.get()>
                {rows.into_iter().map(item).collect_view()}
            </ul>
        }
        .into_any(),
    }
}
