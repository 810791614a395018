//! Matching staged rows with the customers who exist, in one set.

use super::record::int;
use crate::{AccountTx, StoreError};
use domain::{
    ids::{CustomerId, ImportId},
    import::plan::PlanTotals,
};

/// A staged row and the customer it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    pub line: u32,
    pub customer: CustomerId,
}

/// Plans anew which customer each staged row is about, and which rows cannot be written.
///
/// A row that was exported is about the customer whose version it carries, as long as there is that customer; its reference and
/// its phone count only where they are not as they were exported: by now they may be somebody else's. Any other row is
/// about the customer with its reference, else the one with its cell phone. It is a conflict when an earlier line has the
/// same reference or phone or is about the same customer, when its phone or its reference belongs to another customer, and
/// when it brings a reference of its own to a phone whose owner has another one. So no two rows write one customer, and
/// nothing that is written takes a reference or a phone from anybody.
pub async fn match_rows(tx: &mut AccountTx, import: ImportId) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    sqlx::query!(
        "delete from import_change where account_id = $1 and import_id = $2",
        account,
        import.uuid(),
    )
    .execute(tx.connection())
    .await?;
    sqlx::query!(
        r#"
        insert into import_change (account_id, import_id, line, outcome, customer_id, phone_owner_id, by_reference,
            same_as_line)
        with keyed as (
            select row.line, versioned.customer_id as versioned_id,
                case
                    when versioned.customer_id is null or row.reference_key is distinct from case
                        when reference.found then reference_key(reference.value) else versioned.reference_key
                    end collate "C" then row.reference_key
                end as reference_key,
                case
                    when versioned.customer_id is null or row.cell_phone is distinct from case
                        when phone.found then phone.value else versioned.cell_phone
                    end collate "C" then row.cell_phone
                end as cell_phone
            from import_row row
            left join customer versioned
                on versioned.account_id = $1 and versioned.customer_id = row.version_customer_id
            left join lateral (
                select true as found, h.from_value ->> 'text' as value from customer_history h
                where h.account_id = $1 and h.customer_id = versioned.customer_id
                    and versioned.rev > row.version_rev and h.rev > row.version_rev and h.slot = 'reference'
                order by h.history_id limit 1
            ) reference on true
            left join lateral (
                select true as found, h.from_value ->> 'text' as value from customer_history h
                where h.account_id = $1 and h.customer_id = versioned.customer_id
                    and versioned.rev > row.version_rev and h.rev > row.version_rev and h.slot = 'cell_phone'
                order by h.history_id limit 1
            ) phone on true
            where row.account_id = $1 and row.import_id = $2
        ), staged as (
            select line, versioned_id, reference_key, cell_phone,
                least(
                    case when reference_key is not null then min(line) over (partition by reference_key) end,
                    case when cell_phone is not null then min(line) over (partition by cell_phone) end
                ) as first_line
            from keyed
        ), matched as (
            select line, first_line, versioned_id, referred.customer_id as referred_id, owner.customer_id as owner_id,
                staged.reference_key is not null and owner.reference_key is not null as both_have_references
            from staged
            left join customer referred
                on referred.account_id = $1 and referred.reference_key = staged.reference_key
            left join customer owner
                on owner.account_id = $1 and owner.cell_phone = staged.cell_phone
        ), judged as (
            select line,
                case when first_line < line then first_line end as same_as_line,
                case
                    when owner_id <> coalesce(versioned_id, referred_id) then owner_id
                    when referred_id <> versioned_id then referred_id
                    when versioned_id is null and referred_id is null and both_have_references then owner_id
                end as phone_owner_id,
                coalesce(referred_id <> versioned_id, false) and not coalesce(owner_id <> versioned_id, false)
                    as by_reference,
                coalesce(versioned_id, referred_id, case when not both_have_references then owner_id end)
                    as customer_id
            from matched
        ), settled as (
            select line, phone_owner_id, by_reference, customer_id,
                case
                    when same_as_line is not null then same_as_line
                    when phone_owner_id is null and customer_id is not null then nullif(
                        min(line) filter (where same_as_line is null and phone_owner_id is null)
                            over (partition by customer_id),
                        line
                    )
                end as same_as_line
            from judged
        )
        select $1, $2, line,
            case when same_as_line is null and phone_owner_id is null then 'same' else 'conflict' end,
            customer_id, case when same_as_line is null then phone_owner_id end,
            same_as_line is null and by_reference, same_as_line
        from settled
        where customer_id is not null or phone_owner_id is not null or same_as_line is not null
        "#,
        account,
        import.uuid(),
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The rows that are about customers who exist and can be written, after a line, in the order of the lines.
pub async fn matches(
    tx: &mut AccountTx,
    import: ImportId,
    after_line: u32,
    limit: u16,
) -> Result<Vec<Match>, StoreError> {
    let account = tx.account().uuid();
    let rows = sqlx::query!(
        r#"
        select line, customer_id as "customer_id!" from import_change
        where account_id = $1 and import_id = $2 and outcome <> 'conflict' and line > $3 order by line limit $4
        "#,
        account,
        import.uuid(),
        int(after_line),
        i64::from(limit),
    )
    .fetch_all(tx.connection())
    .await?;
    let matches = rows.into_iter().map(|row| Match {
        line: row.line.unsigned_abs(),
        customer: CustomerId::new(row.customer_id),
    });
    Ok(matches.collect())
}

/// Counts the rows by their outcome. The counts add up by themselves: every staged row is counted once.
pub async fn totals(
    tx: &mut AccountTx,
    import: ImportId,
    rev: u64,
) -> Result<PlanTotals, StoreError> {
    let account = tx.account().uuid();
    let counts = sqlx::query!(
        r#"
        select
            (select count(*) from import_row where account_id = $1 and import_id = $2) as "values!",
            (select count(*) from import_skipped_row where account_id = $1 and import_id = $2) as "skipped!",
            (select count(*) from import_failed_row where account_id = $1 and import_id = $2) as "failed!",
            count(*) filter (where outcome = 'changed') as "changed!",
            count(*) filter (where outcome = 'same') as "same!",
            count(*) filter (where outcome = 'conflict') as "conflicts!",
            coalesce(sum(jsonb_array_length(clashes)), 0) as "clashes!",
            (
                select count(*) from import_change c cross join lateral jsonb_array_elements(c.clashes) clash
                where c.account_id = $1 and c.import_id = $2 and c.clashes <> '[]' and clash @> '{"taken": true}'
            ) as "taken!",
            (
                select count(distinct case
                    when c.outcome = 'conflict' then coalesce(c.phone_owner_id, row.customer_id)
                    else coalesce(c.customer_id, row.customer_id)
                end)
                from import_row row left join import_change c using (account_id, import_id, line)
                where row.account_id = $1 and row.import_id = $2 and row.unsubscribe
                    and (c.outcome is distinct from 'conflict' or num_nonnulls(row.cell_phone, row.other_phones) > 0)
            ) as "unsubscribes!"
        from import_change where account_id = $1 and import_id = $2
        "#,
        account,
        import.uuid(),
    )
    .fetch_one(tx.connection())
    .await?;
    let count = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    Ok(PlanTotals {
        digest: 0,
        rows: count(counts.values + counts.skipped + counts.failed),
        new: count(counts.values - counts.changed - counts.same - counts.conflicts),
        changed: count(counts.changed),
        same: count(counts.same),
        conflicts: count(counts.conflicts),
        skipped: count(counts.skipped),
        failed: count(counts.failed),
        clashes: count(counts.clashes),
        taken: count(counts.taken),
        unsubscribes: count(counts.unsubscribes),
        rev,
    })
}

/// A text that differs when the plan of any row differs. The staged rows themselves never change under one id.
pub async fn digest(tx: &mut AccountTx, import: ImportId) -> Result<String, StoreError> {
    let account = tx.account().uuid();
    Ok(sqlx::query_scalar!(
        r#"
        select coalesce(sum(hashtextextended(
            concat_ws('|', line, outcome, customer_id, coalesce(phone_owner_id::text, '-'), same_as_line, changes, clashes), 0
        )), 0)::text as "digest!"
        from import_change where account_id = $1 and import_id = $2
        "#,
        account,
        import.uuid(),
    )
    .fetch_one(tx.connection())
    .await?)
}
