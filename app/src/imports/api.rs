//! What the import screens ask of the server.

#[cfg(feature = "ssr")]
use crate::request;
use crate::{data::PageClient, error::AppError};
use domain::{
    ids::ImportId,
    import::{
        chunk::{ImportColumn, ImportPlanRequest},
        plan::{Clashing, PlanRow, PlanTotals, Progress, RowOutcome},
        report::{FailedRow, ImportDetail, ImportSummary, Staging, UndoReport},
    },
    query::Page,
};
use leptos::{prelude::*, server_fn::codec::Json};

#[server(prefix = "/api/v1/imports", endpoint = "begin", input = Json, output = Json, client = PageClient)]
pub async fn begin_import(plan: ImportPlanRequest) -> Result<ImportId, AppError> {
    let caller = request::writer().await?;
    Ok(request::services()?.begin_import(&caller, plan).await?)
}

#[server(prefix = "/api/v1/imports", endpoint = "staging", input = Json, output = Json, client = PageClient)]
pub async fn get_staging(import: ImportId) -> Result<Staging, AppError> {
    let caller = request::caller().await?;
    Ok(request::services()?.staging(&caller, import).await?)
}

#[server(prefix = "/api/v1/imports", endpoint = "set-rules", input = Json, output = Json, client = PageClient)]
pub async fn set_rules(
    import: ImportId,
    columns: Vec<ImportColumn>,
) -> Result<PlanTotals, AppError> {
    let caller = request::writer().await?;
    Ok(request::services()?
        .set_rules(&caller, import, columns)
        .await?)
}

#[server(prefix = "/api/v1/imports", endpoint = "plan-rows", input = Json, output = Json, client = PageClient)]
pub async fn plan_rows(
    import: ImportId,
    outcome: Option<RowOutcome>,
    after_line: u32,
    limit: u16,
) -> Result<Page<PlanRow>, AppError> {
    let caller = request::caller().await?;
    Ok(request::services()?
        .plan_rows(&caller, import, outcome, after_line, limit)
        .await?)
}

/// Rows with cells that were changed in the file and in the app since the file was exported.
#[server(prefix = "/api/v1/imports", endpoint = "clashing-rows", input = Json, output = Json, client = PageClient)]
pub async fn clashing_rows(
    import: ImportId,
    after_line: u32,
    limit: u16,
) -> Result<Page<PlanRow>, AppError> {
    let caller = request::caller().await?;
    Ok(request::services()?
        .clashing_rows(&caller, import, after_line, limit)
        .await?)
}

/// Takes what the file says in such cells, or leaves what the app has.
#[server(prefix = "/api/v1/imports", endpoint = "choose-clashing", input = Json, output = Json, client = PageClient)]
pub async fn choose_clashing(
    import: ImportId,
    which: Clashing,
    take: bool,
) -> Result<PlanTotals, AppError> {
    let caller = request::writer().await?;
    Ok(request::services()?
        .choose_clashing(&caller, import, which, take)
        .await?)
}

/// `seen` is the digest of the plan that was shown.
#[server(prefix = "/api/v1/imports", endpoint = "commit", input = Json, output = Json, client = PageClient)]
pub async fn commit_import(import: ImportId, seen: u64) -> Result<ImportSummary, AppError> {
    let caller = request::writer().await?;
    Ok(request::services()?
        .commit_import(&caller, import, seen)
        .await?)
}

/// How far the plan or the commit of an open import has come.
#[server(prefix = "/api/v1/imports", endpoint = "progress", input = Json, output = Json, client = PageClient)]
pub async fn import_progress(import: ImportId) -> Result<Option<Progress>, AppError> {
    let caller = request::caller().await?;
    Ok(request::services()?
        .import_progress(&caller, import)
        .await?)
}

#[server(prefix = "/api/v1/imports", endpoint = "stop-commit", input = Json, output = Json, client = PageClient)]
pub async fn stop_commit(import: ImportId) -> Result<(), AppError> {
    let caller = request::writer().await?;
    Ok(request::services()?.stop_commit(&caller, import).await?)
}

#[server(prefix = "/api/v1/imports", endpoint = "cancel", input = Json, output = Json, client = PageClient)]
pub async fn cancel_import(import: ImportId) -> Result<(), AppError> {
    let caller = request::writer().await?;
    Ok(request::services()?.cancel_import(&caller, import).await?)
}

#[server(prefix = "/api/v1/imports", endpoint = "undo", input = Json, output = Json, client = PageClient)]
pub async fn undo_import(import: ImportId) -> Result<UndoReport, AppError> {
    let caller = request::writer().await?;
    Ok(request::services()?.undo_import(&caller, import).await?)
}

/// What the undo of an import did, with a page of what it kept; nothing of one that was not undone.
#[server(prefix = "/api/v1/imports", endpoint = "undo-report", input = Json, output = Json, client = PageClient)]
pub async fn get_undo_report(
    import: ImportId,
    after: Option<String>,
) -> Result<Option<UndoReport>, AppError> {
    let caller = request::caller().await?;
    Ok(request::services()?
        .undo_report(&caller, import, after)
        .await?)
}

#[server(prefix = "/api/v1/imports", endpoint = "list", input = Json, output = Json, client = PageClient)]
pub async fn list_imports(after: Option<String>) -> Result<Page<ImportSummary>, AppError> {
    let caller = request::caller().await?;
    Ok(request::services()?.imports(&caller, after).await?)
}

#[server(prefix = "/api/v1/imports", endpoint = "open", input = Json, output = Json, client = PageClient)]
pub async fn open_imports() -> Result<Vec<Staging>, AppError> {
    let caller = request::caller().await?;
    Ok(request::services()?.open_imports(&caller).await?)
}

#[server(prefix = "/api/v1/imports", endpoint = "detail", input = Json, output = Json, client = PageClient)]
pub async fn get_import(import: ImportId) -> Result<Option<ImportDetail>, AppError> {
    let caller = request::caller().await?;
    Ok(request::services()?.import_detail(&caller, import).await?)
}

/// The column titles of the file, and a page of the rows that could not be imported, after a line.
#[server(prefix = "/api/v1/imports", endpoint = "failed-rows", input = Json, output = Json, client = PageClient)]
pub async fn failed_rows(
    import: ImportId,
    after_line: u32,
) -> Result<(Vec<String>, Page<FailedRow>), AppError> {
    let caller = request::caller().await?;
    Ok(request::services()?
        .failed_rows(&caller, import, after_line)
        .await?)
}

#[server(prefix = "/api/v1/imports", endpoint = "remembered-mapping", input = Json, output = Json, client = PageClient)]
pub async fn remembered_mapping(headers: Vec<String>) -> Result<Option<String>, AppError> {
    let caller = request::caller().await?;
    Ok(request::services()?
        .remembered_mapping(&caller, &headers)
        .await?)
}
