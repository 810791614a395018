//! Under the field: what is wrong, what will be missing, how the customer reads it, and how long it is.

use super::{length::LengthLine, writing::Writing};
use crate::{
    conversations::view_model::plain::plain,
    customers::wording,
    i18n::{t, use_i18n},
    templates::{error, show_error},
    ui::Button,
};
use domain::{keyword, slot::Slot};
use leptos::{html, prelude::*};

#[component]
pub(super) fn AboutMessage(
    writing: StoredValue<Writing>,
    node: NodeRef<html::Textarea>,
) -> impl IntoView {
    let i18n = use_i18n();
    let Writing {
        thread,
        draft,
        template,
        shown,
        length,
        holes,
        offer,
        wrong,
        ..
    } = writing.get_value();
    let said_wrong = move || {
        let wrong = wrong.get()?;
        Some(
            draft
                .message
                .with(|text| error(i18n.get_locale(), text, wrong)),
        )
    };
    let missing = move || {
        let locale = i18n.get_locale();
        let name = |slot: &Slot| {
            thread
                .attributes
                .with(|attributes| wording::slot(locale, *slot, attributes))
        };
        let missing = holes.get().iter().map(name).collect::<Vec<_>>().join(", ");
        (!missing.is_empty()).then(|| {
            view! { <p class="text-warning text-sm">{t!(i18n, conversations.holes, names = missing)}</p> }
        })
    };
    let has_variables = Memo::new(move |_| template.with(|template| !template.slots().is_empty()));
    view! {
        <div class="flex flex-col items-start gap-1">
            <p id="message-wrong" role="alert" class="text-error text-sm empty:hidden">
                {said_wrong}
            </p>
            {move || {
                wrong
                    .get()
                    .map(|wrong| {
                        view! {
                            <Button small=true on:click=move |_| show_error(node, draft.message, wrong)>
                                {t!(i18n, messaging.template_show)}
                            </Button>
                        }
                    })
            }}
            {missing}
            {move || {
                has_variables
                    .get()
                    .then(|| {
                        view! {
                            <div class="composer-preview">
                                <p class="muted text-xs">{t!(i18n, conversations.preview)}</p>
                                <p class="bubble-text">{move || shown.get()}</p>
                            </div>
                        }
                    })
            }}
            {move || {
                offer
                    .get()
                    .map(|language| {
                        view! {
                            <p class="muted text-sm">
                                {t!(i18n, conversations.offer)} " “" {keyword::offer(language)} "”"
                            </p>
                        }
                    })
            }}
            <LengthLine
                length
                on_plain=Callback::new(move |()| draft.message.update(|text| *text = plain(text)))
            />
        </div>
    }
    .into_any()
}
