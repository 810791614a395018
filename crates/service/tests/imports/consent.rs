//! Whatever staff do, in whatever order: nobody who does not want messages is subscribed by it.

use crate::shop::{File, Shop, phone};
use domain::{
    consent::{ContactPoint, NewEvent, ProviderMessageId, Screen, Source, Status},
    ids::{CustomerId, ImportId, MutationId},
    import::merge::MergeRule,
    mutation::{Change, Intent, Mutation, Push},
    phone::E164,
    slot::{Field, Slot},
    value::Value,
};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use sqlx::PgPool;
use std::collections::BTreeMap;
use store::consent;
use uuid::Uuid;

const STEPS: usize = 250;
const PHONES: u16 = 5;
const COLUMNS: &[Field] = &[Field::Reference, Field::FirstName, Field::CellPhone];

#[derive(Clone, Debug)]
enum Step {
    Create {
        phone: Option<u16>,
    },
    Edit {
        customer: usize,
        phone: Option<u16>,
    },
    Unsubscribe {
        customer: usize,
    },
    Delete {
        customer: usize,
    },
    /// Rows about references, with phones, some of which do not want messages.
    Import {
        rows: Vec<(u16, Option<u16>, bool)>,
        replace: bool,
    },
    Undo {
        import: usize,
    },
    /// The customer's own words.
    Stop {
        phone: u16,
    },
    Start {
        phone: u16,
    },
    /// A START that the provider delivers once more.
    StartAgain {
        start: usize,
    },
}

fn step() -> impl Strategy<Value = Step> {
    let phone = || prop::option::weighted(0.8, 0..PHONES);
    let which = || 0..8usize;
    prop_oneof![
        3 => phone().prop_map(|phone| Step::Create { phone }),
        5 => (which(), phone()).prop_map(|(customer, phone)| Step::Edit { customer, phone }),
        3 => which().prop_map(|customer| Step::Unsubscribe { customer }),
        2 => which().prop_map(|customer| Step::Delete { customer }),
        3 => (prop::collection::vec((0..4u16, phone(), prop::bool::weighted(0.2)), 1..4), any::<bool>())
            .prop_map(|(rows, replace)| Step::Import { rows, replace }),
        2 => which().prop_map(|import| Step::Undo { import }),
        1 => (0..PHONES).prop_map(|phone| Step::Stop { phone }),
        2 => (0..PHONES).prop_map(|phone| Step::Start { phone }),
        1 => which().prop_map(|start| Step::StartAgain { start }),
    ]
}

fn point(number: u16) -> ContactPoint {
    ContactPoint::sms(E164::new(&phone(number)).unwrap())
}

struct Run<'a> {
    shop: &'a Shop,
    imports: Vec<ImportId>,
    starts: Vec<(u16, String)>,
}

