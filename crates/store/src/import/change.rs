//! What is to be changed of customers who exist: kept with the plan, then applied in sets.

use super::record::{int, span};
use crate::{
    AccountTx, StoreError,
    account_tx::unsigned,
    attribute::Author,
    consent::{self, Numbers},
    customer::columns::json,
};
use domain::{
    ids::{CustomerId, ImportId},
    import::three_way::Clash,
    mutation::Change,
    slot::Slot,
};
use serde_json::{Map, Value as Json};
use sqlx::types::Json as Typed;
use std::{collections::BTreeMap, ops::RangeInclusive};
use uuid::Uuid;

/// A planned row that has cells to choose from.
#[derive(Clone, Debug)]
pub struct Clashing {
    pub line: u32,
    pub customer: CustomerId,
    pub changes: Vec<Change>,
    pub clashes: Vec<Clash>,
}

/// The changes of one customer.
#[derive(Clone, Debug)]
pub struct CustomerChange {
    pub line: u32,
    pub customer: CustomerId,
    pub changes: Vec<Change>,
}

/// The changes as lists of columns.
struct Columns<'a> {
    lines: Vec<i32>,
    customers: Vec<Uuid>,
    changes: Vec<Typed<&'a [Change]>>,
    fields: Vec<Json>,
    attributes: Vec<Json>,
}

fn columns(changes: &[CustomerChange]) -> Columns<'_> {
    let mut columns = Columns {
        lines: vec![],
        customers: vec![],
        changes: vec![],
        fields: vec![],
        attributes: vec![],
    };
    for change in changes {
        let (mut fields, mut attributes) = (Map::new(), Map::new());
        for Change { slot, to, .. } in &change.changes {
            let to = to.as_ref().map_or(Json::Null, json);
            match slot {
                Slot::Field(field) => fields.insert(field.key().to_owned(), to),
                Slot::Attribute(id) => attributes.insert(id.to_string(), to),
            };
        }
        columns.lines.push(int(change.line));
        columns.customers.push(change.customer.uuid());
        columns.changes.push(Typed(&change.changes));
        columns.fields.push(Json::Object(fields));
        columns.attributes.push(Json::Object(attributes));
    }
    columns
}

