//! Who takes care of a thread.

use crate::{
    conversations::{api, thread::Thread},
    data,
    i18n::{t, t_string, use_i18n},
    session::use_me,
    ui::use_toasts,
};
use domain::{conversation::StaffName, ids::PersonId, mutation::Intent, permission::Permission};
use leptos::{html, prelude::*, task::spawn_local};

#[component]
pub(super) fn Assignee(thread: Thread) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = use_toasts();
    let me = use_me().with_untracked(|me| StaffName {
        id: me.person,
        name: me.name.clone(),
    });
    let node = NodeRef::<html::Select>::new();
    let staff = RwSignal::new(Vec::<StaffName>::new());
    let now = Memo::new(move |_| thread.conversation.with(|thread| thread.assignee.clone()));
    if thread.may(Permission::SendMessages) {
        Effect::new(move || {
            spawn_local(async move {
                if let Ok(list) = data::ask(api::staff).await {
                    staff.try_set(list);
                }
            });
        });
    }
    // Me first; and whoever takes care of it, also before the others are known.
    let choices = Memo::new(move |_| {
        let mut choices = vec![me.clone()];
        let known = staff.get().into_iter().chain(now.get());
        for person in known {
            if choices.iter().all(|other| other.id != person.id) {
                choices.push(person);
            }
        }
        choices
    });
    let key = move || {
        now.get()
            .map_or_else(String::new, |person| person.id.to_string())
    };
    Effect::new(move || {
        let key = key();
        choices.track();
        if let Some(select) = node.get() {
            select.set_value(&key);
        }
    });
    let choose = move |key: String| {
        let to: Option<PersonId> = key.parse().ok();
        let from = now.get_untracked().map(|person| person.id);
        if to == from {
            return;
        }
        let chosen = choices
            .with_untracked(|choices| choices.iter().find(|person| Some(person.id) == to).cloned());
        thread
            .conversation
            .update(|conversation| conversation.assignee = chosen);
        let intent = Intent::AssignConversation {
            conversation: thread.id(),
            from,
            to,
        };
        thread.decide(intent, toasts, i18n.get_locale_untracked());
    };
    let options = move || {
        let chosen = now.with_untracked(|now| now.as_ref().map(|person| person.id));
        choices
            .get()
            .into_iter()
            .map(|person| {
                view! {
                    <option value=person.id.to_string() selected=chosen == Some(person.id)>{person.name}</option>
                }
            })
            .collect_view()
    };
    view! {
        <label class="flex items-center gap-2 text-sm max-md:w-full">
            <span class="muted shrink-0">{t!(i18n, conversations.assignee)}</span>
            <select
                node_ref=node
                class="select select-sm min-w-0 max-md:grow md:w-48"
                disabled=!thread.may(Permission::SendMessages)
                on:change=move |event| choose(event_target_value(&event))
            >
                <option value="">{move || t_string!(i18n, conversations.nobody)}</option>
                {options}
            </select>
        </label>
    }
}
