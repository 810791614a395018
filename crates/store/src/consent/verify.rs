//! Whether the ledger is what it was, and the states are what it says.

use super::row::{EventRow, StateRow, hash, int};
use crate::{AccountTx, StoreError, SystemTx, account_tx::unsigned};
use domain::{
    consent::{ContactKey, Hash, State},
    ids::AccountId,
};
use std::collections::BTreeMap;

/// The events that are read at a time.
const PAGE: i64 = 10_000;

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    pub events: u64,
    pub contact_points: u64,
    pub flaws: Vec<Flaw>,
}

/// What is not as the ledger must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    #[error("event {seq} is missing")]
    Missing { seq: u64 },
    #[error("event {seq} is not what it was when it was written")]
    Hash { seq: u64 },
    #[error("event {seq} cannot be read")]
    Unreadable { seq: u64 },
    #[error("event {seq} came before the one in front of it")]
    Order { seq: u64 },
    #[error(
        "event {seq} is said to have changed a state that it did not change, or the other way round"
    )]
    Changed { seq: u64 },
    #[error("the ledger does not end where it should")]
    Head,
    #[error("{0} states of contact points are not what their events come to")]
    States(u64),
    #[error("{0} customers are not told what is known of them")]
    Customers(u64),
    #[error("{0} customers asked not to be written to, and the ledger is empty")]
    Wishes(u64),
}

/// All accounts: a ledger that is gone would be missed by none that looks for ledgers.
pub async fn accounts(tx: &mut SystemTx) -> Result<Vec<AccountId>, StoreError> {
    tx.look_across_accounts("ledgers").await?;
    let accounts = sqlx::query_scalar!("select account_id from account order by account_id")
        .fetch_all(tx.connection())
        .await?;
    Ok(accounts.into_iter().map(AccountId::new).collect())
}

/// Checks the whole ledger of the account: that no event is missing or changed, that the states are the fold of the events,
/// and that customers are told what is known of them. `tx` must see one moment. What cannot be read is a flaw, and no error.
pub async fn verify(tx: &mut AccountTx) -> Result<Verified, StoreError> {
    let mut verified = Verified::default();
    let (states, head) = walk(tx, &mut verified).await?;
    verified.contact_points = u64::try_from(states.len()).unwrap_or(u64::MAX);
    if !ends_with(tx, verified.events, head.as_ref()).await? {
        verified.flaws.push(Flaw::Head);
    }
    let different = different_states(tx, states).await?;
    if different > 0 {
        verified.flaws.push(Flaw::States(different));
    }
    if verified.events == 0 {
        let wishes = wishes_about_numbers(tx).await?;
        if wishes > 0 {
            verified.flaws.push(Flaw::Wishes(wishes));
        }
    }
    let untold = untold_customers(tx).await?;
    if untold > 0 {
        verified.flaws.push(Flaw::Customers(untold));
    }
    Ok(verified)
}

/// Walks the chain from its beginning.
async fn walk(
    tx: &mut AccountTx,
    verified: &mut Verified,
) -> Result<(BTreeMap<ContactKey, State>, Option<Hash>), StoreError> {
    let account = tx.account();
    let mut states: BTreeMap<ContactKey, State> = BTreeMap::new();
    let (mut head, mut last, mut rev) = (None, 0, 0);
    loop {
        let rows = sqlx::query_as!(
            EventRow,
            "select seq, channel, contact_key, kind, source, person_id, screen, import_id, line, message_id, from_key,
                 occurred_at, arrived_at, changed, hash, rev
             from consent_event where account_id = $1 and seq > $2 order by seq limit $3",
            account.uuid(),
            int(last),
            PAGE,
        )
        .fetch_all(tx.connection())
        .await?;
        if rows.is_empty() {
            return Ok((states, head));
        }
        for row in rows {
            let seq = unsigned(row.seq);
            if seq != last + 1 {
                verified.flaws.push(Flaw::Missing { seq: last + 1 });
            }
            (last, verified.events) = (seq, verified.events + 1);
            let said = hash(&row.hash).ok();
            let previous = std::mem::replace(&mut head, said);
            let Ok((event, said_changed, said)) = row.read() else {
                verified.flaws.push(Flaw::Unreadable { seq });
                continue;
            };
            if event.hash(account, previous.as_ref()) != said {
                verified.flaws.push(Flaw::Hash { seq });
            }
            if event.rev < rev {
                verified.flaws.push(Flaw::Order { seq });
            }
            let (state, changed) = State::after(states.get(&event.contact).copied(), &event);
            if changed != said_changed {
                verified.flaws.push(Flaw::Changed { seq });
            }
            rev = event.rev;
            states.insert(event.contact, state);
        }
    }
}

async fn ends_with(
    tx: &mut AccountTx,
    events: u64,
    last: Option<&Hash>,
) -> Result<bool, StoreError> {
    let account = tx.account().uuid();
    let row = sqlx::query!(
        "select seq, hash from consent_head where account_id = $1",
        account
    )
    .fetch_optional(tx.connection())
    .await?;
    Ok(match (row, last) {
        (None, None) => true,
        (Some(row), Some(last)) => unsigned(row.seq) == events && row.hash == last.as_slice(),
        _ => false,
    })
}

/// How many states are kept that the events do not come to, or are not kept.
async fn different_states(
    tx: &mut AccountTx,
    mut expected: BTreeMap<ContactKey, State>,
) -> Result<u64, StoreError> {
    let account = tx.account().uuid();
    let rows = sqlx::query_as!(
        StateRow,
        "select contact_key, status, since_seq, since, last_opt_out_rev from consent_state where account_id = $1",
        account,
    )
    .fetch_all(tx.connection())
    .await?;
    let mut different = 0;
    for row in rows {
        let same = row
            .read()
            .is_ok_and(|(key, state)| expected.remove(&key) == Some(state));
        different += u64::from(!same);
    }
    Ok(different + u64::try_from(expected.len()).unwrap_or(u64::MAX))
}

async fn untold_customers(tx: &mut AccountTx) -> Result<u64, StoreError> {
    let account = tx.account().uuid();
    let count = sqlx::query_scalar!(
        r#"
        with pads as materialized (
            select p.inside, p.outside from account a, lateral keyed_hash_pads(a.erasure_key) p where a.account_id = $1
        )
        select count(*) as "count!"
        from customer c cross join pads
        left join consent_state s on s.account_id = $1 and s.channel = 'sms' and s.status = 'unsubscribed'
            and s.contact_key = padded_hash(pads.inside, pads.outside, c.cell_phone)
        where c.account_id = $1 and c.unsubscribed_at is distinct from coalesce(c.asked_to_stop_at, s.since)
        "#,
        account,
    )
    .fetch_one(tx.connection())
    .await?;
    Ok(unsigned(count))
}

/// How many customers who have a number asked not to be written to: a wish about a number is an event.
async fn wishes_about_numbers(tx: &mut AccountTx) -> Result<u64, StoreError> {
    let account = tx.account().uuid();
    let count = sqlx::query_scalar!(
        r#"
        select count(*) as "count!" from customer
        where account_id = $1 and asked_to_stop_at is not null and num_nonnulls(cell_phone, other_phones) > 0
        "#,
        account,
    )
    .fetch_one(tx.connection())
    .await?;
    Ok(unsigned(count))
}
