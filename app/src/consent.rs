//! Consent: unsubscribing, what is known of a customer's consent, the evidence, and opt-outs over time.

pub mod api;
mod chart_page;
mod entry;
mod evidence;
mod evidence_page;
mod list_button;
mod status;
mod subscriber;
mod tab;
mod unsubscribe;
mod wording;

pub use chart_page::OptOutsPage;
pub use evidence_page::EvidencePage;
pub use list_button::UnsubscribeSelected;
pub use status::ConsentStatus;
pub use subscriber::Subscriber;
pub use tab::ConsentTab;
pub use unsubscribe::{Unsubscribe, UnsubscribeMenu};

use crate::{customers::profile::Profile, data::Latest};
use domain::consent::CustomerConsent;

/// What is known of a customer's consent, asked for again whenever the customer changes.
pub fn consent_of(profile: Profile) -> Latest<CustomerConsent> {
    let known = Latest::of(move || api::get_consent(profile.id));
    profile.on_change(move || known.fetch());
    known
}
