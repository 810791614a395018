//! Exporting customers: the file is made in the browser, from pages that are handed out here.
//!
//! What must stay true: nothing is handed out that is not in the audit, and nobody gets pages of what another person asked for.

mod mail;

use crate::{Caller, InvalidInput, ServiceError, Services, customers::check_filter};
use chrono::TimeDelta;
use domain::{
    attribute::Attribute,
    audit::{Action, AuditEntry, AuditedColumn, AuditedList},
    export::{
        ExportBegun, ExportChanges, ExportList, ExportPage, ExportRefusal, ExportRequest,
        ExportSpan,
    },
    ids::{AccountId, AuditId, ExportId},
    permission::Permission,
    query::Page,
    slot::Slot,
};
use std::collections::BTreeSet;
use store::{
    AccountTx,
    attribute::{Author, Kinds},
    audit, export,
};

/// How long the pages of an export can be asked for.
const KEPT: TimeDelta = TimeDelta::days(1);
/// Entries of one page of the audit.
const AUDIT_PAGE: u16 = 50;

impl Services {
    /// Begins an export and writes it down in the audit.
    pub async fn begin_export(
        &self,
        caller: &Caller,
        request: ExportRequest,
    ) -> Result<ExportBegun, ServiceError> {
        caller.require(Permission::ExportCustomers)?;
        let mut tx = self.store.stage(caller.account).await?;
        let columns = check(&mut tx, &request).await?;
        let (rows, cuts) = export::cut(&mut tx, &request.list).await?;
        if rows == 0 {
            return Err(ExportRefusal::Nobody.into());
        }
        let rows = u32::try_from(rows).unwrap_or(u32::MAX);
        let author = Author {
            person: caller.person,
            at: self.clock.now(),
        };
        let id = ExportId::new(self.new_id());
        export::insert(&mut tx, id, &request, author.person, author.at).await?;
        let exported = Action::Exported {
            list: AuditedList::from(&request.list),
            format: request.format,
            rows,
            columns,
        };
        audit::insert(&mut tx, AuditId::new(self.new_id()), &exported, author).await?;
        tx.commit().await?;
        Ok(ExportBegun { id, rows, cuts })
    }

    /// How many customers a list has, before anything is exported.
    pub async fn count_export(
        &self,
        caller: &Caller,
        list: ExportList,
    ) -> Result<u64, ServiceError> {
        caller.require(Permission::ExportCustomers)?;
        let mut tx = self.store.read(caller.account).await?;
        check_list(&mut tx, &list).await?;
        Ok(export::count(&mut tx, &list).await?)
    }

    /// A page of the caller's export.
    pub async fn export_page(
        &self,
        caller: &Caller,
        id: ExportId,
        span: ExportSpan,
    ) -> Result<ExportPage, ServiceError> {
        let mut tx = self.store.read(caller.account).await?;
        let (request, kinds) = self.open_export(&mut tx, caller, id).await?;
        Ok(export::page(&mut tx, &request, &kinds, span).await?)
    }

    /// What changed in the caller's export after `since`.
    pub async fn export_changes(
        &self,
        caller: &Caller,
        id: ExportId,
        since: u64,
    ) -> Result<ExportChanges, ServiceError> {
        let mut tx = self.store.read_moment(caller.account).await?;
        let (request, kinds) = self.open_export(&mut tx, caller, id).await?;
        Ok(export::changes(&mut tx, &request, &kinds, since).await?)
    }

    async fn open_export(
        &self,
        tx: &mut AccountTx,
        caller: &Caller,
        id: ExportId,
    ) -> Result<(ExportRequest, Kinds), ServiceError> {
        caller.require(Permission::ExportCustomers)?;
        let export = export::find(tx, id)
            .await?
            .filter(|export| export.person == caller.person)
            .ok_or(ServiceError::NotFound)?;
        let request = export
            .request
            .filter(|_| export.begun_at + KEPT > self.clock.now())
            .ok_or(ExportRefusal::Over)?;
        Ok((request, store::attribute::kinds(tx).await?))
    }

    /// Forgets what was asked for by exports that are over, and erases their files that were kept long enough, in all
    /// accounts; how many.
    pub async fn sweep_exports(&self) -> Result<u64, ServiceError> {
        let now = self.clock.now();
        let before = now - KEPT;
        let mut system = self.store.system().await?;
        let mut accounts = export::accounts_with_over(&mut system, before).await?;
        accounts.extend(export::mail::accounts_with_over(&mut system, now).await?);
        drop(system);
        let accounts: BTreeSet<AccountId> = accounts.into_iter().collect();
        let mut swept = 0;
        for account in accounts {
            let mut tx = self.store.stage(account).await?;
            swept += export::forget_over(&mut tx, before).await?;
            for over in export::mail::lock_over(&mut tx, now).await? {
                export::mail::queue::expire(&mut tx, over, now).await?;
                swept += 1;
            }
            tx.commit().await?;
        }
        Ok(swept)
    }

    /// The audit, newest first.
    pub async fn audit(
        &self,
        caller: &Caller,
        after: Option<String>,
    ) -> Result<Page<AuditEntry>, ServiceError> {
        caller.require(Permission::SeeAudit)?;
        let before = after
            .map(|cursor| cursor.parse::<AuditId>())
            .transpose()
            .map_err(|_| InvalidInput::Cursor)?;
        let mut tx = self.store.read(caller.account).await?;
        let rows = audit::page(&mut tx, before, AUDIT_PAGE + 1).await?;
        Ok(Page::cut(rows, AUDIT_PAGE, |entry| entry.id.to_string()))
    }
}

/// The columns of a request that can be answered.
async fn check(
    tx: &mut AccountTx,
    request: &ExportRequest,
) -> Result<Vec<AuditedColumn>, ServiceError> {
    let columns: BTreeSet<Slot> = request.columns.iter().copied().collect();
    if columns.is_empty() || columns.len() != request.columns.len() {
        return Err(ExportRefusal::Columns.into());
    }
    check_list(tx, &request.list).await?;
    let attributes = store::attribute::list(tx).await?;
    let columns = request.columns.iter();
    columns.map(|slot| audited(*slot, &attributes)).collect()
}

fn audited(slot: Slot, attributes: &[Attribute]) -> Result<AuditedColumn, ServiceError> {
    match slot {
        Slot::Field(field) => Ok(AuditedColumn::Field(field.key().to_owned())),
        Slot::Attribute(id) => {
            let attribute = attributes.iter().find(|attribute| attribute.id == id);
            let attribute = attribute.ok_or(ExportRefusal::UnknownAttribute)?;
            Ok(AuditedColumn::Attribute(attribute.name.to_string()))
        }
    }
}

async fn check_list(tx: &mut AccountTx, list: &ExportList) -> Result<(), ServiceError> {
    match list {
        upside_down if upside_down.is_upside_down() => Err(ExportRefusal::Days.into()),
        ExportList::Shown { filter, .. } => check_filter(tx, filter).await,
        _ => Ok(()),
    }
}