/// Turns planned rows that were thought to be the same into changed ones.
pub async fn set_changed(
    tx: &mut AccountTx,
    import: ImportId,
    changes: &[CustomerChange],
) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    let columns = columns(changes);
    sqlx::query!(
        r#"
        update import_change
        set outcome = case when changed.changes = '[]' then 'same' else 'changed' end, changes = changed.changes, fields = changed.fields, attributes = changed.attributes
        from unnest($3::integer[], $4::jsonb[], $5::jsonb[], $6::jsonb[])
            as changed (line, changes, fields, attributes)
        where account_id = $1 and import_id = $2 and import_change.line = changed.line
        "#,
        account,
        import.uuid(),
        &columns.lines,
        &columns.changes as _,
        &columns.fields,
        &columns.attributes,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Sets the clashing cells of these lines.
pub async fn set_clashes(
    tx: &mut AccountTx,
    import: ImportId,
    clashing: &[(u32, Vec<Clash>)],
) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    let (lines, clashes): (Vec<i32>, Vec<Typed<&[Clash]>>) = clashing
        .iter()
        .map(|(line, clashes)| (int(*line), Typed(clashes.as_slice())))
        .unzip();
    sqlx::query!(
        r#"
        update import_change set clashes = clashing.clashes
        from unnest($3::integer[], $4::jsonb[]) as clashing (line, clashes)
        where account_id = $1 and import_id = $2 and import_change.line = clashing.line
        "#,
        account,
        import.uuid(),
        &lines,
        &clashes as _,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The rows with clashing cells after a line, in the order of the lines.
pub async fn clashing(
    tx: &mut AccountTx,
    import: ImportId,
    after_line: u32,
    limit: u16,
) -> Result<Vec<Clashing>, StoreError> {
    let account = tx.account().uuid();
    let rows = sqlx::query!(
        r#"
        select line, customer_id as "customer_id!", changes as "changes: Typed<Vec<Change>>",
            clashes as "clashes: Typed<Vec<Clash>>"
        from import_change
        where account_id = $1 and import_id = $2 and line > $3 and clashes <> '[]'
        order by line limit $4
        "#,
        account,
        import.uuid(),
        int(after_line),
        i64::from(limit),
    )
    .fetch_all(tx.connection())
    .await?;
    let rows = rows.into_iter().map(|row| Clashing {
        line: row.line.unsigned_abs(),
        customer: CustomerId::new(row.customer_id),
        changes: row.changes.0,
        clashes: row.clashes.0,
    });
    Ok(rows.collect())
}

/// By line, the clashing cells of the plan in which a person took what the file says.
pub async fn taken(
    tx: &mut AccountTx,
    import: ImportId,
) -> Result<BTreeMap<u32, Vec<Clash>>, StoreError> {
    let account = tx.account().uuid();
    let rows = sqlx::query!(
        r#"
        select line, clashes as "clashes: Typed<Vec<Clash>>" from import_change
        where account_id = $1 and import_id = $2 and clashes <> '[]'
            and clashes @> '[{"taken": true}]'
        "#,
        account,
        import.uuid(),
    )
    .fetch_all(tx.connection())
    .await?;
    let taken = rows.into_iter().map(|row| {
        let mut clashes = row.clashes.0;
        clashes.retain(|clash| clash.taken);
        (row.line.unsigned_abs(), clashes)
    });
    Ok(taken.collect())
}

/// Adds changes that no plan has, for [`apply`].
pub async fn insert(
    tx: &mut AccountTx,
    import: ImportId,
    changes: &[CustomerChange],
) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    let columns = columns(changes);
    sqlx::query!(
        r#"
        insert into import_change (account_id, import_id, line, outcome, customer_id, changes, fields, attributes)
        select $1, $2, line, 'changed', customer_id, changes, fields, attributes
        from unnest($3::integer[], $4::uuid[], $5::jsonb[], $6::jsonb[], $7::jsonb[])
            as changed (line, customer_id, changes, fields, attributes)
        "#,
        account,
        import.uuid(),
        &columns.lines,
        &columns.customers,
        &columns.changes as _,
        &columns.fields,
        &columns.attributes,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// From where changes come, for the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeSource {
    Import,
    Undo,
}

/// Writes the planned changes of these lines to their customers and to the history. How many customers were changed.
pub async fn apply(
    tx: &mut AccountTx,
    import: ImportId,
    lines: &RangeInclusive<u32>,
    source: ChangeSource,
    author: Author,
) -> Result<u32, StoreError> {
    carry_consent(tx, import, lines, author).await?;
    let account = tx.account().uuid();
    let (first, last) = (int(*lines.start()), int(*lines.end()));
    let changed = sqlx::query!(
        r#"
        update customer set
            reference = case when c.fields ? 'reference' then c.fields ->> 'reference' else customer.reference end,
            first_name = case when c.fields ? 'first_name' then c.fields ->> 'first_name' else customer.first_name end,
            last_name = case when c.fields ? 'last_name' then c.fields ->> 'last_name' else customer.last_name end,
            company = case when c.fields ? 'company' then c.fields ->> 'company' else customer.company end,
            cell_phone = case when c.fields ? 'cell_phone' then c.fields ->> 'cell_phone' else customer.cell_phone end,
            other_phones = case
                when not c.fields ? 'other_phones' then customer.other_phones
                when jsonb_typeof(c.fields -> 'other_phones') = 'array'
                    then array(select jsonb_array_elements_text(c.fields -> 'other_phones'))
            end,
            email = case when c.fields ? 'email' then c.fields ->> 'email' else customer.email end,
            street = case when c.fields ? 'street' then c.fields ->> 'street' else customer.street end,
            city = case when c.fields ? 'city' then c.fields ->> 'city' else customer.city end,
            region = case when c.fields ? 'region' then c.fields ->> 'region' else customer.region end,
            postal_code = case
                when c.fields ? 'postal_code' then c.fields ->> 'postal_code' else customer.postal_code
            end,
            country = case when c.fields ? 'country' then c.fields ->> 'country' else customer.country end,
            birth_date = case
                when c.fields ? 'birth_date' then (c.fields ->> 'birth_date')::date else customer.birth_date
            end,
            language = case when c.fields ? 'language' then c.fields ->> 'language' else customer.language end,
            notes = case when c.fields ? 'notes' then c.fields ->> 'notes' else customer.notes end,
            attributes = jsonb_strip_nulls(customer.attributes || c.attributes),
            updated_at = $3,
            last_activity_at = $3
        from import_change c
        where customer.account_id = $1 and c.account_id = $1 and c.import_id = $2 and c.outcome = 'changed'
            and customer.customer_id = c.customer_id and c.line between $4 and $5
        "#,
        account,
        import.uuid(),
        author.at,
        first,
        last,
    )
    .execute(tx.connection())
    .await?;
    sqlx::query!(
        r#"
        insert into customer_history (account_id, customer_id, slot, from_value, to_value, person_id, source,
            import_id, import_line, at, rev)
        select $1, customer_id, change ->> 'slot', nullif(change -> 'from', 'null'), nullif(change -> 'to', 'null'),
            $3, $4, $2, case when $4 = 'import' then line end, $5, 0
        from import_change cross join lateral jsonb_array_elements(changes) change
        where account_id = $1 and import_id = $2 and outcome = 'changed' and line between $6 and $7
        order by line
        "#,
        account,
        import.uuid(),
        author.person.uuid(),
        match source {
            ChangeSource::Import => "import",
            ChangeSource::Undo => "undo",
        },
        author.at,
        first,
        last,
    )
    .execute(tx.connection())
    .await?;
    Ok(u32::try_from(changed.rows_affected()).unwrap_or(u32::MAX))
}

/// Who asked not to be written to and is about to get other numbers does not want it there either.
async fn carry_consent(
    tx: &mut AccountTx,
    import: ImportId,
    lines: &RangeInclusive<u32>,
    author: Author,
) -> Result<(), StoreError> {
    let account = tx.account().uuid();
    let rows = sqlx::query!(
        r#"
        select customer.cell_phone, customer.other_phones, customer.asked_to_stop_rev as "asked_rev!",
            c.fields ->> 'cell_phone' as new_cell_phone,
            case when jsonb_typeof(c.fields -> 'other_phones') = 'array'
                then array(select jsonb_array_elements_text(c.fields -> 'other_phones'))
            end as new_other_phones
        from import_change c join customer on customer.account_id = $1 and customer.customer_id = c.customer_id
        where c.account_id = $1 and c.import_id = $2 and c.outcome = 'changed' and c.line between $3 and $4
            and customer.asked_to_stop_rev is not null and c.fields ?| array['cell_phone', 'other_phones']
        order by c.line
        "#,
        account,
        import.uuid(),
        int(*lines.start()),
        int(*lines.end()),
    )
    .fetch_all(tx.connection())
    .await?;
    let moves = rows.into_iter().flat_map(|row| {
        let had = Numbers::of_columns(row.cell_phone.as_ref(), row.other_phones.as_ref());
        let has = Numbers::of_columns(row.new_cell_phone.as_ref(), row.new_other_phones.as_ref());
        had.moves(&has, unsigned(row.asked_rev))
    });
    consent::carry(tx, moves.collect(), author).await
}

/// The planned changes of these lines.
pub async fn of_lines(
    tx: &mut AccountTx,
    import: ImportId,
    lines: &[u32],
) -> Result<Vec<CustomerChange>, StoreError> {
    let account = tx.account().uuid();
    let lines: Vec<i32> = lines.iter().map(|line| int(*line)).collect();
    let (first, last) = span(&lines);
    let rows = sqlx::query!(
        r#"
        select line, customer_id as "customer_id!", changes as "changes: Typed<Vec<Change>>" from import_change
        where account_id = $1 and import_id = $2 and line = any($3) and line between $4 and $5 and outcome = 'changed'
        order by line
        "#,
        account,
        import.uuid(),
        &lines,
        first,
        last,
    )
    .fetch_all(tx.connection())
    .await?;
    let changes = rows.into_iter().map(|row| CustomerChange {
        line: row.line.unsigned_abs(),
        customer: CustomerId::new(row.customer_id),
        changes: row.changes.0,
    });
    Ok(changes.collect())
}
