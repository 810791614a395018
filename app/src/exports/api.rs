//! What the export screen asks of the server. The pages of an export are bytes: see [`super::job`].

use crate::{data::PageClient, error::AppError};
use domain::export::{ExportBegun, ExportList, ExportRequest};
use leptos::{prelude::*, server_fn::codec::Json};

#[server(prefix = "/api/v1/exports", endpoint = "begin", input = Json, output = Json, client = PageClient)]
pub async fn begin_export(request: ExportRequest) -> Result<ExportBegun, AppError> {
    let caller = crate::request::writer().await?;
    Ok(crate::request::services()?
        .begin_export(&caller, request)
        .await?)
}

/// How many customers a list has.
#[server(prefix = "/api/v1/exports", endpoint = "count", input = Json, output = Json, client = PageClient)]
pub async fn count_export(list: ExportList) -> Result<u64, AppError> {
    let caller = crate::request::caller().await?;
    Ok(crate::request::services()?
        .count_export(&caller, list)
        .await?)
}
