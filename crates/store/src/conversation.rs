//! Threads of messages, one for each number.

mod list;
mod read;
mod write;

pub use list::{counts, page};
pub(crate) use read::{ContactColumns, contact};
pub use read::{
    LastEntry, StoredContact, StoredConversation, find, find_by_phone, holder, of_customer,
};
pub use write::{
    assign, insert, note_inbound, note_outbound, set_closed, set_customer, set_unread,
};