impl Run<'_> {
    /// What is known of each number.
    async fn states(&self) -> BTreeMap<u16, Status> {
        let mut tx = self.shop.store.read(self.shop.owner.account).await.unwrap();
        let key = consent::key(&mut tx).await.unwrap();
        let mut states = BTreeMap::new();
        for number in 0..PHONES {
            let contact = key.contact(&point(number));
            let known = consent::states(&mut tx, &[&contact]).await.unwrap();
            let found = known.get(&contact).map_or(Status::Implied, |s| s.status);
            states.insert(number, found);
        }
        states
    }

    /// Customers with their cell phone, and whether messages to them are stopped.
    async fn customers(&self) -> BTreeMap<CustomerId, (Option<String>, bool)> {
        let rows: Vec<(Uuid, Option<String>, bool)> = sqlx::query_as(
            "select customer_id, cell_phone, unsubscribed_at is not null from customer where account_id = $1",
        )
        .bind(self.shop.owner.account.uuid())
        .fetch_all(&self.shop.pool)
        .await
        .unwrap();
        rows.into_iter()
            .map(|(id, phone, stopped)| (CustomerId::new(id), (phone, stopped)))
            .collect()
    }

    async fn push(&self, intent: Intent) {
        let mutation = Mutation {
            id: MutationId::new(Uuid::now_v7()),
            intent,
        };
        let push = Push {
            account: self.shop.owner.account,
            mutations: vec![mutation.clone(), mutation],
        };
        self.shop
            .services
            .push(&self.shop.owner, push)
            .await
            .unwrap();
    }

    async fn deliver(&self, event: NewEvent) {
        let mut tx = self
            .shop
            .store
            .write(self.shop.owner.account)
            .await
            .unwrap();
        let now = self.shop.now();
        consent::record(&mut tx, vec![event], now).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn take(&mut self, step: &Step) {
        let customers: Vec<CustomerId> = self.customers().await.into_keys().collect();
        let customer = |which: usize| customers.get(which % customers.len().max(1)).copied();
        let now = self.shop.now();
        let word = |number: usize| format!("SM{number}-{}", Uuid::now_v7().simple());
        match step {
            Step::Create { phone: number } => {
                let mut values =
                    vec![(Slot::Field(Field::FirstName), Value::Text("Ana".to_owned()))];
                if let Some(number) = number {
                    values.push((Slot::Field(Field::CellPhone), Value::Text(phone(*number))));
                }
                let customer = CustomerId::new(Uuid::now_v7());
                self.push(Intent::CreateCustomer { customer, values }).await;
            }
            Step::Edit {
                customer: which,
                phone: number,
            } => {
                let Some(id) = customer(*which) else { return };
                let was = self.customers().await[&id].0.clone();
                let change = Change {
                    slot: Slot::Field(Field::CellPhone),
                    from: was.map(Value::Text),
                    to: number.map(|number| Value::Text(phone(number))),
                };
                self.push(Intent::SetCustomerFields {
                    customer: id,
                    changes: vec![change],
                })
                .await;
            }
            Step::Unsubscribe { customer: which } => {
                let Some(customer) = customer(*which) else {
                    return;
                };
                let screen = Screen::List;
                self.push(Intent::UnsubscribeCustomer {
                    customer,
                    phones: vec![],
                    screen,
                    occurred_at: now,
                })
                .await;
            }
            Step::Delete { customer: which } => {
                let Some(customer) = customer(*which) else {
                    return;
                };
                let seen_rev = i64::MAX.unsigned_abs();
                self.push(Intent::DeleteCustomer { customer, seen_rev })
                    .await;
            }
            Step::Import { rows, replace } => {
                let mut file = File::new(COLUMNS).named(&Uuid::now_v7().to_string());
                if *replace {
                    file = file.rule(MergeRule::Replace);
                }
                for (reference, number, stop) in rows {
                    let number = number.map(phone).unwrap_or_default();
                    let cells = [&format!("R{reference}"), "Bea", number.as_str()];
                    file = if *stop {
                        file.unsubscribed(&cells)
                    } else {
                        file.row(&cells)
                    };
                }
                self.imports.push(self.shop.import(&file).await.id);
            }
            Step::Undo { import } => {
                let Some(import) = self.imports.get(import % self.imports.len().max(1)) else {
                    return;
                };
                let owner = &self.shop.owner;
                self.shop
                    .services
                    .undo_import(owner, *import)
                    .await
                    .unwrap();
            }
            Step::Stop { phone } => {
                let message = ProviderMessageId::delivered(&word(0)).unwrap();
                let source = Source::Message { message };
                self.deliver(NewEvent::opt_out(point(*phone), source, now))
                    .await;
            }
            Step::Start { phone } => {
                let id = word(1);
                let message = ProviderMessageId::delivered(&id).unwrap();
                self.deliver(NewEvent::start(point(*phone), message, now))
                    .await;
                self.starts.push((*phone, id));
            }
            Step::StartAgain { start } => {
                let Some((phone, id)) = self.starts.get(start % self.starts.len().max(1)) else {
                    return;
                };
                let message = ProviderMessageId::delivered(id).unwrap();
                self.deliver(NewEvent::start(point(*phone), message, now))
                    .await;
            }
        }
    }
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn nothing_but_a_new_start_subscribes_again(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let mut runner = TestRunner::deterministic();
    let mut run = Run {
        shop: &shop,
        imports: Vec::new(),
        starts: Vec::new(),
    };
    let mut stopped = 0;
    for _ in 0..STEPS {
        let step = step().new_tree(&mut runner).unwrap().current();
        let (states, customers) = (run.states().await, run.customers().await);
        run.take(&step).await;
        let (states_after, customers_after) = (run.states().await, run.customers().await);
        for (number, status) in &states {
            let lifted = matches!(step, Step::Start { phone } if phone == *number);
            if *status == Status::Unsubscribed && !lifted {
                assert_eq!(
                    states_after[number],
                    Status::Unsubscribed,
                    "{number}: {step:?}"
                );
                stopped += 1;
            }
        }
        for (id, (_, was_stopped)) in &customers {
            let Some((phone_after, stopped_after)) = customers_after.get(id) else {
                continue;
            };
            let has_started = (0..PHONES).any(|number| {
                phone_after.as_deref() == Some(phone(number).as_str())
                    && states_after[&number] == Status::Express
            });
            assert!(
                !was_stopped || *stopped_after || has_started,
                "{id}: {step:?}"
            );
        }
        for (account, verified) in shop.services.verify_ledgers().await.unwrap() {
            assert_eq!(account, shop.owner.account);
            assert_eq!(verified.flaws, [], "{step:?}");
        }
    }
    assert!(stopped > STEPS, "the walk was about unsubscribed numbers");
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_ledger_that_was_touched_does_not_hold(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let list = File::new(COLUMNS)
        .unsubscribed(&["A", "Ana", &phone(1)])
        .unsubscribed(&["B", "Bea", &phone(2)])
        .unsubscribed(&["C", "Cleo", &phone(3)]);
    shop.import(&list).await;
    let flaws = async || {
        let ledgers = shop.services.verify_ledgers().await.unwrap();
        ledgers[0]
            .1
            .flaws
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
    };
    assert_eq!(flaws().await, Vec::<String>::new());
    // Whoever owns the database can take the guards away; the chain is what tells.
    for (tamper, back, flaw) in [
        (
            "update consent_event set line = 9 where seq = 2",
            "update consent_event set line = 3 where seq = 2",
            "event 2 is not what it was when it was written",
        ),
        (
            "update consent_head set seq = 2",
            "update consent_head set seq = 3",
            "the ledger does not end where it should",
        ),
        (
            "update consent_state set status = 'express' where since_seq = 1",
            "update consent_state set status = 'unsubscribed' where since_seq = 1",
            "1 states of contact points are not what their events come to",
        ),
        (
            "update customer set unsubscribed_at = null where first_name = 'Ana'",
            "update customer set unsubscribed_at = (select min(since) from consent_state) where first_name = 'Ana'",
            "1 customers are not told what is known of them",
        ),
    ] {
        for (sql, expected) in [(tamper, true), (back, false)] {
            let mut tx = pool.begin().await.unwrap();
            for guard in ["set local session_replication_role = replica", sql] {
                sqlx::raw_sql(sqlx::AssertSqlSafe(guard.to_owned()))
                    .execute(&mut *tx)
                    .await
                    .unwrap();
            }
            tx.commit().await.unwrap();
            assert_eq!(flaws().await.contains(&flaw.to_owned()), expected, "{sql}");
        }
    }
}
