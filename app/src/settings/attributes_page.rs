//! `/settings/attributes`

mod merge_dialog;
mod name_editor;
mod row;
mod state;

use crate::{
    customers::{
        api,
        new_attribute::{AddAttribute, NewAttribute},
    },
    data,
    error::{AppError, ErrorNotice},
    i18n::{t, t_string, use_i18n},
    session::use_me,
    ui::{EmptyState, Notice, PageHeader, Skeleton, say},
};
use domain::{
    attribute::AttributeUse, ids::AttributeId, mutation::Intent, permission::Permission,
    query::CustomerQuery,
};
use icondata_lu as lu;
use leptos::{prelude::*, task::spawn_local};
use merge_dialog::MergeDialog;
use row::AttributeRow;
use state::AttributeList;

/// The attributes, and how many customers there are in all.
async fn load() -> Result<(Vec<AttributeUse>, u64), AppError> {
    let (uses, total) = futures::join!(
        data::ask(api::attribute_uses),
        data::ask(|| api::count_customers(CustomerQuery::default()))
    );
    Ok((uses?, total?))
}

#[component]
pub fn AttributesPage() -> impl IntoView {
    let i18n = use_i18n();
    let loaded = Resource::new(|| (), |()| load());
    let retry = Callback::new(move |()| loaded.refetch());
    view! {
        <PageHeader
            title=say(move || t_string!(i18n, customers.attributes_title))
            text=say(move || t_string!(i18n, customers.attributes_text))
        />
        <Suspense fallback=move || view! { <Skeleton label=say(move || t_string!(i18n, common.loading)) /> }>
            {move || Suspend::new(async move {
                match loaded.await {
                    Ok((uses, total)) => view! { <Attributes uses total /> }.into_any(),
                    Err(error) => view! { <ErrorNotice error retry /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Attributes(uses: Vec<AttributeUse>, total: u64) -> impl IntoView {
    let i18n = use_i18n();
    let role = use_me().with_untracked(|me| me.role);
    let may_manage = role.may(Permission::ManageAttributes);
    let list = AttributeList::new(uses, total);
    let merging = RwSignal::new(None::<AttributeId>);
    let ids = move |retired: bool| {
        list.attributes()
            .into_iter()
            .filter(|attribute| attribute.retired == retired)
            .map(|attribute| attribute.id)
            .collect::<Vec<_>>()
    };
    let rows = move |retired: bool| {
        view! {
            <ul class="card-section divide-base-300 flex flex-col divide-y py-1">
                <For each=move || ids(retired) key=|id| *id let:id>
                    <AttributeRow list id may_manage on_merge=Callback::new(move |id| merging.set(Some(id))) />
                </For>
            </ul>
        }
        .into_any()
    };
    let add = Callback::new(move |new: NewAttribute| {
        let attribute = new.attribute;
        spawn_local(async move {
            let name = attribute.name.to_string();
            let intent = Intent::AddAttribute {
                attribute: attribute.id,
                attribute_name: attribute.name,
                kind: attribute.kind,
            };
            if list.send(intent).await {
                list.say(move |i18n| t_string!(i18n, customers.attributes_was_added, name = name));
            }
        });
    });
    let in_use = move |any: bool| {
        if any {
            rows(false)
        } else {
            view! {
                <EmptyState
                    icon=lu::LuTags
                    title=say(move || t_string!(i18n, customers.attributes_empty_title))
                    text=say(move || t_string!(i18n, customers.attributes_empty_text))
                />
            }
            .into_any()
        }
    };
    let any_in_use = Memo::new(move |_| !ids(false).is_empty());
    let any_retired = Memo::new(move |_| !ids(true).is_empty());
    view! {
        <div class="flex max-w-4xl flex-col gap-4">
            {(!may_manage).then(|| view! { <Notice>{t!(i18n, customers.attributes_only_managers)}</Notice> })}
            {move || {
                let any = any_in_use.get();
                untrack(|| in_use(any))
            }}
            {role
                .may(Permission::AddAttributes)
                .then(|| {
                    view! {
                        <div>
                            <AddAttribute
                                known=Signal::derive(move || list.attributes())
                                with_value=false
                                on_add=add
                                on_existing=Callback::new(row::focus)
                            />
                        </div>
                    }
                })}
            <Show when=move || any_retired.get()>
                <section class="mt-4" aria-labelledby="retired-attributes">
                    <h2 id="retired-attributes" class="font-semibold">
                        {t!(i18n, customers.attributes_retired)}
                    </h2>
                    <p class="muted mb-2">{t!(i18n, customers.attributes_retired_text)}</p>
                    {rows(true)}
                </section>
            </Show>
        </div>
        <MergeDialog list merging />
    }
}
