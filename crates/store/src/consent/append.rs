//! Adding to the ledger.

use super::{
    fence, key, read,
    row::{hash, int},
    wish,
};
use crate::{AccountTx, StoreError, account_tx::unsigned};
use chrono::{DateTime, Utc};
use domain::{
    consent::{
        Channel, ContactKey, ContactPoint, Event, Hash, Kind, NewEvent, Source, State, Status,
    },
    ids::{ImportId, PersonId},
};
use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

/// The events that one statement writes.
const PART: usize = 10_000;

/// Adds events to the ledger, in their order, and says how many changed the state of their contact point. An event of a
/// message that the ledger has already is left out.
pub async fn record(
    tx: &mut AccountTx,
    events: Vec<NewEvent>,
    arrived_at: DateTime<Utc>,
) -> Result<u32, StoreError> {
    append(tx, events, arrived_at, false).await
}

/// Like [`record`], for those events only that change the state of their contact point: that a list names again who is
/// unsubscribed is no news.
pub async fn record_changes(
    tx: &mut AccountTx,
    events: Vec<NewEvent>,
    arrived_at: DateTime<Utc>,
) -> Result<u32, StoreError> {
    append(tx, events, arrived_at, true).await
}

async fn append(
    tx: &mut AccountTx,
    events: Vec<NewEvent>,
    arrived_at: DateTime<Utc>,
    changes_only: bool,
) -> Result<u32, StoreError> {
    if events.is_empty() {
        return Ok(0);
    }
    let (account, rev, key) = (tx.account(), tx.rev().await?, key(tx).await?);
    let mut known = known_messages(tx, &events).await?;
    let points: BTreeMap<ContactPoint, ContactKey> = events
        .iter()
        .map(|event| (event.point().clone(), key.contact(event.point())))
        .collect();
    let keys: Vec<&ContactKey> = points.values().collect();
    fence::close(tx, &keys).await?;
    let mut states = read::states(tx, &keys).await?;
    let (mut seq, mut head) = head(tx).await?;
    let mut entries = Vec::with_capacity(events.len());
    let mut touched = BTreeMap::new();
    let (mut asking, mut starting) = (BTreeSet::new(), BTreeSet::new());
    for event in events {
        if let Some(message) = event.source().columns().message
            && !known.insert(message.into_owned())
        {
            continue;
        }
        let Some(contact) = points.get(event.point()) else {
            continue;
        };
        let point = event.point().clone();
        let event = event.enter(contact.clone(), seq + 1, arrived_at, rev);
        let (state, changed) = State::after(states.get(contact).copied(), &event);
        if changes_only && !changed {
            continue;
        }
        match (event.kind, &event.source) {
            (Kind::Start, _) => starting.insert(point.clone()),
            // Nobody said anything about this number.
            (Kind::OptOut, Source::Carried { .. }) => false,
            (Kind::OptOut, _) => asking.insert(point.clone()),
        };
        seq += 1;
        let hash = event.hash(account, head.as_ref());
        head = Some(hash);
        states.insert(contact.clone(), state);
        touched.insert(point, state);
        entries.push((event, changed, hash));
    }
    if entries.is_empty() {
        return Ok(0);
    }
    enter(tx, &entries).await?;
    starting.retain(|point| {
        touched
            .get(point)
            .is_some_and(|state: &State| state.status == Status::Express)
    });
    let touched: Vec<(ContactPoint, State)> = touched.into_iter().collect();
    let states: Vec<(ContactKey, State)> = touched
        .iter()
        .filter_map(|(point, state)| Some((points.get(point)?.clone(), *state)))
        .collect();
    put_states(tx, &states).await?;
    wish::lift(tx, &starting).await?;
    wish::ask_by_numbers(tx, &asking, arrived_at).await?;
    for part in touched.chunks(PART) {
        tell_customers(tx, part).await?;
    }
    let changed = entries.iter().filter(|(_, changed, _)| *changed).count();
    Ok(u32::try_from(changed).unwrap_or(u32::MAX))
}

/// Those of the messages behind the events that the ledger has.
async fn known_messages(
    tx: &mut AccountTx,
    events: &[NewEvent],
) -> Result<BTreeSet<String>, StoreError> {
    let messages: Vec<String> = events
        .iter()
        .filter_map(|event| event.source().columns().message.map(Cow::into_owned))
        .collect();
    if messages.is_empty() {
        return Ok(BTreeSet::new());
    }
    let account = tx.account().uuid();
    let known = sqlx::query_scalar!(
        r#"select message_id as "message_id!" from consent_event where account_id = $1 and message_id = any($2)"#,
        account,
        &messages,
    )
    .fetch_all(tx.connection())
    .await?;
    Ok(known.into_iter().collect())
}

/// The place and the hash of the last event; 0 and none while the ledger is empty.
pub(super) async fn head(tx: &mut AccountTx) -> Result<(u64, Option<Hash>), StoreError> {
    let account = tx.account().uuid();
    let row = sqlx::query!(
        "select seq, hash from consent_head where account_id = $1",
        account
    )
    .fetch_optional(tx.connection())
    .await?;
    match row {
        Some(row) => Ok((unsigned(row.seq), Some(hash(&row.hash)?))),
        None => Ok((0, None)),
    }
}

/// Writes events behind the last one, each with whether it changed its state, and with its hash.
pub(super) async fn enter(
    tx: &mut AccountTx,
    entries: &[(Event, bool, Hash)],
) -> Result<(), StoreError> {
    for part in entries.chunks(PART) {
        insert(tx, part).await?;
    }
    match entries.last() {
        Some((last, _, hash)) => put_head(tx, last.seq, hash).await,
        None => Ok(()),
    }
}

