//! What is known of a customer's consent, asked for again whenever the customer changes.

use super::api;
use crate::{customers::profile::Profile, data, error::AppError};
use domain::consent::CustomerConsent;
use leptos::{prelude::*, task::spawn_local};

#[derive(Clone, Copy, Debug)]
pub struct ConsentFeed {
    pub shown: RwSignal<Option<CustomerConsent>>,
    pub failed: RwSignal<Option<AppError>>,
    profile: Profile,
}

impl ConsentFeed {
    pub fn of(profile: Profile) -> Self {
        let feed = Self {
            shown: RwSignal::new(None),
            failed: RwSignal::new(None),
            profile,
        };
        profile.on_change(move || feed.fetch());
        feed
    }

    pub fn fetch(self) {
        let id = self.profile.id;
        spawn_local(async move {
            match data::ask(|| api::get_consent(id)).await {
                Ok(consent) => {
                    self.failed.try_set(None);
                    self.shown.try_set(Some(consent));
                }
                Err(error) => {
                    self.failed.try_set(Some(error));
                }
            }
        });
    }
}
