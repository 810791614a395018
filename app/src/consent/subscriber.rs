//! Whose messages are stopped: those to a customer, or those to a number of nobody.

use crate::{customers::profile::Profile, error::AppError, i18n::use_i18n, sync};
use domain::{
    consent::Screen,
    ids::AccountId,
    mutation::{Intent, Outcome},
    phone::E164,
};
use futures::future::{FutureExt, LocalBoxFuture};
use leptos::prelude::*;
use std::sync::Arc;

type Answer = LocalBoxFuture<'static, Result<Option<Outcome>, AppError>>;

#[derive(Clone, Copy)]
pub struct Subscriber {
    /// A customer's name, or the number.
    pub(super) name: Signal<String>,
    pub(super) is_stopped: Signal<bool>,
    pub(super) may_unsubscribe: bool,
    send: StoredValue<Arc<dyn Fn(Screen) -> Answer + Send + Sync>>,
}

impl std::fmt::Debug for Subscriber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Subscriber")
            .field("may_unsubscribe", &self.may_unsubscribe)
            .finish_non_exhaustive()
    }
}

/// For components: the name is in the language of the screens.
impl From<Profile> for Subscriber {
    fn from(profile: Profile) -> Self {
        let is_stopped = Memo::new(move |_| {
            profile
                .customer()
                .with(|customer| customer.unsubscribed_at.is_some())
        });
        Self::customer(profile, is_stopped.into(), None)
    }
}

impl Subscriber {
    /// The customer of a thread. The wish is about its number too, whoever has it by now.
    pub fn in_thread(profile: Profile, phone: E164, is_stopped: Signal<bool>) -> Self {
        Self::customer(profile, is_stopped, Some(phone))
    }

    /// A number of nobody.
    pub fn number(
        account: AccountId,
        phone: E164,
        name: Signal<String>,
        is_stopped: Signal<bool>,
        may_unsubscribe: bool,
    ) -> Self {
        let send = move |screen| {
            let intent = Intent::UnsubscribeNumber {
                phone: phone.clone(),
                screen,
                occurred_at: sync::now(),
            };
            async move { sync::push(account, intent).await.map(Some) }.boxed_local()
        };
        Self {
            name,
            is_stopped,
            may_unsubscribe,
            send: StoredValue::new(Arc::new(send)),
        }
    }

    fn customer(profile: Profile, is_stopped: Signal<bool>, also: Option<E164>) -> Self {
        let i18n = use_i18n();
        let send = move |screen| {
            let intent = Intent::UnsubscribeCustomer {
                customer: profile.id,
                phones: numbers(profile, also.as_ref()),
                screen,
                occurred_at: sync::now(),
            };
            async move {
                let outcomes = profile.push(vec![intent]).await?;
                Ok(outcomes.into_iter().next())
            }
            .boxed_local()
        };
        Self {
            name: profile.name(move || i18n.get_locale()).into(),
            is_stopped,
            may_unsubscribe: profile.may_unsubscribe,
            send: StoredValue::new(Arc::new(send)),
        }
    }

    /// Only for event handlers and what they start.
    pub(super) fn unsubscribe(self, screen: Screen) -> Answer {
        self.send.get_value()(screen)
    }
}

/// The numbers as they are on the screen.
fn numbers(profile: Profile, also: Option<&E164>) -> Vec<E164> {
    let mut numbers: Vec<E164> = profile.customer().with_untracked(|customer| {
        customer
            .phones
            .keys()
            .filter_map(|phone| E164::new(phone).ok())
            .collect()
    });
    if let Some(phone) = also
        && !numbers.contains(phone)
    {
        numbers.push(phone.clone());
    }
    numbers
}
