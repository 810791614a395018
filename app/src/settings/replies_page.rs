//! `/settings/replies`: what the shop writes again and again.

mod editor;
mod row;
mod state;

use crate::{
    conversations::api,
    customers::api::list_attributes,
    data,
    error::{AppError, ErrorNotice},
    i18n::{t, t_string, use_i18n},
    session::use_me,
    templates::Variables,
    ui::{Button, ButtonKind, EmptyState, Notice, PageHeader, Skeleton, focus_element, say},
};
use domain::{
    attribute::Attribute, conversation::SavedReply, ids::SavedReplyId, permission::Permission,
};
use editor::ReplyEditor;
use icondata_lu::{LuMessageSquareQuote, LuPlus};
use leptos::prelude::*;
use row::ReplyRow;
use state::ReplyList;

const NEW_BUTTON: &str = "new-reply";

async fn load() -> Result<(Vec<SavedReply>, Vec<Attribute>), AppError> {
    let (replies, attributes) =
        futures::join!(data::ask(api::saved_replies), data::ask(list_attributes));
    Ok((replies?, attributes?))
}

#[component]
pub fn RepliesPage() -> impl IntoView {
    let i18n = use_i18n();
    let loaded = Resource::new(|| (), |()| load());
    let retry = Callback::new(move |()| loaded.refetch());
    view! {
        <PageHeader
            title=say(move || t_string!(i18n, messaging.replies_title))
            text=say(move || t_string!(i18n, messaging.replies_text))
        />
        <Suspense fallback=move || view! { <Skeleton label=say(move || t_string!(i18n, common.loading)) /> }>
            {move || Suspend::new(async move {
                match loaded.await {
                    Ok((replies, attributes)) => view! { <Replies replies attributes /> }.into_any(),
                    Err(error) => view! { <ErrorNotice error retry /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Replies(replies: Vec<SavedReply>, attributes: Vec<Attribute>) -> impl IntoView {
    let i18n = use_i18n();
    let may = use_me().with_untracked(|me| me.role.may(Permission::SendMessages));
    let list = ReplyList::new(replies);
    let attributes = StoredValue::new(attributes);
    let variables = Signal::derive(move || {
        let locale = i18n.get_locale();
        attributes.with_value(|attributes| Variables::of(locale, attributes))
    });
    let adding = RwSignal::new(false);
    let stop_adding = Callback::new(move |()| {
        adding.set(false);
        request_animation_frame(|| focus_element(NEW_BUTTON));
    });
    let ids = Memo::new(move |_| list.ids());
    let any = Memo::new(move |_| ids.with(|ids: &Vec<SavedReplyId>| !ids.is_empty()));
    let head = move || {
        if adding.get() {
            view! { <ReplyEditor list variables on_close=stop_adding /> }.into_any()
        } else {
            view! {
                <div>
                    <Button kind=ButtonKind::Primary icon=LuPlus attr:id=NEW_BUTTON on:click=move |_| adding.set(true)>
                        {t!(i18n, messaging.reply_new)}
                    </Button>
                </div>
            }
            .into_any()
        }
    };
    let rows = move || {
        if any.get() {
            view! {
                <ul class="flex flex-col gap-3">
                    <For each=move || ids.get() key=|id| *id let:id>
                        <ReplyRow list id variables may />
                    </For>
                </ul>
            }
            .into_any()
        } else {
            view! {
                <EmptyState
                    icon=LuMessageSquareQuote
                    title=say(move || t_string!(i18n, messaging.replies_empty))
                    text=say(move || t_string!(i18n, messaging.replies_empty_text))
                />
            }
            .into_any()
        }
    };
    view! {
        <div class="flex max-w-3xl flex-col gap-4">
            {if may {
                head.into_any()
            } else {
                view! { <Notice>{t!(i18n, messaging.replies_not_allowed)}</Notice> }.into_any()
            }}
            {rows}
        </div>
    }
}
