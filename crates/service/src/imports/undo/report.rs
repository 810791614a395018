//! What an undo did, and what it left alone.

use crate::{Caller, InvalidInput, ServiceError, Services};
use domain::{
    customer::Values,
    ids::{CustomerId, ImportId},
    import::report::{ImportState, UndoKept, UndoReport},
    permission::Permission,
    query::Page,
    slot::Slot,
};
use store::{
    AccountTx,
    import::{
        record::{self, Import},
        row,
    },
};

/// What was kept, of one page.
const KEPT_PAGE: u16 = 200;

impl Services {
    /// What an undo did and a page of what it kept; `None` while the import is not undone.
    pub async fn undo_report(
        &self,
        caller: &Caller,
        import: ImportId,
        after: Option<String>,
    ) -> Result<Option<UndoReport>, ServiceError> {
        caller.require(Permission::SeeCustomers)?;
        let mut tx = self.store.read(caller.account).await?;
        match record::find(&mut tx, import).await? {
            Some(import) if import.summary.state == ImportState::Undone => {
                report(&mut tx, &import, after.as_deref()).await.map(Some)
            }
            _ => Ok(None),
        }
    }
}

/// What an undo did, with a page of what it kept.
pub(super) async fn report(
    tx: &mut AccountTx,
    import: &Import,
    after: Option<&str>,
) -> Result<UndoReport, ServiceError> {
    let (customers_removed, values_restored) = import.undone.unwrap_or_default();
    let after = after.map(kept_behind).transpose()?;
    let kept = record::kept(tx, import.summary.id, after.as_ref(), KEPT_PAGE + 1).await?;
    let Page { rows: kept, next } = Page::cut(kept, KEPT_PAGE, |(customer, slot)| {
        format!("{customer} {slot}")
    });
    let kinds = store::attribute::kinds(tx).await?;
    let customers: Vec<CustomerId> = kept.iter().map(|(customer, _)| *customer).collect();
    let values = row::customers(tx, &customers, &kinds).await?;
    let rows = kept.into_iter().map(|(customer, slot)| UndoKept {
        customer,
        name: values.get(&customer).map(Values::name).unwrap_or_default(),
        slot: slot.parse().ok(),
    });
    Ok(UndoReport {
        customers_removed,
        values_restored,
        kept: Page {
            rows: rows.collect(),
            next,
        },
    })
}

/// Reads the cursor of a page of what was kept.
fn kept_behind(cursor: &str) -> Result<(CustomerId, String), InvalidInput> {
    let (customer, slot) = cursor.split_once(' ').ok_or(InvalidInput::Cursor)?;
    let customer = customer.parse().map_err(|_| InvalidInput::Cursor)?;
    if slot.is_empty() || slot.parse::<Slot>().is_ok() {
        Ok((customer, slot.to_owned()))
    } else {
        Err(InvalidInput::Cursor)
    }
}
