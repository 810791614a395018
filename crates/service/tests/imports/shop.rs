//! A shop to import into, and files to import.

use crate::hand_clock::HandClock;
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    attribute::{AttributeKind, AttributeName},
    contact::{self, E164Only},
    customer::Values,
    ids::{AccountId, AttributeId, CustomerId, ImportId, PersonId, SessionId},
    import::{
        chunk::{
            CellProblem, Chunk, ImportColumn, ImportPlanRequest, NewAttribute, RowContent,
            SkipReason, StagedRow,
        },
        merge::MergeRule,
        report::ImportSummary,
    },
    mutation::Change,
    permission::Role,
    slot::{Field, Slot, SlotKind},
    value::Value,
    version::{CustomerVersion, VERSION_HEADER},
};
use flate2::{Compression, write::DeflateEncoder};
use service::{Caller, Clock, ServiceError, Services};
use sha2::{Digest, Sha256};
use sqlx::PgPool;
use std::{collections::BTreeMap, io::Write, sync::Arc};
use store::{Store, attribute::Author};
use uuid::Uuid;

pub(crate) struct Shop {
    pub(crate) services: Services,
    pub(crate) store: Store,
    pub(crate) pool: PgPool,
    pub(crate) owner: Caller,
    clock: Arc<HandClock>,
}

impl Shop {
    pub(crate) async fn open(pool: &PgPool) -> Self {
        let start = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        let clock = Arc::new(HandClock::at(start));
        let store = Store::new(pool.clone());
        let account = AccountId::new(Uuid::now_v7());
        sqlx::query("insert into account values ($1, 'Shop', 'CA', 'America/Toronto', $2)")
            .bind(account.uuid())
            .bind(start)
            .execute(pool)
            .await
            .unwrap();
        sqlx::query("insert into account_rev (account_id) values ($1)")
            .bind(account.uuid())
            .execute(pool)
            .await
            .unwrap();
        let owner = person(pool, account, Role::Owner).await;
        let services = Services::new(store.clone(), clock.clone());
        Self {
            services,
            store,
            pool: pool.clone(),
            owner,
            clock,
        }
    }

