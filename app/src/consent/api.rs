//! The server functions about consent. There is none that subscribes anybody.

use crate::{data::PageClient, error::AppError};
use domain::{
    consent::{CustomerConsent, OptOuts},
    ids::CustomerId,
};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

/// The consent of one customer; [`AppError::NotFound`] when there is none of this id in the account.
#[server(prefix = "/api/v1/consent", endpoint = "customer", input = Json, output = Json, client = PageClient)]
pub async fn get_consent(id: CustomerId) -> Result<CustomerConsent, AppError> {
    let caller = crate::request::caller().await?;
    crate::request::services()?
        .customer_consent(&caller, id)
        .await?
        .ok_or_else(|| crate::request::refuse(AppError::NotFound))
}

#[server(prefix = "/api/v1/consent", endpoint = "opt_outs", input = Json, output = Json, client = PageClient)]
pub async fn count_opt_outs() -> Result<OptOuts, AppError> {
    let caller = crate::request::caller().await?;
    Ok(crate::request::services()?.opt_outs(&caller).await?)
}
