//! Two attributes that mean the same become one.

use super::state::AttributeList;
use crate::{
    customers::view_model::attribute_list::merge_targets,
    i18n::{t, t_string, use_i18n},
    ui::{Button, ButtonKind, Choice, Dialog, Select, say},
    words,
};
use domain::{
    attribute::{Attribute, AttributeKind, AttributeUse},
    ids::AttributeId,
    mutation::Intent,
};
use leptos::prelude::*;

#[component]
pub(super) fn MergeDialog(
    list: AttributeList,
    merging: RwSignal<Option<AttributeId>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let from = Memo::new(move |_| merging.get().and_then(|id| list.get(id).get()));
    let title = move || {
        let name = from.with(|from| {
            from.as_ref()
                .map(|from| from.attribute.name.to_string())
                .unwrap_or_default()
        });
        t_string!(i18n, customers.attributes_merge_title, name = name)
    };
    view! {
        <Dialog
            id="merge-attributes"
            title=say(title)
            open=Signal::derive(move || merging.with(Option::is_some))
            on_close=move |()| merging.set(None)
        >
            {move || from.get().map(|from| view! { <MergeForm list from merging /> })}
        </Dialog>
    }
}

#[component]
fn MergeForm(
    list: AttributeList,
    from: AttributeUse,
    merging: RwSignal<Option<AttributeId>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let AttributeUse {
        attribute: from,
        filled,
    } = from;
    let all = untrack(|| list.attributes());
    let targets: Vec<Attribute> = merge_targets(&from, &all).into_iter().cloned().collect();
    let into_key = RwSignal::new(
        targets
            .first()
            .map(|into| into.id.to_string())
            .unwrap_or_default(),
    );
    let choices: Vec<Choice> = targets
        .iter()
        .map(|into| Choice::new(into.id.to_string(), into.name.to_string()))
        .collect();
    if targets.is_empty() {
        return view! {
            <p>{t!(i18n, customers.attributes_merge_none)}</p>
            <div class="modal-action">
                <Button on:click=move |_| merging.set(None)>{t!(i18n, common.close)}</Button>
            </div>
        }
        .into_any();
    }
    let into = Memo::new(move |_| {
        into_key.with(|key| {
            targets
                .iter()
                .find(|into| into.id.to_string() == *key)
                .cloned()
        })
    });
    let (from_name, joined, from_id) = (
        from.name.to_string(),
        from.kind == AttributeKind::Texts,
        from.id,
    );
    let name_for_toast = from_name.clone();
    let text = move || {
        let count = words::number(i18n.get_locale(), filled);
        let (from, into) = (
            from_name.clone(),
            into.get()
                .map(|into| into.name.to_string())
                .unwrap_or_default(),
        );
        if joined {
            t_string!(
                i18n,
                customers.attributes_merge_texts,
                count = count,
                from = from,
                into = into
            )
        } else {
            t_string!(
                i18n,
                customers.attributes_merge_text,
                count = count,
                from = from,
                into = into
            )
        }
    };
    let merge = Action::new_local(move |(): &()| {
        let from_name = name_for_toast.clone();
        async move {
            let Some(into) = into.get_untracked() else {
                return;
            };
            let done = list
                .send(Intent::MergeAttributes {
                    from: from_id,
                    into: into.id,
                })
                .await;
            merging.set(None);
            if done {
                let into_name = into.name.to_string();
                list.say(|i18n| {
                    t_string!(
                        i18n,
                        customers.attributes_was_merged,
                        from = from_name,
                        into = into_name
                    )
                });
            }
        }
    });
    view! {
        <div class="flex flex-col gap-4">
            <Select
                id="merge-into"
                label=say(move || t_string!(i18n, customers.attributes_merge_into))
                value=into_key
                choices=Signal::stored(choices)
            />
            <p>{text}</p>
        </div>
        <div class="modal-action">
            <Button on:click=move |_| merging.set(None)>{t!(i18n, customers.cancel)}</Button>
            <Button kind=ButtonKind::Danger busy=merge.pending() on:click=move |_| drop(merge.dispatch_local(()))>
                {t!(i18n, customers.attributes_merge_confirm)}
            </Button>
        </div>
    }
    .into_any()
}
