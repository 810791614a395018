//! Saved replies, to choose one from.

use crate::{
    conversations::api,
    data,
    error::{AppError, ErrorNotice},
    i18n::{t, t_string, use_i18n},
    routes,
    templates::Variables,
    ui::{Dialog, Skeleton, TextField, say},
};
use domain::{conversation::SavedReply, fold::fold};
use leptos::{prelude::*, task::spawn_local};

#[component]
pub(super) fn SavedReplies(
    open: RwSignal<bool>,
    variables: Signal<Variables>,
    on_pick: Callback<SavedReply>,
) -> impl IntoView {
    let i18n = use_i18n();
    let pick = Callback::new(move |reply| {
        open.set(false);
        on_pick.run(reply);
    });
    view! {
        <Dialog
            id="saved-replies"
            title=say(move || t_string!(i18n, conversations.saved_replies))
            open
            on_close=move |()| open.set(false)
        >
            <Picker variables on_pick=pick/>
        </Dialog>
    }
}

/// Made when the dialog opens, so that it shows what is saved by then.
#[component]
fn Picker(variables: Signal<Variables>, on_pick: Callback<SavedReply>) -> impl IntoView {
    let i18n = use_i18n();
    let loaded = RwSignal::new(None::<Result<Vec<SavedReply>, AppError>>);
    let load = move || {
        spawn_local(async move {
            loaded.try_set(Some(data::ask(api::saved_replies).await));
        });
    };
    Effect::new(load);
    let searched = RwSignal::new(String::new());
    let retry = Callback::new(move |()| {
        loaded.set(None);
        load();
    });
    let list = move |replies: Vec<SavedReply>| {
        if replies.is_empty() {
            return view! { <p class="muted py-4">{t!(i18n, conversations.no_replies)}</p> }
                .into_any();
        }
        let replies = StoredValue::new(replies);
        let found = move || {
            let wanted = fold(searched.get().trim());
            replies.with_value(|replies| {
                variables.with(|variables| {
                    let all = replies.iter();
                    all.map(|reply| (reply.clone(), reply.text.print(variables.names())))
                        .filter(|(reply, text)| {
                            fold(reply.title.as_str()).contains(&wanted)
                                || fold(text).contains(&wanted)
                        })
                        .collect::<Vec<_>>()
                })
            })
        };
        view! {
            <TextField
                id="reply-search"
                label=say(move || t_string!(i18n, conversations.search_replies))
                value=searched
                kind="search"
                autofocus=true
            />
            <ul class="my-3 flex max-h-80 flex-col gap-1 overflow-y-auto">
                {move || {
                    found()
                        .into_iter()
                        .map(|(reply, text)| {
                            let title = reply.title.to_string();
                            view! {
                                <li>
                                    <button type="button" class="reply" on:click=move |_| on_pick.run(reply.clone())>
                                        <span class="font-medium">{title}</span>
                                        <span class="muted line-clamp-2 text-sm">{text}</span>
                                    </button>
                                </li>
                            }
                        })
                        .collect_view()
                }}
            </ul>
        }
        .into_any()
    };
    view! {
        {move || match loaded.get() {
            None => view! { <Skeleton lines=4 label=say(move || t_string!(i18n, common.loading))/> }.into_any(),
            Some(Err(error)) => view! { <ErrorNotice error retry/> }.into_any(),
            Some(Ok(replies)) => list(replies),
        }}
        <a class="link" href=routes::SAVED_REPLIES>{t!(i18n, conversations.edit_replies)}</a>
    }
}
