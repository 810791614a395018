//! Undo import: back to what was, apart from what somebody touched since.

mod report;

use super::{attributes::Known, commit::taken_meanwhile};
use crate::{Caller, ServiceError, Services};
use domain::{
    contact::Reference,
    ids::{CustomerId, ImportId},
    import::{
        refusal::ImportRefusal,
        report::{ImportState, UndoReport},
    },
    mutation::Change,
    permission::Permission,
    slot::{Field, Slot},
    value::Value,
};
use report::report;
use std::collections::BTreeMap;
use store::{
    AccountTx,
    attribute::{Author, Kinds},
    import::{
        change::{self, ChangeSource, CustomerChange},
        record, row, staging,
        undo::{self, Written},
    },
};

/// The written values that are put back at a time.
const PAGE: u16 = 5_000;

impl Services {
    /// Takes a committed import back, in one transaction: removes the customers it made and puts back the values it
    /// changed, where nobody touched them since; answers the rest. Asked again, it answers what it did. Wishes to
    /// unsubscribe that the import brought stay.
    pub async fn undo_import(
        &self,
        caller: &Caller,
        import: ImportId,
    ) -> Result<UndoReport, ServiceError> {
        caller.require(Permission::UndoImports)?;
        let (services, caller) = (self.clone(), caller.clone());
        tokio::spawn(async move { services.undo_whole(&caller, import).await })
            .await
            .map_err(|_| ServiceError::Stopped)?
            .map_err(taken_meanwhile)
    }

    async fn undo_whole(
        &self,
        caller: &Caller,
        import: ImportId,
    ) -> Result<UndoReport, ServiceError> {
        let mut tx = self.store.write_patiently(caller.account).await?;
        let import = record::lock(&mut tx, import)
            .await?
            .ok_or(ServiceError::NotFound)?;
        let id = import.summary.id;
        match import.summary.state {
            ImportState::Undone => return report(&mut tx, &import, None).await,
            ImportState::Committed => {}
            // Nobody but the person who stages it knows of it.
            ImportState::Staging if import.person != caller.person => {
                return Err(ServiceError::NotFound);
            }
            ImportState::Staging | ImportState::Cancelled => {
                return Err(ImportRefusal::NotCommitted.into());
            }
        }
        let author = Author {
            person: caller.person,
            at: self.clock.now(),
        };
        let removed = undo::remove_customers(&mut tx, id).await?;
        let restored = restore(&mut tx, id).await?;
        change::apply(&mut tx, id, &(0..=u32::MAX), ChangeSource::Undo, author).await?;
        staging::drop_rows(&mut tx, id).await?;
        store::mutation_log::forget_erased(&mut tx).await?;
        undo::take_back_attributes(&mut tx, &import.attributes.made, author).await?;
        if let Some(committed_at) = import.summary.finished_at {
            let restored = &import.attributes.restored;
            undo::retire_again(&mut tx, restored, committed_at, author).await?;
        }
        record::set_undone(&mut tx, id, removed, restored, author).await?;
        let undone = record::find(&mut tx, id)
            .await?
            .ok_or(ServiceError::NotFound)?;
        let report = report(&mut tx, &undone, None).await?;
        tx.commit().await?;
        Ok(report)
    }
}

/// Plans to put back every written value that is still there, and notes down the others. How many are put back.
async fn restore(tx: &mut AccountTx, import: ImportId) -> Result<u32, ServiceError> {
    let known = Known::read(tx).await?;
    let kinds: Kinds = store::attribute::kinds(tx).await?;
    let (mut after, mut restored) = (0, 0);
    let mut rest: Vec<Written> = Vec::new();
    loop {
        let page = undo::written(tx, import, after, PAGE).await?;
        let last_page = page.len() < usize::from(PAGE);
        after = page.last().map_or(after, |written| written.history);
        rest.extend(page);
        // The values of one customer stand together and are put back together: the last one's may go on in the next page.
        let open = rest
            .last()
            .filter(|_| !last_page)
            .map(|written| written.customer);
        let (whole, next): (Vec<_>, Vec<_>) = rest
            .into_iter()
            .partition(|written| Some(written.customer) != open);
        restored += restore_page(tx, import, whole, &known, &kinds).await?;
        if last_page {
            return Ok(restored);
        }
        rest = next;
    }
}

