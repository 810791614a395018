//! Opt-outs over time.

use crate::{AccountTx, StoreError, account_tx::unsigned};
use chrono::{DateTime, NaiveDate, Utc};

/// What happened in a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Month {
    /// Its first day.
    pub month: NaiveDate,
    pub opt_outs: u64,
    pub starts: u64,
}

/// The months from that of `since` to that of `now`, in the account's time zone, without gaps: contact points that were
/// unsubscribed in each, and those that a START subscribed again.
pub async fn months(
    tx: &mut AccountTx,
    since: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Vec<Month>, StoreError> {
    let account = tx.account().uuid();
    let rows = sqlx::query!(
        r#"
        with zone as (
            select time_zone from account where account_id = $1
        ), month as (
            select generate_series(
                date_trunc('month', $2::timestamptz at time zone time_zone),
                date_trunc('month', $3::timestamptz at time zone time_zone), '1 month'
            ) as month from zone
        ), counted as (
            select date_trunc('month', arrived_at at time zone time_zone) as month,
                count(distinct contact_key) filter (where kind = 'opt_out') as opt_outs,
                count(distinct contact_key) filter (where kind = 'start') as starts
            from consent_event, zone
            where account_id = $1 and changed and arrived_at >= $2::timestamptz - interval '32 days'
            group by 1
        )
        select month::date as "month!", coalesce(opt_outs, 0) as "opt_outs!", coalesce(starts, 0) as "starts!"
        from month left join counted using (month) order by month
        "#,
        account,
        since,
        now,
    )
    .fetch_all(tx.connection())
    .await?;
    let months = rows.into_iter().map(|row| Month {
        month: row.month,
        opt_outs: unsigned(row.opt_outs),
        starts: unsigned(row.starts),
    });
    Ok(months.collect())
}

/// How many contact points are unsubscribed.
pub async fn unsubscribed_now(tx: &mut AccountTx) -> Result<u64, StoreError> {
    let account = tx.account().uuid();
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from consent_state where account_id = $1 and status = 'unsubscribed'"#,
        account,
    )
    .fetch_one(tx.connection())
    .await?;
    Ok(unsigned(count))
}