    pub(crate) async fn colleague(&self, role: Role) -> Caller {
        person(&self.pool, self.owner.account, role).await
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    pub(crate) fn pass(&self, time: TimeDelta) {
        self.clock.advance(time);
    }

    /// Sends the whole file, without Review.
    pub(crate) async fn stage(&self, caller: &Caller, file: &File) -> ImportId {
        let import = self
            .services
            .begin_import(caller, file.request())
            .await
            .unwrap();
        for (number, body) in (0..).zip(file.chunks()) {
            self.services
                .put_chunk(caller, import, number, &checksum(&body), &body)
                .await
                .unwrap();
        }
        import
    }

    /// Imports the whole file as the owner.
    pub(crate) async fn import(&self, file: &File) -> ImportSummary {
        self.pass(TimeDelta::seconds(1));
        let import = self.stage(&self.owner, file).await;
        self.commit(&self.owner, import).await.unwrap()
    }

    /// Commits what the plan says at this moment.
    pub(crate) async fn commit(
        &self,
        caller: &Caller,
        import: ImportId,
    ) -> Result<ImportSummary, ServiceError> {
        let seen = self.services.plan_totals(caller, import).await;
        let seen = seen.map(|plan| plan.digest).unwrap_or_default();
        self.services.commit_import(caller, import, seen).await
    }

    /// Every customer as its row is, apart from when and by which rev it was written last.
    pub(crate) async fn rows(&self) -> BTreeMap<Uuid, serde_json::Value> {
        let rows: Vec<(Uuid, serde_json::Value)> = sqlx::query_as(
            "select customer_id, to_jsonb(customer) - array['rev', 'updated_at', 'last_activity_at'] from customer
             where account_id = $1",
        )
        .bind(self.owner.account.uuid())
        .fetch_all(&self.pool)
        .await
        .unwrap();
        rows.into_iter().collect()
    }

    /// Every customer with its values.
    pub(crate) async fn customers(&self) -> BTreeMap<CustomerId, Values> {
        let ids: Vec<Uuid> = self.rows().await.into_keys().collect();
        let mut tx = self.store.read(self.owner.account).await.unwrap();
        let mut customers = BTreeMap::new();
        for id in ids.into_iter().map(CustomerId::new) {
            customers.insert(
                id,
                store::customer::find(&mut tx, id)
                    .await
                    .unwrap()
                    .unwrap()
                    .values,
            );
        }
        customers
    }

    /// The one customer whose first name it is.
    pub(crate) async fn named(&self, first_name: &str) -> (CustomerId, Values) {
        let mut found = self
            .customers()
            .await
            .into_iter()
            .filter(|(_, values)| values.text(Field::FirstName) == first_name);
        let customer = found.next().unwrap();
        assert!(found.next().is_none(), "{first_name} is there twice");
        customer
    }

    /// As if a member of the staff had typed it.
    pub(crate) async fn edit(&self, customer: CustomerId, slot: Slot, value: Option<Value>) {
        let mut tx = self.store.write(self.owner.account).await.unwrap();
        let mut values = store::customer::find(&mut tx, customer)
            .await
            .unwrap()
            .unwrap()
            .values;
        let change = Change {
            slot,
            from: values.get(slot).cloned(),
            to: value.clone(),
        };
        values.set(slot, value);
        let author = Author {
            person: self.owner.person,
            at: self.clock.now(),
        };
        store::customer::update(&mut tx, customer, &values, author.at)
            .await
            .unwrap();
        store::history::record(&mut tx, customer, &[change], author)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    /// How many rows a table has in this account.
    pub(crate) async fn count(&self, table: &str) -> i64 {
        let sql = format!("select count(*) from {table} where account_id = $1");
        sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
            .bind(self.owner.account.uuid())
            .fetch_one(&self.pool)
            .await
            .unwrap()
    }

    /// Whether nothing is left that only a staged import needs.
    pub(crate) async fn staging_is_empty(&self) -> bool {
        let mut left = 0;
        for table in [
            "import_chunk",
            "import_row",
            "import_skipped_row",
            "import_change",
        ] {
            left += self.count(table).await;
        }
        left == 0
    }
}

async fn person(pool: &PgPool, account: AccountId, role: Role) -> Caller {
    let person = PersonId::new(Uuid::now_v7());
    let name = format!("{} {person}", role.key());
    sqlx::query("insert into person values ($1, $2, $3, '', now())")
        .bind(person.uuid())
        .bind(format!("{person}@example.com"))
        .bind(&name)
        .execute(pool)
        .await
        .unwrap();
    Caller {
        person,
        account,
        role,
        session: SessionId::new(Uuid::now_v7()),
        name,
    }
}

/// A file as the page sends it.
#[derive(Clone)]
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) columns: Vec<(Slot, SlotKind, MergeRule)>,
    pub(crate) new_attributes: Vec<NewAttribute>,
    pub(crate) rows: Vec<StagedRow>,
    pub(crate) chunk_rows: usize,
    pub(crate) mapping: String,
    pub(crate) headers: Vec<String>,
    pub(crate) version_column: Option<u32>,
}

impl File {
    pub(crate) fn new(fields: &[Field]) -> Self {
        let columns = fields
            .iter()
            .map(|field| (Slot::Field(*field), field.kind(), MergeRule::FillBlanks))
            .collect();
        Self {
            name: "customers.csv".to_owned(),
            columns,
            new_attributes: Vec::new(),
            rows: Vec::new(),
            chunk_rows: 2,
            mapping: "{}".to_owned(),
            headers: fields.iter().map(|field| field.key().to_owned()).collect(),
            version_column: None,
        }
    }

    pub(crate) fn named(mut self, name: &str) -> Self {
        name.clone_into(&mut self.name);
        self
    }

    /// One rule for every column.
    pub(crate) fn rule(mut self, rule: MergeRule) -> Self {
        for column in &mut self.columns {
            column.2 = rule;
        }
        self
    }

    pub(crate) fn attribute(mut self, id: AttributeId, kind: AttributeKind) -> Self {
        self.columns
            .push((Slot::Attribute(id), kind.into(), MergeRule::FillBlanks));
        self.headers.push(id.to_string());
        self
    }

