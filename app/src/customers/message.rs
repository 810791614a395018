//! **Message**: the way from a customer to the conversation with their cell phone.

use super::profile::Profile;
use crate::{
    i18n::{t, t_string, use_i18n},
    routes,
    ui::{Button, Icon, LinkButton},
};
use domain::slot::{Field, Slot};
use icondata_lu::LuMessageSquare;
use leptos::prelude::*;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// The role may not write, or there is no cell phone to write to.
    None,
    Unsubscribed,
    Open,
}

fn way(profile: Profile) -> Memo<Way> {
    let cell_phone = profile.value(Slot::Field(Field::CellPhone));
    Memo::new(move |_| {
        let unsubscribed = profile
            .customer()
            .with(|customer| customer.unsubscribed_at.is_some());
        match (
            profile.may_message && cell_phone.with(Option::is_some),
            unsubscribed,
        ) {
            (false, _) => Way::None,
            (true, true) => Way::Unsubscribed,
            (true, false) => Way::Open,
        }
    })
}

/// The button. Of who is unsubscribed it says why it cannot be pressed.
#[component]
pub fn Message(profile: Profile) -> impl IntoView {
    let i18n = use_i18n();
    let way = way(profile);
    view! {
        {move || match way.get() {
            Way::None => ().into_any(),
            Way::Open => {
                view! {
                    <LinkButton icon=LuMessageSquare href=routes::conversation_with(profile.id)>
                        {t!(i18n, messaging.message)}
                    </LinkButton>
                }
                    .into_any()
            }
            Way::Unsubscribed => {
                view! {
                    <span class="inline-flex flex-wrap items-center gap-x-3 gap-y-1">
                        <Button icon=LuMessageSquare disabled=true attr:aria-describedby="message-why">
                            {t!(i18n, messaging.message)}
                        </Button>
                        <span id="message-why" class="muted text-sm">
                            {t!(i18n, messaging.message_unsubscribed)}
                        </span>
                    </span>
                }
                    .into_any()
            }
        }}
    }
}

/// The same in a menu, for who can be written to.
#[component]
pub fn MessageItem(profile: Profile) -> impl IntoView {
    let i18n = use_i18n();
    let way = way(profile);
    view! {
        <Show when=move || way.get() == Way::Open>
            <li>
                <a href=routes::conversation_with(profile.id)>
                    <Icon icon=LuMessageSquare/>
                    {move || t_string!(i18n, messaging.message)}
                </a>
            </li>
        </Show>
    }
}
