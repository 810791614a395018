//! The end of the phone simulator: a START that nobody but the simulator brought is nobody's word.

use super::{append, fence, row::StateRow, wish};
use crate::{AccountTx, StoreError};
use chrono::{DateTime, Utc};
use domain::consent::{Channel, ContactKey, Event, Hash, Kind, Source, State};
use uuid::Uuid;

/// Unsubscribes again whoever had asked not to be written to and has said START since on the simulator alone, and says how many
/// contact points that were. The numbers need not be known any more.
pub async fn end_simulation(tx: &mut AccountTx, at: DateTime<Utc>) -> Result<u32, StoreError> {
    let contacts = lifted(tx).await?;
    if contacts.is_empty() {
        return Ok(0);
    }
    fence::close(
        tx,
        &contacts
            .iter()
            .map(|(contact, _)| contact)
            .collect::<Vec<_>>(),
    )
    .await?;
    let (account, rev) = (tx.account(), tx.rev().await?);
    let (mut seq, mut head) = append::head(tx).await?;
    let mut entries: Vec<(Event, bool, Hash)> = Vec::with_capacity(contacts.len());
    let mut states = Vec::with_capacity(contacts.len());
    for (contact, state) in contacts {
        seq += 1;
        let event = Event {
            seq,
            channel: Channel::Sms,
            contact: contact.clone(),
            kind: Kind::OptOut,
            source: Source::SimulationEnded,
            occurred_at: at,
            arrived_at: at,
            rev,
        };
        let (state, changed) = State::after(Some(state), &event);
        let hash = event.hash(account, head.as_ref());
        head = Some(hash);
        states.push((contact, state));
        entries.push((event, changed, hash));
    }
    append::enter(tx, &entries).await?;
    append::put_states(tx, &states).await?;
    let keys: Vec<&ContactKey> = states.iter().map(|(contact, _)| contact).collect();
    let holders = holders(tx, &keys).await?;
    wish::ask_again(tx, &holders, at).await?;
    Ok(u32::try_from(states.len()).unwrap_or(u32::MAX))
}

/// The contact points that are subscribed after an opt-out, and of which no START behind it is a customer's own.
async fn lifted(tx: &mut AccountTx) -> Result<Vec<(ContactKey, State)>, StoreError> {
    let account = tx.account().uuid();
    let rows = sqlx::query_as!(
        StateRow,
        "select contact_key, status, since_seq, since, last_opt_out_rev from consent_state s
         where account_id = $1 and channel = 'sms' and status = 'express' and last_opt_out_rev is not null
             and not exists (
                 select from consent_event e
                 where e.account_id = $1 and e.contact_key = s.contact_key and e.channel = s.channel and e.kind = 'start'
                     and e.rev > s.last_opt_out_rev and e.message_id not like 'sim-%'
             )
         order by since_seq",
        account,
    )
    .fetch_all(tx.connection())
    .await?;
    rows.into_iter().map(StateRow::read).collect()
}

/// Who has a number that stands under one of these keys.
async fn holders(tx: &mut AccountTx, keys: &[&ContactKey]) -> Result<Vec<Uuid>, StoreError> {
    let account = tx.account().uuid();
    let keys: Vec<String> = keys.iter().map(|key| key.as_str().to_owned()).collect();
    Ok(sqlx::query_scalar!(
        r#"
        with pads as materialized (
            select p.inside, p.outside from account a, lateral keyed_hash_pads(a.erasure_key) p where a.account_id = $1
        )
        select distinct c.customer_id
        from customer c cross join pads cross join lateral unnest(c.cell_phone || coalesce(c.other_phones, '{}')) phone
        join unnest($2::text[]) ended (contact_key)
            on ended.contact_key = padded_hash(pads.inside, pads.outside, phone collate "C")
        where c.account_id = $1
        "#,
        account,
        &keys,
    )
    .fetch_all(tx.connection())
    .await?)
}
