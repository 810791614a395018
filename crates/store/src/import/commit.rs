//! What a commit writes beside the changes of customers who exist.

use super::record::int;
use crate::{AccountTx, StoreError, attribute::Author, consent};
use domain::{
    consent::{ContactPoint, NewEvent, Source},
    ids::ImportId,
    phone::E164,
};
use std::ops::RangeInclusive;

/// Makes a customer of every staged row of these lines that the plan says nothing about.
pub async fn insert_customers(
    tx: &mut AccountTx,
    import: ImportId,
    lines: &RangeInclusive<u32>,
    author: Author,
) -> Result<u32, StoreError> {
    let account = tx.account().uuid();
    let done = sqlx::query!(
        r#"
        insert into customer (account_id, customer_id, reference, first_name, last_name, company, cell_phone,
            other_phones, email, street, city, region, postal_code, country, birth_date, language, notes, attributes,
            created_at, updated_at, last_activity_at, created_by, created_import_id, created_import_line, created_rev,
            rev)
        select $1, customer_id, reference, first_name, last_name, company, cell_phone, other_phones, email, street,
            city, region, postal_code, country, birth_date, language, notes, attributes, $4, $4, $4, $3, $2, line, 0, 0
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
    )
    .execute(tx.connection())
    .await?;
    Ok(u32::try_from(done.rows_affected()).unwrap_or(u32::MAX))
}

/// Writes the wishes not to be contacted into the ledger: for the phone of the row, and for the phone of the customer it is
/// about as it is before the import changes it. A conflict does not unsay the wish about the row's own phone.
pub async fn record_opt_outs(
    tx: &mut AccountTx,
    import: ImportId,
    author: Author,
) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    let wishes = sqlx::query!(
        r#"
        select min(line) as "line!", phone as "phone!"
        from (
            select row.line, row.cell_phone as phone from import_row row
            where row.account_id = $1 and row.import_id = $2 and row.unsubscribe
            union all
            select row.line, customer.cell_phone from import_row row
            join import_change using (account_id, import_id, line)
            join customer on customer.account_id = $1 and customer.customer_id = import_change.customer_id
            where row.account_id = $1 and row.import_id = $2 and row.unsubscribe and outcome <> 'conflict'
        ) wish
        where phone is not null
        group by phone order by min(line), phone
        "#,
        account,
        import.uuid(),
    )
    .fetch_all(tx.connection())
    .await?;
    let events = wishes
        .into_iter()
        .map(|wish| {
            let phone = E164::new(&wish.phone).map_err(|_| StoreError::Corrupt {
                table: "import_row",
                column: "cell_phone",
            })?;
            let source = Source::Import {
                person: author.person,
                import,
                line: wish.line.unsigned_abs(),
            };
            Ok(NewEvent::opt_out(
                ContactPoint::sms(phone),
                source,
                author.at,
            ))
        })
        .collect::<Result<_, StoreError>>()?;
    consent::record_changes(tx, events, author.at).await?;
    Ok(())
}
