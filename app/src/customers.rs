//! The customers: list, profile, and the panel that shows a customer beside other things.

pub mod api;
mod conversations_tab;
mod customer_page;
mod delete;
mod escape;
mod form;
mod form_state;
mod giving_up;
mod history;
mod inline_field;
mod list;
mod list_memory;
mod list_page;
pub mod message;
pub mod new_attribute;
mod new_page;
pub mod panel;
pub mod profile;
mod profile_edit;
mod profile_tabs;
pub mod trouble;
pub mod unsaved;
mod value_input;
mod value_text;
pub mod view_model;
mod when;
pub mod wording;

pub use customer_page::CustomerPage;
pub use list_memory::provide_list_memory;
pub use list_page::CustomersPage;
pub use new_page::NewCustomerPage;
