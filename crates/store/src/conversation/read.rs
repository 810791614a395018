//! Threads as they are shown, without their entries.

use crate::{AccountTx, StoreError, account_tx::unsigned, customer::StoredCustomer};
use chrono::{DateTime, Utc};
use domain::{
    conversation::{Delivery, StaffName},
    customer::Values,
    ids::{ConversationId, CustomerId, PersonId},
    phone::E164,
    slot::{Field, Slot},
    value::Value,
};
use sqlx::{FromRow, Postgres, QueryBuilder};
use uuid::Uuid;

/// Who is at the other end, without the state of the number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredContact {
    pub phone: E164,
    pub customer: Option<CustomerId>,
    /// Blank when the customer has none, or there is no customer.
    pub name: String,
    /// Since when the customer asked not to be written to, whatever their numbers.
    pub asked_to_stop_at: Option<DateTime<Utc>>,
}

impl StoredContact {
    /// Of a number, and of whoever is behind it.
    pub fn of(phone: E164, customer: Option<&StoredCustomer>) -> Self {
        let name = customer.map(|stored| {
            let mut values = stored.values.clone();
            values.take(Slot::Field(Field::CellPhone));
            values.name()
        });
        Self {
            phone,
            customer: customer.map(|stored| stored.id),
            name: name.unwrap_or_default(),
            asked_to_stop_at: customer
                .filter(|stored| stored.asked_to_stop_rev.is_some())
                .and_then(|stored| stored.unsubscribed_at),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredConversation {
    pub id: ConversationId,
    pub contact: StoredContact,
    pub last_at: DateTime<Utc>,
    pub unread: u32,
    pub closed: bool,
    pub assignee: Option<StaffName>,
    /// The last message; `None` where there are only notes.
    pub last: Option<LastEntry>,
}

/// What the list shows of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastEntry {
    /// The beginning.
    pub text: String,
    pub is_ours: bool,
    pub delivery: Option<Delivery>,
}

/// What is selected around the threads `c`.
pub(super) const COLUMNS: &str = "c.conversation_id, c.phone, c.customer_id, c.last_at, c.unread, c.closed, c.assignee_id,
    p.name as assignee_name, k.first_name, k.last_name, k.company, k.email, k.reference, k.asked_to_stop_at,
    m.text as last_text, m.kind as last_kind, m.delivery as last_delivery";

pub(super) const JOINS: &str = " left join person p on p.person_id = c.assignee_id
    left join customer k on k.account_id = c.account_id and k.customer_id = c.customer_id
    left join lateral (
        select left(m.text, 200) as text, m.kind, m.delivery from message m
        where m.account_id = c.account_id and m.conversation_id = c.conversation_id and m.kind <> 'note'
        order by m.position desc limit 1
    ) m on true";

pub async fn find(
    tx: &mut AccountTx,
    id: ConversationId,
) -> Result<Option<StoredConversation>, StoreError> {
    let mut sql = all(tx);
    sql.push(" and c.conversation_id = ").push_bind(id.uuid());
    Ok(fetch(tx, sql).await?.pop())
}

pub async fn find_by_phone(
    tx: &mut AccountTx,
    phone: &E164,
) -> Result<Option<StoredConversation>, StoreError> {
    let mut sql = all(tx);
    sql.push(" and c.phone = ")
        .push_bind(phone.as_str().to_owned());
    Ok(fetch(tx, sql).await?.pop())
}

/// The latest first.
pub async fn of_customer(
    tx: &mut AccountTx,
    customer: CustomerId,
) -> Result<Vec<StoredConversation>, StoreError> {
    let mut sql = all(tx);
    sql.push(" and c.customer_id = ").push_bind(customer.uuid());
    sql.push(" order by c.last_at desc, c.conversation_id desc");
    fetch(tx, sql).await
}

/// Whose number it is, where there is no thread yet: who has it as a cell phone, else the only one who has it at all.
pub async fn holder(tx: &mut AccountTx, phone: &E164) -> Result<Option<CustomerId>, StoreError> {
    let account = tx.account().uuid();
    let cell = sqlx::query_scalar!(
        "select customer_id from customer where account_id = $1 and cell_phone = $2",
        account,
        phone.as_str(),
    )
    .fetch_optional(tx.connection())
    .await?;
    if let Some(cell) = cell {
        return Ok(Some(CustomerId::new(cell)));
    }
    let others = sqlx::query_scalar!(
        "select customer_id from customer
         where account_id = $1 and other_phones is not null and $2 = any (other_phones) limit 2",
        account,
        phone.as_str(),
    )
    .fetch_all(tx.connection())
    .await?;
    Ok(match others[..] {
        [only] => Some(CustomerId::new(only)),
        _ => None,
    })
}

fn all(tx: &AccountTx) -> QueryBuilder<Postgres> {
    let mut sql = QueryBuilder::new(format!(
        "select {COLUMNS} from conversation c{JOINS} where c.account_id = "
    ));
    sql.push_bind(tx.account().uuid());
    sql
}

pub(super) async fn fetch(
    tx: &mut AccountTx,
    mut sql: QueryBuilder<Postgres>,
) -> Result<Vec<StoredConversation>, StoreError> {
    sql.build_query_as::<Row>()
        .persistent(false)
        .fetch_all(tx.connection())
        .await?
        .into_iter()
        .map(StoredConversation::try_from)
        .collect()
}

#[derive(FromRow)]
struct Row {
    conversation_id: Uuid,
    last_at: DateTime<Utc>,
    unread: i32,
    closed: bool,
    assignee_id: Option<Uuid>,
    assignee_name: Option<String>,
    #[sqlx(flatten)]
    contact: ContactColumns,
    last_text: Option<String>,
    last_kind: Option<String>,
    last_delivery: Option<String>,
}

/// What a contact is made of.
#[derive(FromRow)]
pub(crate) struct ContactColumns {
    pub(crate) phone: String,
    pub(crate) customer_id: Option<Uuid>,
    pub(crate) first_name: Option<String>,
    pub(crate) last_name: Option<String>,
    pub(crate) company: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) reference: Option<String>,
    pub(crate) asked_to_stop_at: Option<DateTime<Utc>>,
}

pub(crate) fn contact(row: ContactColumns) -> Result<StoredContact, StoreError> {
    let texts = [
        (Field::FirstName, row.first_name),
        (Field::LastName, row.last_name),
        (Field::Company, row.company),
        (Field::Email, row.email),
        (Field::Reference, row.reference),
    ];
    let values: Values = texts
        .into_iter()
        .filter_map(|(field, text)| Some((Slot::Field(field), Value::Text(text?))))
        .collect();
    Ok(StoredContact {
        phone: E164::new(&row.phone).map_err(|_| corrupt("phone"))?,
        customer: row.customer_id.map(CustomerId::new),
        name: values.name(),
        asked_to_stop_at: row.asked_to_stop_at,
    })
}

pub(super) const fn corrupt(column: &'static str) -> StoreError {
    StoreError::Corrupt {
        table: "conversation",
        column,
    }
}

impl TryFrom<Row> for StoredConversation {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let assignee = row.assignee_id.map(|id| StaffName {
            id: PersonId::new(id),
            name: row.assignee_name.unwrap_or_default(),
        });
        let last = match (row.last_text, row.last_kind) {
            (Some(text), Some(kind)) => {
                Some(LastEntry::read(text, &kind, row.last_delivery.as_deref())?)
            }
            _ => None,
        };
        Ok(Self {
            id: ConversationId::new(row.conversation_id),
            contact: contact(row.contact)?,
            last_at: row.last_at,
            unread: u32::try_from(unsigned(i64::from(row.unread))).unwrap_or(u32::MAX),
            closed: row.closed,
            assignee,
            last,
        })
    }
}

impl LastEntry {
    pub(super) fn read(
        text: String,
        kind: &str,
        delivery: Option<&str>,
    ) -> Result<Self, StoreError> {
        let delivery = delivery
            .map(|key| Delivery::from_key(key).ok_or(corrupt("delivery")))
            .transpose()?;
        Ok(Self {
            text,
            is_ours: kind != "inbound",
            delivery,
        })
    }
}
