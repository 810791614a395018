//! Settings: company, people, roles, attributes, messages, saved replies, wishes, audit, devices, you.

pub mod api;
mod attributes_page;
mod audit_page;
mod company_page;
mod devices_page;
mod frame;
mod new_account_page;
mod people;
mod people_page;
mod provider_page;
mod replies_page;
mod roles_page;
mod wishes_page;
mod you_page;

pub use attributes_page::AttributesPage;
pub use audit_page::AuditPage;
pub use company_page::CompanyPage;
pub use devices_page::DevicesPage;
pub use frame::{SettingsFrame, SettingsPage};
pub use new_account_page::NewAccountPage;
pub use people_page::PeoplePage;
pub use provider_page::ProviderPage;
pub use replies_page::RepliesPage;
pub use roles_page::RolesPage;
pub use wishes_page::WishesPage;
pub use you_page::YouPage;
