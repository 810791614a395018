//! Signing in and out, and who is signed in.

pub mod api;
mod elsewhere;
pub mod gate;
mod invite_page;
mod password;
mod permitted;
mod secret;
mod setup_page;
mod shop_fields;
mod sign_in_form;
mod sign_in_page;
mod state;
mod when;

pub use elsewhere::{Elsewhere, tell_other_tabs};
pub use invite_page::InvitePage;
pub use password::{NewPassword, check_new_password};
pub use permitted::Permitted;
pub use secret::Secret;
pub use setup_page::SetupPage;
pub use shop_fields::{Shop, ShopFields};
pub use sign_in_page::SignInPage;
pub use state::{Session, leave_for, provide_me, provide_session, set_me, use_me, use_session};
pub use when::When;
