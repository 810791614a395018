//! A wish that was decided: who, when, what.

use super::{open::Whose, wording};
use crate::{
    i18n::{t, use_i18n},
    routes,
    session::When,
};
use domain::conversation::UncertainWish;
use leptos::prelude::*;

#[component]
pub(super) fn DecidedWish(wish: UncertainWish) -> impl IntoView {
    let i18n = use_i18n();
    let UncertainWish {
        conversation,
        contact,
        text,
        settled,
        ..
    } = wish;
    let decision = settled.map(|settled| {
        let at = settled.at;
        view! {
            <p>
                {move || wording::decision(i18n.get_locale(), &settled)}
                <span class="muted text-sm">" " <When at /></span>
            </p>
        }
    });
    view! {
        <li class="card-section flex flex-col gap-2">
            <Whose contact />
            <blockquote class="border-base-300 border-l-4 ps-3 break-words whitespace-pre-line">{text}</blockquote>
            {decision}
            <p>
                <a class="link" href=routes::conversation(conversation)>
                    {t!(i18n, messaging.wish_conversation)}
                </a>
            </p>
        </li>
    }
}
