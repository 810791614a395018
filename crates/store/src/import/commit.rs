//! What a commit writes beside the changes of customers who exist.

use super::record::int;
use crate::{
    AccountTx, StoreError,
    account_tx::unsigned,
    attribute::Author,
    consent::{self, Numbers},
};
use domain::{
    consent::{ContactPoint, NewEvent, Source},
    ids::{CustomerId, ImportId},
    phone::E164,
};
use std::{collections::BTreeSet, ops::RangeInclusive};

/// Makes a customer of every staged row of these lines that the plan says nothing about. Who asks in it, or in the ledger, not
/// to be written to is made so, with all their numbers.
pub async fn insert_customers(
    tx: &mut AccountTx,
    import: ImportId,
    lines: &RangeInclusive<u32>,
    author: Author,
) -> Result<u32, StoreError> {
    let (account, rev) = (tx.account().uuid(), tx.rev().await?);
    let done = sqlx::query!(
        r#"
        insert into customer (account_id, customer_id, reference, first_name, last_name, company, cell_phone,
            other_phones, email, street, city, region, postal_code, country, birth_date, language, notes, attributes,
            created_at, updated_at, last_activity_at, created_by, created_import_id, created_import_line, created_rev,
            rev, asked_to_stop_at, asked_to_stop_rev)
        select $1, customer_id, reference, first_name, last_name, company, cell_phone, other_phones, email, street,
            city, region, postal_code, country, birth_date, language, notes, attributes, $4, $4, $4, $3, $2, line, 0, 0,
            case when unsubscribe then $4::timestamptz end, case when unsubscribe then $7::bigint end
        from import_row row
        where account_id = $1 and import_id = $2 and line between $5 and $6 and not exists (
            select from import_change c where c.account_id = $1 and c.import_id = $2 and c.line = row.line
        )
        "#,
        account,
        import.uuid(),
        author.person.uuid(),
        author.at,
        int(*lines.start()),
        int(*lines.end()),
        i64::try_from(rev).unwrap_or(i64::MAX),
    )
    .execute(tx.connection())
    .await?;
    carry_to_made(tx, import, lines, author).await?;
    Ok(u32::try_from(done.rows_affected()).unwrap_or(u32::MAX))
}

/// One number of which the ledger knows makes the person one who asked: it holds for their other numbers as well.
async fn carry_to_made(
    tx: &mut AccountTx,
    import: ImportId,
    lines: &RangeInclusive<u32>,
    author: Author,
) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    let rows = sqlx::query!(
        r#"
        select c.cell_phone, c.other_phones, c.asked_to_stop_rev as "asked_rev!"
        from import_row row join customer c on c.account_id = $1 and c.customer_id = row.customer_id
        where row.account_id = $1 and row.import_id = $2 and row.line between $3 and $4 and c.asked_to_stop_rev is not null
        order by row.line
        "#,
        account,
        import.uuid(),
        int(*lines.start()),
        int(*lines.end()),
    )
    .fetch_all(tx.connection())
    .await?;
    let moves = rows.into_iter().flat_map(|row| {
        let has = Numbers::of_columns(row.cell_phone.as_ref(), row.other_phones.as_ref());
        Numbers::default().moves(&has, unsigned(row.asked_rev))
    });
    consent::carry(tx, moves.collect(), author).await
}

/// Writes the wishes not to be contacted down: into the ledger for every number of the row, and of the customer it is about
/// as they are before the import changes them; and for the customer, number or not. A conflict does not unsay the wish about
/// the row's own numbers.
pub async fn record_opt_outs(
    tx: &mut AccountTx,
    import: ImportId,
    author: Author,
) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    let wishes = sqlx::query!(
        r#"
        with asking as (
            select row.line, row.cell_phone, row.other_phones from import_row row
            where row.account_id = $1 and row.import_id = $2 and row.unsubscribe
            union all
            select row.line, customer.cell_phone, customer.other_phones from import_row row
            join import_change using (account_id, import_id, line)
            join customer on customer.account_id = $1 and customer.customer_id = import_change.customer_id
            where row.account_id = $1 and row.import_id = $2 and row.unsubscribe and outcome <> 'conflict'
        )
        select min(line) as "line!", phone as "phone!"
        from (
            select line, cell_phone as phone from asking
            union all
            select line, unnest(other_phones) from asking
        ) wish
        where phone is not null
        group by phone order by min(line), phone
        "#,
        account,
        import.uuid(),
    )
    .fetch_all(tx.connection())
    .await?;
    let (mut points, mut events) = (BTreeSet::new(), Vec::new());
    for wish in wishes {
        let phone = E164::new(&wish.phone).map_err(|_| StoreError::Corrupt {
            table: "import_row",
            column: "cell_phone",
        })?;
        let point = ContactPoint::sms(phone);
        let source = Source::Import {
            person: author.person,
            import,
            line: wish.line.unsigned_abs(),
        };
        points.insert(point.clone());
        events.push(NewEvent::opt_out(point, source, author.at));
    }
    consent::record_changes(tx, events, author.at).await?;
    let customers = sqlx::query_scalar!(
        r#"
        select import_change.customer_id as "customer_id!" from import_row row join import_change using (account_id, import_id, line)
        where row.account_id = $1 and row.import_id = $2 and row.unsubscribe and outcome <> 'conflict'
        "#,
        account,
        import.uuid(),
    )
    .fetch_all(tx.connection())
    .await?;
    let customers: Vec<CustomerId> = customers.into_iter().map(CustomerId::new).collect();
    consent::ask(tx, &customers, &points, author.at).await?;
    Ok(())
}
