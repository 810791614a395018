//! What the export screen asks of the server. The pages of an export are bytes: see [`super::job`].

use crate::{data::PageClient, error::AppError};
use domain::{
    export::{ExportBegun, ExportList, ExportRequest},
    ids::ExportId,
    mail::{ExportMail, MailRequest, Mailing},
};
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

/// Whether the file can be sent to the person by e-mail.
#[server(prefix = "/api/v1/exports", endpoint = "can_mail", input = Json, output = Json, client = PageClient)]
pub async fn can_mail() -> Result<Mailing, AppError> {
    let caller = crate::request::caller().await?;
    Ok(crate::request::services()?.mailing(&caller).await?)
}

/// Announces the file; its pieces follow: see [`super::send`].
#[server(prefix = "/api/v1/exports", endpoint = "begin_mail", input = Json, output = Json, client = PageClient)]
pub async fn begin_mail(request: MailRequest) -> Result<(), AppError> {
    let caller = crate::request::writer().await?;
    Ok(crate::request::services()?
        .begin_mail(&caller, request)
        .await?)
}

/// Sends the mail, once every piece is there.
#[server(prefix = "/api/v1/exports", endpoint = "send_mail", input = Json, output = Json, client = PageClient)]
pub async fn send_mail(export: ExportId) -> Result<(), AppError> {
    let caller = crate::request::writer().await?;
    Ok(crate::request::services()?
        .send_mail(&caller, export)
        .await?)
}

/// What became of the mail.
#[server(prefix = "/api/v1/exports", endpoint = "get_mail", input = Json, output = Json, client = PageClient)]
pub async fn get_mail(export: ExportId) -> Result<ExportMail, AppError> {
    let caller = crate::request::caller().await?;
    Ok(crate::request::services()?
        .export_mail(&caller, export)
        .await?)
}
