//! The server functions of the customer screens.

use crate::{data::PageClient, error::AppError};
use domain::{
    attribute::{Attribute, AttributeUse},
    customer::{Customer, CustomerRow},
    history::HistoryEntry,
    ids::CustomerId,
    query::{CustomerQuery, Page},
};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

#[server(prefix = "/api/v1/customers", endpoint = "list", input = Json, output = Json, client = PageClient)]
pub async fn list_customers(query: CustomerQuery) -> Result<Page<CustomerRow>, AppError> {
    let caller = crate::request::caller().await?;
    Ok(crate::request::services()?
        .customers(&caller, query)
        .await?)
}

/// How many customers a list has in all; `after` and `limit` of the query do not matter.
#[server(prefix = "/api/v1/customers", endpoint = "count", input = Json, output = Json, client = PageClient)]
pub async fn count_customers(query: CustomerQuery) -> Result<u64, AppError> {
    let caller = crate::request::caller().await?;
    Ok(crate::request::services()?
        .count_customers(&caller, query)
        .await?)
}

/// One customer; [`AppError::NotFound`] when there is none of this id in the account.
#[server(prefix = "/api/v1/customers", endpoint = "get", input = Json, output = Json, client = PageClient)]
pub async fn get_customer(id: CustomerId) -> Result<Customer, AppError> {
    let caller = crate::request::caller().await?;
    crate::request::services()?
        .customer(&caller, id)
        .await?
        .ok_or_else(|| crate::request::refuse(AppError::NotFound))
}

/// The changes of a profile, the latest first.
#[server(prefix = "/api/v1/customers", endpoint = "history", input = Json, output = Json, client = PageClient)]
pub async fn customer_history(
    id: CustomerId,
    after: Option<String>,
) -> Result<Page<HistoryEntry>, AppError> {
    let caller = crate::request::caller().await?;
    Ok(crate::request::services()?
        .history(&caller, id, after)
        .await?)
}

/// The attributes of the account in their order, the retired ones last.
#[server(prefix = "/api/v1/attributes", endpoint = "list", input = Json, output = Json, client = PageClient)]
pub async fn list_attributes() -> Result<Vec<Attribute>, AppError> {
    let caller = crate::request::caller().await?;
    Ok(crate::request::services()?.attributes(&caller).await?)
}

#[server(prefix = "/api/v1/attributes", endpoint = "uses", input = Json, output = Json, client = PageClient)]
pub async fn attribute_uses() -> Result<Vec<AttributeUse>, AppError> {
    let caller = crate::request::caller().await?;
    Ok(crate::request::services()?.attribute_uses(&caller).await?)
}