    pub(crate) fn new_attribute(
        mut self,
        id: AttributeId,
        name: &str,
        kind: AttributeKind,
    ) -> Self {
        self.new_attributes.push(NewAttribute {
            id,
            name: AttributeName::parse(name).unwrap(),
            kind,
        });
        self.attribute(id, kind)
    }

    /// A row on the next line; the header is on line 1.
    pub(crate) fn row(self, cells: &[&str]) -> Self {
        let values = self.columns.iter().zip(cells);
        let values = values
            .map(|((_, kind, _), cell)| contact::parse(*kind, cell, &E164Only).unwrap())
            .collect();
        self.content(RowContent::Values {
            values,
            unsubscribe: false,
            version: None,
        })
    }

    /// A row that carries a version in the last column, as exports have it.
    pub(crate) fn exported(mut self, version: CustomerVersion, cells: &[&str]) -> Self {
        if self.version_column.is_none() {
            self.version_column = u32::try_from(self.headers.len()).ok();
            self.headers.push(VERSION_HEADER.to_owned());
        }
        let mut file = self.row(cells);
        if let Some(StagedRow {
            content: RowContent::Values { version: place, .. },
            ..
        }) = file.rows.last_mut()
        {
            *place = Some(version);
        }
        file
    }

    /// A row of a person who does not want to be contacted.
    pub(crate) fn unsubscribed(self, cells: &[&str]) -> Self {
        let mut file = self.row(cells);
        if let Some(StagedRow {
            content: RowContent::Values { unsubscribe, .. },
            ..
        }) = file.rows.last_mut()
        {
            *unsubscribe = true;
        }
        file
    }

    pub(crate) fn skipped(self, reason: SkipReason) -> Self {
        self.content(RowContent::Skipped(reason))
    }

    pub(crate) fn failed(self, cells: &[&str], problems: Vec<CellProblem>) -> Self {
        let cells = cells.iter().map(|cell| (*cell).to_owned()).collect();
        self.content(RowContent::Failed { cells, problems })
    }

    pub(crate) fn content(mut self, content: RowContent) -> Self {
        let line = self.rows.last().map_or(1, |row| row.line) + 1;
        self.rows.push(StagedRow { line, content });
        self
    }

    pub(crate) fn columns(&self) -> Vec<ImportColumn> {
        (0..)
            .zip(&self.columns)
            .map(|(source, (slot, _, rule))| ImportColumn {
                slot: *slot,
                rule: *rule,
                source,
            })
            .collect()
    }

    pub(crate) fn request(&self) -> ImportPlanRequest {
        ImportPlanRequest {
            file_name: self.name.clone(),
            file_bytes: 1_000,
            file_sha256: hex(&Sha256::digest(&self.name)),
            sheet: None,
            headers: self.headers.clone(),
            columns: self.columns(),
            version_column: self.version_column,
            new_attributes: self.new_attributes.clone(),
            rows: u32::try_from(self.rows.len()).unwrap(),
            chunks: u32::try_from(self.rows.len().div_ceil(self.chunk_rows)).unwrap(),
            mapping: self.mapping.clone(),
            corrections: "by hand".to_owned(),
        }
    }

    /// The bodies of the chunks.
    pub(crate) fn chunks(&self) -> Vec<Vec<u8>> {
        let chunks = (0..).zip(self.rows.chunks(self.chunk_rows));
        chunks
            .map(|(number, rows)| {
                packed(&Chunk {
                    number,
                    rows: rows.to_vec(),
                })
            })
            .collect()
    }
}

pub(crate) fn packed(chunk: &Chunk) -> Vec<u8> {
    deflated(&postcard::to_allocvec(chunk).unwrap())
}

pub(crate) fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub(crate) fn checksum(body: &[u8]) -> String {
    hex(&Sha256::digest(body))
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}

/// A valid number of Montréal.
pub(crate) fn phone(number: u16) -> String {
    format!("+1514446{number:04}")
}

#[expect(clippy::unnecessary_wraps, reason = "a cell is an optional value")]
pub(crate) fn text(text: &str) -> Option<Value> {
    Some(Value::Text(text.to_owned()))
}

pub(crate) fn attribute_id() -> AttributeId {
    AttributeId::new(Uuid::now_v7())
}
