//! The threads of text messages: their list, a thread with its composer, and the customer's panel beside it.

pub mod api;
mod composer;
mod conversation_page;
mod counts;
mod day;
mod desk;
mod frame;
mod head;
mod list;
mod new_page;
mod opened;
mod thread;
mod view_model;
pub mod wording;

pub use conversation_page::{ConversationPage, CustomerConversationPage, NoConversationPage};
pub use counts::{provide_counts, use_counts};
pub use desk::provide_desk;
pub use frame::ConversationsFrame;
