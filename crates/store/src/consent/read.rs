//! What the ledger says of contact points.

use super::row::{EventRow, StateRow, int};
use crate::{AccountTx, StoreError, account_tx::unsigned};
use domain::{
    consent::{ContactKey, Event, Hash, State},
    ids::CustomerId,
    phone::E164,
};
use std::collections::BTreeMap;

/// The most events of one question.
const ENTRIES: usize = 10_000;

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

/// The events of these contact points, the newest first, and whether older ones were left out because there are too many. Of a
/// contact point with a rev only those up to it.
pub async fn entries(
    tx: &mut AccountTx,
    contacts: &BTreeMap<ContactKey, Option<u64>>,
) -> Result<(Vec<Entry>, bool), StoreError> {
    let account = tx.account().uuid();
    let (contacts, until): (Vec<String>, Vec<Option<i64>>) = contacts
        .iter()
        .map(|(key, until)| (key.as_str().to_owned(), until.map(int)))
        .unzip();
    let rows = sqlx::query!(
        r#"
        select e.seq, e.channel, e.contact_key, e.kind, e.source, e.person_id, e.screen, e.import_id, e.line, e.message_id,
            e.from_key, e.occurred_at, e.arrived_at, e.changed, e.hash, e.rev, p.name as "name?", i.file_name as "file_name?"
        from consent_event e
        left join person p using (person_id)
        left join import i on i.account_id = $1 and i.import_id = e.import_id
        join unnest($2::text[], $3::bigint[]) as asked (contact_key, until) on asked.contact_key = e.contact_key
        where e.account_id = $1 and (asked.until is null or e.rev <= asked.until)
        order by e.seq desc limit $4
        "#,
        account,
        &contacts,
        &until as _,
        i64::try_from(ENTRIES + 1).unwrap_or(i64::MAX),
    )
    .fetch_all(tx.connection())
    .await?;
    let left_out = rows.len() > ENTRIES;
    let entries: Result<_, StoreError> = rows
        .into_iter()
        .take(ENTRIES)
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
        .collect();
    Ok((entries?, left_out))
}

/// The numbers that were taken from a customer, by the history, each with the rev of the last time.
pub async fn former_phones(
    tx: &mut AccountTx,
    customer: CustomerId,
) -> Result<Vec<(E164, u64)>, StoreError> {
    let account = tx.account().uuid();
    let rows = sqlx::query!(
        r#"
        with change as materialized (
            select slot, from_value, to_value, rev from customer_history
            where account_id = $1 and customer_id = $2 and slot in ('cell_phone', 'other_phones') and from_value is not null
        )
        select phone as "phone!", max(rev) as "rev!" from (
            select from_value ->> 'text' as phone, rev from change where slot = 'cell_phone'
            union all
            select phone, rev from change cross join lateral jsonb_array_elements_text(from_value -> 'texts') phone
            where slot = 'other_phones' and not coalesce(to_value -> 'texts' ? phone, false)
        ) taken
        where phone is not null group by phone
        "#,
        account,
        customer.uuid(),
    )
    .fetch_all(tx.connection())
    .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| Some((E164::new(&row.phone).ok()?, unsigned(row.rev))))
        .collect())
}
