//! Server functions of the settings.

use crate::{data::PageClient, error::AppError, session::Secret};
use domain::{
    account::Country,
    audit::AuditEntry,
    ids::{AccountId, InviteId, PersonId, SessionId},
    permission::Role,
    person::{Device, Invite, Member},
    provider::{NewTwilioSettings, ProviderProblem, ProviderSettings},
    query::Page,
};
use leptos::{prelude::*, server_fn::codec::Json};

#[cfg(feature = "ssr")]
use crate::request;

#[server(prefix = "/api/v1/settings", endpoint = "update_company", input = Json, output = Json, client = PageClient)]
pub async fn update_company(
    name: String,
    country: Country,
    time_zone: String,
) -> Result<(), AppError> {
    let caller = request::writer().await?;
    Ok(request::services()?
        .update_company(&caller, name, country, time_zone)
        .await?)
}

/// The caller becomes its owner, and the session goes over to it.
#[server(prefix = "/api/v1/settings", endpoint = "create_account", input = Json, output = Json, client = PageClient)]
pub async fn create_account(
    company: String,
    country: Country,
    time_zone: String,
) -> Result<AccountId, AppError> {
    let caller = request::person().await?;
    Ok(request::services()?
        .create_account(&caller, company, country, time_zone)
        .await?)
}

#[server(prefix = "/api/v1/settings", endpoint = "members", input = Json, output = Json, client = PageClient)]
pub async fn members() -> Result<Vec<Member>, AppError> {
    let caller = request::caller().await?;
    Ok(request::services()?.members(&caller).await?)
}

#[server(prefix = "/api/v1/settings", endpoint = "invites", input = Json, output = Json, client = PageClient)]
pub async fn invites() -> Result<Vec<Invite>, AppError> {
    let caller = request::caller().await?;
    Ok(request::services()?.invites(&caller).await?)
}

/// Answers the secret of the link, this once.
#[server(prefix = "/api/v1/settings", endpoint = "invite", input = Json, output = Json, client = PageClient)]
pub async fn make_invite(role: Role, note: String) -> Result<String, AppError> {
    let caller = request::writer().await?;
    Ok(request::services()?.invite(&caller, role, note).await?)
}

#[server(prefix = "/api/v1/settings", endpoint = "cancel_invite", input = Json, output = Json, client = PageClient)]
pub async fn cancel_invite(invite: InviteId) -> Result<(), AppError> {
    let caller = request::writer().await?;
    Ok(request::services()?.cancel_invite(&caller, invite).await?)
}

#[server(prefix = "/api/v1/settings", endpoint = "set_role", input = Json, output = Json, client = PageClient)]
pub async fn set_role(person: PersonId, role: Role) -> Result<(), AppError> {
    let caller = request::writer().await?;
    Ok(request::services()?.set_role(&caller, person, role).await?)
}

#[server(prefix = "/api/v1/settings", endpoint = "remove_member", input = Json, output = Json, client = PageClient)]
pub async fn remove_member(person: PersonId) -> Result<(), AppError> {
    let caller = request::writer().await?;
    Ok(request::services()?.remove_member(&caller, person).await?)
}

#[server(prefix = "/api/v1/settings", endpoint = "devices", input = Json, output = Json, client = PageClient)]
pub async fn devices() -> Result<Vec<Device>, AppError> {
    let caller = request::person().await?;
    Ok(request::services()?.devices(&caller).await?)
}

#[server(prefix = "/api/v1/settings", endpoint = "revoke_device", input = Json, output = Json, client = PageClient)]
pub async fn revoke_device(session: SessionId) -> Result<(), AppError> {
    let caller = request::person().await?;
    Ok(request::services()?.revoke_device(&caller, session).await?)
}

#[server(prefix = "/api/v1/settings", endpoint = "change_password", input = Json, output = Json, client = PageClient)]
pub async fn change_password(current: Secret, new: Secret) -> Result<(), AppError> {
    let caller = request::person().await?;
    let session = request::services()?
        .change_password(&caller, current.into(), new.into(), &request::browser()?)
        .await?;
    request::start_session(&session).await
}

/// The audit, newest first, behind the cursor of the page before.
#[server(prefix = "/api/v1/settings", endpoint = "audit", input = Json, output = Json, client = PageClient)]
pub async fn audit(after: Option<String>) -> Result<Page<AuditEntry>, AppError> {
    let caller = request::caller().await?;
    Ok(request::services()?.audit(&caller, after).await?)
}

#[server(name = GetProviderSettings, prefix = "/api/v1/provider", endpoint = "settings", input = Json, output = Json, client = PageClient)]
pub async fn provider_settings() -> Result<ProviderSettings, AppError> {
    let caller = request::caller().await?;
    Ok(request::services()?.provider_settings(&caller).await?)
}

/// Checks the settings with the provider and keeps them; or says which cannot be right.
#[server(prefix = "/api/v1/provider", endpoint = "set_twilio", input = Json, output = Json, client = PageClient)]
pub async fn set_twilio(settings: NewTwilioSettings) -> Result<Option<ProviderProblem>, AppError> {
    let caller = request::writer().await?;
    Ok(request::services()?.set_twilio(&caller, settings).await?)
}

/// Back to the simulator, or to what the environment names.
#[server(prefix = "/api/v1/provider", endpoint = "remove", input = Json, output = Json, client = PageClient)]
pub async fn remove_provider() -> Result<(), AppError> {
    let caller = request::writer().await?;
    Ok(request::services()?.remove_provider(&caller).await?)
}
