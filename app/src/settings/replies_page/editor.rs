//! Writing a saved reply.

use super::state::{NotSaved, ReplyList};
use crate::{
    i18n::{Locale, t, t_string, tu_string, use_i18n},
    sync,
    templates::{TemplateField, Variables},
    ui::{Button, ButtonKind, Form, Notice, NoticeKind, TextField, say, use_toasts},
};
use domain::{
    conversation::{ReplyTitle, ReplyTitleError, SavedReply},
    customer::Values,
    ids::SavedReplyId,
    segment::measure,
    template::Template,
};
use leptos::prelude::*;
use leptos_i18n::td_string;

#[derive(Clone, Copy, PartialEq, Eq)]
enum TitleTrouble {
    Title(ReplyTitleError),
    Taken,
}

/// Opened by a click: a new reply gets its id here.
#[component]
pub(super) fn ReplyEditor(
    list: ReplyList,
    #[prop(into)] variables: Signal<Variables>,
    /// The one that is changed.
    #[prop(optional)]
    reply: Option<SavedReply>,
    on_close: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = use_toasts();
    let id = reply
        .as_ref()
        .map_or_else(|| SavedReplyId::new(sync::new_id()), |reply| reply.id);
    let (title, text) = reply.map_or_else(Default::default, |reply| {
        let text = variables.with_untracked(|variables| reply.text.print(variables.names()));
        (reply.title.to_string(), text)
    });
    let (title, text) = (RwSignal::new(title), RwSignal::new(text));
    let title_trouble = RwSignal::new(None::<TitleTrouble>);
    let text_missing = RwSignal::new(false);
    let refused = RwSignal::new(None::<String>);
    let save = Action::new_local(move |reply: &SavedReply| {
        let reply = reply.clone();
        async move {
            match list.save(reply).await {
                Ok(()) => {
                    toasts.done(tu_string!(i18n, messaging.reply_saved));
                    on_close.try_run(());
                }
                Err(NotSaved::TitleTaken) => {
                    title_trouble.try_set(Some(TitleTrouble::Taken));
                }
                Err(NotSaved::Refused(why)) => {
                    refused.try_set(Some(why));
                }
            }
        }
    });
    let submit = move || {
        let parsed = title.with_untracked(|title| ReplyTitle::parse(title));
        let trouble = match &parsed {
            Err(error) => Some(TitleTrouble::Title(*error)),
            Ok(title) => list.is_taken(title, id).then_some(TitleTrouble::Taken),
        };
        title_trouble.set(trouble);
        text_missing.set(text.with_untracked(|text| text.trim().is_empty()));
        refused.set(None);
        let read = text.with_untracked(|text| {
            variables.with_untracked(|variables| Template::parse(text, variables.names()))
        });
        // What is wrong with the text stands below it already.
        if let (Ok(title), Ok(text), None, false) =
            (parsed, read, trouble, text_missing.get_untracked())
            && !is_too_long(&text)
        {
            save.dispatch_local(SavedReply { id, title, text });
        }
    };
    let title_error = Signal::derive(move || {
        let trouble = title_trouble.get()?;
        Some(said(i18n.get_locale(), trouble))
    });
    let text_error = Signal::derive(move || {
        let missing = text_missing.get() && text.with(|text| text.trim().is_empty());
        missing.then(|| t_string!(i18n, messaging.reply_text_needed).to_owned())
    });
    view! {
        <div class="card-section">
            <Form on_submit=submit>
                <TextField
                    id=format!("reply-title-{id}")
                    label=say(move || t_string!(i18n, messaging.reply_title))
                    hint=say(move || t_string!(i18n, messaging.reply_title_hint))
                    value=title
                    error=title_error
                    autofocus=true
                    required=true
                />
                <TemplateField
                    id=format!("reply-text-{id}")
                    label=say(move || t_string!(i18n, messaging.reply_text))
                    hint=say(move || t_string!(i18n, messaging.reply_text_hint))
                    value=text
                    variables=variables
                    error=text_error
                />
                {move || refused.get().map(|why| view! { <Notice kind=NoticeKind::Error>{why}</Notice> })}
                <div class="flex flex-wrap gap-2">
                    <Button submit=true kind=ButtonKind::Primary busy=save.pending()>
                        {t!(i18n, common.save)}
                    </Button>
                    <Button on:click=move |_| on_close.run(())>{t!(i18n, common.cancel)}</Button>
                </div>
            </Form>
        </div>
    }
}

/// For everybody, whatever their variables add.
fn is_too_long(text: &Template) -> bool {
    let bare = text.render(&Values::default(), |_, _| String::new());
    measure(&bare).excess() > 0
}

fn said(locale: Locale, trouble: TitleTrouble) -> String {
    match trouble {
        TitleTrouble::Title(ReplyTitleError::Empty) => {
            td_string!(locale, messaging.reply_title_needed).to_owned()
        }
        TitleTrouble::Title(ReplyTitleError::TooLong) => {
            td_string!(
                locale,
                messaging.reply_title_too_long,
                max = ReplyTitle::MAX
            )
        }
        TitleTrouble::Taken => td_string!(locale, messaging.reply_title_taken).to_owned(),
    }
}
