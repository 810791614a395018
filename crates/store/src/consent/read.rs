//! What the ledger says of contact points.

use super::row::{EventRow, StateRow};
use crate::{AccountTx, StoreError};
use domain::{
    consent::{ContactKey, Event, Hash, State},
    ids::CustomerId,
    phone::E164,
};
use std::collections::BTreeMap;

/// The most events of one question.
const ENTRIES: i64 = 1_000;

/// The states of these contact points; of one that is not answered consent is implied.
pub async fn states(
    tx: &mut AccountTx,
    contacts: &[&ContactKey],
) -> Result<BTreeMap<ContactKey, State>, StoreError> {
    let account = tx.account().uuid();
    let contacts: Vec<String> = contacts.iter().map(|key| key.as_str().to_owned()).collect();
    let rows = sqlx::query_as!(
        StateRow,
        "select contact_key, status, since_seq, since, last_opt_out_rev from consent_state
         where account_id = $1 and channel = 'sms' and contact_key = any($2)",
        account,
        &contacts,
    )
    .fetch_all(tx.connection())
    .await?;
    rows.into_iter().map(StateRow::read).collect()
}

/// An event with the names that stand behind its ids.
#[derive(Clone, Debug)]
pub struct Entry {
    pub event: Event,
    /// Whether it changed the state of its contact point.
    pub changed: bool,
    pub hash: Hash,
    /// The name of the person behind it.
    pub by: Option<String>,
    /// The name of the file that was imported.
    pub file_name: Option<String>,
}

/// The events of these contact points, the newest first.
pub async fn entries(
    tx: &mut AccountTx,
    contacts: &[&ContactKey],
) -> Result<Vec<Entry>, StoreError> {
    let account = tx.account().uuid();
    let contacts: Vec<String> = contacts.iter().map(|key| key.as_str().to_owned()).collect();
    let rows = sqlx::query!(
        r#"
        select e.seq, e.channel, e.contact_key, e.kind, e.source, e.person_id, e.screen, e.import_id, e.line, e.message_id,
            e.from_key, e.occurred_at, e.arrived_at, e.changed, e.hash, e.rev, p.name as "name?", i.file_name as "file_name?"
        from consent_event e
        left join person p using (person_id)
        left join import i on i.account_id = $1 and i.import_id = e.import_id
        where e.account_id = $1 and e.contact_key = any($2)
        order by e.seq desc limit $3
        "#,
        account,
        &contacts,
        ENTRIES,
    )
    .fetch_all(tx.connection())
    .await?;
    rows.into_iter()
        .map(|row| {
            let event = EventRow {
                seq: row.seq,
                channel: row.channel,
                contact_key: row.contact_key,
                kind: row.kind,
                source: row.source,
                person_id: row.person_id,
                screen: row.screen,
                import_id: row.import_id,
                line: row.line,
                message_id: row.message_id,
                from_key: row.from_key,
                occurred_at: row.occurred_at,
                arrived_at: row.arrived_at,
                changed: row.changed,
                hash: row.hash,
                rev: row.rev,
            };
            let (event, changed, hash) = event.read()?;
            Ok(Entry {
                event,
                changed,
                hash,
                by: row.name,
                file_name: row.file_name,
            })
        })
        .collect()
}

/// The cell phones that a customer had, by the history, the last one first.
pub async fn former_cell_phones(
    tx: &mut AccountTx,
    customer: CustomerId,
) -> Result<Vec<E164>, StoreError> {
    let account = tx.account().uuid();
    let phones = sqlx::query_scalar!(
        r#"
        select from_value ->> 'text' as "phone!" from customer_history
        where account_id = $1 and customer_id = $2 and slot = 'cell_phone' and from_value ->> 'text' is not null
        order by history_id desc
        "#,
        account,
        customer.uuid(),
    )
    .fetch_all(tx.connection())
    .await?;
    Ok(phones
        .iter()
        .filter_map(|phone| E164::new(phone).ok())
        .collect())
}
