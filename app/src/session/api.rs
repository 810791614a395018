//! Server functions around signing in.

use super::Secret;
use crate::{data::PageClient, error::AppError};
use domain::{
    account::Country,
    ids::AccountId,
    person::{InviteOffer, Me},
};
use leptos::{prelude::*, server_fn::codec::Json};
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use crate::request;

/// What the set-up page asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewShop {
    pub company: String,
    pub country: Country,
    pub time_zone: String,
    pub name: String,
    pub email: String,
    pub password: Secret,
}

#[server(prefix = "/api/v1/session", endpoint = "sign_in", input = Json, output = Json, client = PageClient)]
pub async fn sign_in(email: String, password: Secret) -> Result<(), AppError> {
    let credentials = service::SignIn {
        email,
        password: password.into(),
        browser: request::browser()?,
        address: request::address()?,
    };
    let token = request::services()?.sign_in(credentials).await?;
    request::start_session(&token).await
}

/// Succeeds too when the session has ended already.
#[server(prefix = "/api/v1/session", endpoint = "sign_out", input = Json, output = Json, client = PageClient)]
pub async fn sign_out() -> Result<(), AppError> {
    if let Some(caller) = request::maybe_caller().await? {
        request::services()?.sign_out(&caller).await?;
    }
    request::end_session()
}

#[server(prefix = "/api/v1/session", endpoint = "me", input = Json, output = Json, client = PageClient)]
pub async fn who_am_i() -> Result<Me, AppError> {
    let caller = request::person().await?;
    Ok(request::services()?.me(&caller).await?)
}

#[server(prefix = "/api/v1/session", endpoint = "switch_account", input = Json, output = Json, client = PageClient)]
pub async fn switch_account(account: AccountId) -> Result<(), AppError> {
    let caller = request::person().await?;
    Ok(request::services()?
        .switch_account(&caller, account)
        .await?)
}

/// Whether a set-up link still works.
#[server(prefix = "/api/v1/session", endpoint = "setup_is_open", input = Json, output = Json, client = PageClient)]
pub async fn setup_is_open(token: String) -> Result<bool, AppError> {
    Ok(request::services()?.setup_is_open(&token).await?)
}

#[server(prefix = "/api/v1/session", endpoint = "set_up", input = Json, output = Json, client = PageClient)]
pub async fn set_up(token: String, shop: NewShop) -> Result<(), AppError> {
    let shop_and_owner = service::SetUp {
        company: shop.company,
        country: shop.country,
        time_zone: shop.time_zone,
        name: shop.name,
        email: shop.email,
        password: shop.password.into(),
    };
    let session = request::services()?
        .finish_setup(&token, shop_and_owner, request::browser()?)
        .await?;
    request::start_session(&session).await
}

/// `None` when the link is used up, cancelled or too old.
#[server(prefix = "/api/v1/session", endpoint = "invite_offer", input = Json, output = Json, client = PageClient)]
pub async fn read_invite(token: String) -> Result<Option<InviteOffer>, AppError> {
    Ok(request::services()?.invite_offer(&token).await?)
}

#[server(prefix = "/api/v1/session", endpoint = "accept_invite_as_new", input = Json, output = Json, client = PageClient)]
pub async fn accept_invite_as_new(
    token: String,
    name: String,
    email: String,
    password: Secret,
) -> Result<(), AppError> {
    let browser = request::browser()?;
    let session = request::services()?
        .accept_invite_as_new(&token, name, email, password.into(), browser)
        .await?;
    request::start_session(&session).await
}

#[server(prefix = "/api/v1/session", endpoint = "accept_invite", input = Json, output = Json, client = PageClient)]
pub async fn accept_invite(token: String) -> Result<(), AppError> {
    let caller = request::person().await?;
    Ok(request::services()?.accept_invite(&caller, &token).await?)
}