async fn restore_page(
    tx: &mut AccountTx,
    import: ImportId,
    written: Vec<Written>,
    known: &Known,
    kinds: &Kinds,
) -> Result<u32, ServiceError> {
    let customers: Vec<CustomerId> = written.iter().map(|written| written.customer).collect();
    let current = row::customers(tx, &customers, kinds).await?;
    let taken = taken(tx, &written).await?;
    let mut changes: BTreeMap<CustomerId, CustomerChange> = BTreeMap::new();
    let mut kept = Vec::new();
    for Written {
        customer,
        line,
        slot,
        from,
        to,
        touched,
        ..
    } in written
    {
        let Some(values) = current.get(&customer) else {
            continue;
        };
        let now = values.get(slot);
        if let Slot::Attribute(id) = slot
            && let Some(heir) = known.heir(id)
        {
            // The value moved there, or gave way to the one that stood there.
            kept.push((customer, Slot::Attribute(heir.id)));
            continue;
        }
        if now == from.as_ref() {
            continue;
        }
        if touched || now != to.as_ref() || taken(customer, slot, from.as_ref()) {
            kept.push((customer, slot));
            continue;
        }
        changes
            .entry(customer)
            .or_insert_with(|| CustomerChange {
                line,
                customer,
                changes: Vec::new(),
            })
            .changes
            .push(Change {
                slot,
                from: to,
                to: from,
            });
    }
    undo::keep(tx, import, &kept).await?;
    let changes: Vec<CustomerChange> = changes.into_values().collect();
    change::insert(tx, import, &changes).await?;
    let restored: usize = changes.iter().map(|change| change.changes.len()).sum();
    Ok(u32::try_from(restored).unwrap_or(u32::MAX))
}

/// Whether a phone or a reference that is to be put back belongs to another customer by now.
async fn taken(
    tx: &mut AccountTx,
    written: &[Written],
) -> Result<impl Fn(CustomerId, Slot, Option<&Value>) -> bool + use<>, ServiceError> {
    let of = |field: Field| {
        written
            .iter()
            .filter(move |written| written.slot == Slot::Field(field))
            .filter_map(|written| match &written.from {
                Some(Value::Text(text)) => Some(text.as_str()),
                _ => None,
            })
    };
    let phones: Vec<String> = of(Field::CellPhone).map(str::to_owned).collect();
    let references: Vec<String> = of(Field::Reference).filter_map(reference_key).collect();
    let holders = undo::holders(tx, &phones, &references).await?;
    let by_phone: BTreeMap<String, CustomerId> = holders
        .iter()
        .filter_map(|holder| Some((holder.phone.clone()?, holder.customer)))
        .collect();
    let by_reference: BTreeMap<String, CustomerId> = holders
        .into_iter()
        .filter_map(|holder| Some((holder.reference_key?, holder.customer)))
        .collect();
    Ok(
        move |customer: CustomerId, slot: Slot, value: Option<&Value>| {
            let holder = match (slot, value) {
                (Slot::Field(Field::CellPhone), Some(Value::Text(phone))) => by_phone.get(phone),
                (Slot::Field(Field::Reference), Some(Value::Text(reference))) => {
                    reference_key(reference).and_then(|key| by_reference.get(&key))
                }
                _ => None,
            };
            holder.is_some_and(|holder| *holder != customer)
        },
    )
}

fn reference_key(reference: &str) -> Option<String> {
    Reference::parse(reference)
        .ok()
        .map(|reference| reference.key())
}
