//! One saved reply.

use super::{editor::ReplyEditor, state::ReplyList};
use crate::{
    i18n::{t_string, use_i18n},
    templates::Variables,
    ui::{IconButton, focus_element, say},
};
use domain::ids::SavedReplyId;
use icondata_lu::{LuPencil, LuTrash2};
use leptos::prelude::*;

fn edit_id(id: SavedReplyId) -> String {
    format!("edit-{id}")
}

#[component]
pub(super) fn ReplyRow(
    list: ReplyList,
    id: SavedReplyId,
    #[prop(into)] variables: Signal<Variables>,
    may: bool,
) -> impl IntoView {
    let reply = list.get(id);
    let editing = RwSignal::new(false);
    let close = Callback::new(move |()| {
        editing.set(false);
        request_animation_frame(move || focus_element(&edit_id(id)));
    });
    view! {
        <li>
            {move || match reply.get_untracked().filter(|_| editing.get()) {
                Some(reply) => view! { <ReplyEditor list variables reply on_close=close /> }.into_any(),
                None => view! { <ReplyRead list id variables may on_edit=move |()| editing.set(true) /> }.into_any(),
            }}
        </li>
    }
}

#[component]
fn ReplyRead(
    list: ReplyList,
    id: SavedReplyId,
    variables: Signal<Variables>,
    may: bool,
    #[prop(into)] on_edit: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let reply = list.get(id);
    let title = Memo::new(move |_| {
        reply.with(|reply| {
            reply
                .as_ref()
                .map(|reply| reply.title.to_string())
                .unwrap_or_default()
        })
    });
    let text = move || {
        reply.with(|reply| {
            let reply = reply.as_ref()?;
            Some(variables.with(|variables| reply.text.print(variables.names())))
        })
    };
    let delete = Action::new_local(move |(): &()| {
        let reply = reply.get_untracked();
        async move {
            if let Some(reply) = reply {
                list.delete(reply).await;
            }
        }
    });
    let actions = may.then(|| {
        view! {
            <div class="flex shrink-0 gap-1">
                <IconButton
                    attr:id=edit_id(id)
                    icon=LuPencil
                    label=say(move || t_string!(i18n, messaging.reply_edit_of, title = title.get()))
                    on:click=move |_| on_edit.run(())
                />
                <IconButton
                    icon=LuTrash2
                    label=say(move || t_string!(i18n, messaging.reply_delete_of, title = title.get()))
                    disabled=delete.pending()
                    on:click=move |_| drop(delete.dispatch_local(()))
                />
            </div>
        }
    });
    view! {
        <div class="card-section flex items-start justify-between gap-3">
            <div class="min-w-0">
                <h2 class="font-medium break-words">{title}</h2>
                <p class="muted break-words whitespace-pre-line">{text}</p>
            </div>
            {actions}
        </div>
    }
}
