//! Consent: unsubscribing, what is known of a customer's consent, the evidence, and opt-outs over time.

pub mod api;
mod chart_page;
mod entry;
mod evidence;
mod evidence_page;
mod feed;
mod list_button;
mod status;
mod subscriber;
mod tab;
mod unsubscribe;
mod wording;

pub use chart_page::OptOutsPage;
pub use evidence_page::EvidencePage;
pub use feed::ConsentFeed;
pub use list_button::UnsubscribeSelected;
pub use status::ConsentStatus;
pub use subscriber::Subscriber;
pub use tab::ConsentTab;
pub use unsubscribe::{Unsubscribe, UnsubscribeMenu};
