//! What Twilio posts to us: signed forms.

mod form;
mod inbound;
mod signature;
mod status;

pub use form::{FormError, SignedForm};
pub use inbound::{InboundMessage, Media};
pub use signature::BadSignature;
pub use status::StatusUpdate;