async fn put_head(tx: &mut AccountTx, seq: u64, hash: &Hash) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    sqlx::query!(
        "insert into consent_head (account_id, seq, hash) values ($1, $2, $3)
         on conflict (account_id) do update set seq = excluded.seq, hash = excluded.hash",
        account,
        int(seq),
        hash.as_slice(),
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

async fn insert(tx: &mut AccountTx, entries: &[(Event, bool, Hash)]) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    let columns: Vec<_> = entries
        .iter()
        .map(|(event, ..)| event.source.columns())
        .collect();
    let of = |part: fn(&Event) -> &str| -> Vec<String> {
        entries
            .iter()
            .map(|(event, ..)| part(event).to_owned())
            .collect()
    };
    let seqs: Vec<i64> = entries.iter().map(|(event, ..)| int(event.seq)).collect();
    let channels = of(|event| event.channel.key());
    let contacts = of(|event| event.contact.as_str());
    let kinds = of(|event| event.kind.key());
    let sources: Vec<String> = columns.iter().map(|c| c.source.to_owned()).collect();
    let persons: Vec<_> = columns
        .iter()
        .map(|c| c.person.map(PersonId::uuid))
        .collect();
    let screens: Vec<_> = columns
        .iter()
        .map(|c| c.screen.map(|screen| screen.key().to_owned()))
        .collect();
    let imports: Vec<_> = columns
        .iter()
        .map(|c| c.import.map(ImportId::uuid))
        .collect();
    let lines: Vec<_> = columns
        .iter()
        .map(|c| c.line.map(|line| i32::try_from(line).unwrap_or(i32::MAX)))
        .collect();
    let messages: Vec<_> = columns
        .iter()
        .map(|c| c.message.as_deref().map(str::to_owned))
        .collect();
    let froms: Vec<_> = columns
        .iter()
        .map(|c| c.from.map(|key| key.as_str().to_owned()))
        .collect();
    let occurred: Vec<_> = entries
        .iter()
        .map(|(event, ..)| event.occurred_at)
        .collect();
    let arrived: Vec<_> = entries.iter().map(|(event, ..)| event.arrived_at).collect();
    let changed: Vec<bool> = entries.iter().map(|(_, changed, _)| *changed).collect();
    let hashes: Vec<Vec<u8>> = entries.iter().map(|(.., hash)| hash.to_vec()).collect();
    sqlx::query!(
        r#"
        insert into consent_event (account_id, seq, channel, contact_key, kind, source, person_id, screen, import_id, line,
            message_id, from_key, occurred_at, arrived_at, changed, hash, rev)
        select $1, event.*, 0
        from unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::uuid[], $8::text[], $9::uuid[],
            $10::integer[], $11::text[], $12::text[], $13::timestamptz[], $14::timestamptz[], $15::boolean[], $16::bytea[])
            as event
        "#,
        account,
        &seqs,
        &channels,
        &contacts,
        &kinds,
        &sources,
        &persons as _,
        &screens as _,
        &imports as _,
        &lines as _,
        &messages as _,
        &froms as _,
        &occurred,
        &arrived,
        &changed,
        &hashes,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Writes what the contact points come to.
pub(super) async fn put_states(
    tx: &mut AccountTx,
    states: &[(ContactKey, State)],
) -> Result<(), StoreError> {
    for part in states.chunks(PART) {
        put_part_of_states(tx, part).await?;
    }
    Ok(())
}

async fn put_part_of_states(
    tx: &mut AccountTx,
    states: &[(ContactKey, State)],
) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    let contacts: Vec<String> = states
        .iter()
        .map(|(key, _)| key.as_str().to_owned())
        .collect();
    let statuses: Vec<String> = states
        .iter()
        .map(|(_, state)| state.status.key().to_owned())
        .collect();
    let seqs: Vec<i64> = states
        .iter()
        .map(|(_, state)| int(state.since_seq))
        .collect();
    let since: Vec<_> = states.iter().map(|(_, state)| state.since).collect();
    let opt_outs: Vec<Option<i64>> = states
        .iter()
        .map(|(_, state)| state.last_opt_out_rev.map(int))
        .collect();
    sqlx::query!(
        r#"
        insert into consent_state (account_id, channel, contact_key, status, since_seq, since, last_opt_out_rev, rev)
        select $1, $2, state.*, 0
        from unnest($3::text[], $4::text[], $5::bigint[], $6::timestamptz[], $7::bigint[]) as state
        on conflict (account_id, channel, contact_key) do update set status = excluded.status,
            since_seq = excluded.since_seq, since = excluded.since, last_opt_out_rev = excluded.last_opt_out_rev
        "#,
        account,
        Channel::Sms.key(),
        &contacts,
        &statuses,
        &seqs,
        &since,
        &opt_outs as _,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Tells the customers who have these cell phones and did not ask themselves, so that lists and devices learn of it.
async fn tell_customers(
    tx: &mut AccountTx,
    states: &[(ContactPoint, State)],
) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    let phones: Vec<String> = states
        .iter()
        .map(|(point, _)| point.phone.as_str().to_owned())
        .collect();
    let since: Vec<Option<DateTime<Utc>>> = states
        .iter()
        .map(|(_, state)| Some(state.since).filter(|_| state.status == Status::Unsubscribed))
        .collect();
    sqlx::query!(
        r#"
        update customer set unsubscribed_at = state.since
        from unnest($2::text[], $3::timestamptz[]) as state (phone, since)
        where account_id = $1 and cell_phone = state.phone and asked_to_stop_at is null
            and unsubscribed_at is distinct from state.since
        "#,
        account,
        &phones,
        &since as _,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}
