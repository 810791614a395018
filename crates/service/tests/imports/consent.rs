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
const PHONES: u16 = 6;
const COLUMNS: &[Field] = &[
    Field::Reference,
    Field::FirstName,
    Field::CellPhone,
    Field::OtherPhones,
];

#[derive(Clone, Debug)]
enum Step {
    Create {
        phone: Option<u16>,
        other: Option<u16>,
    },
    Edit {
        customer: usize,
        phone: Option<u16>,
    },
    EditOther {
        customer: usize,
        other: Option<u16>,
    },
    Unsubscribe {
        customer: usize,
    },
    /// From a screen that shows this number, of a profile that is gone.
    UnsubscribeGone {
        phone: u16,
    },
    Delete {
        customer: usize,
    },
    /// Rows about references, with a phone and another one, some of which do not want messages.
    Import {
        rows: Vec<(u16, Option<u16>, Option<u16>, bool)>,
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
    let other = || prop::option::weighted(0.4, 0..PHONES);
    let which = || 0..8usize;
    prop_oneof![
        3 => (phone(), other()).prop_map(|(phone, other)| Step::Create { phone, other }),
        5 => (which(), phone()).prop_map(|(customer, phone)| Step::Edit { customer, phone }),
        3 => (which(), other()).prop_map(|(customer, other)| Step::EditOther { customer, other }),
        3 => which().prop_map(|customer| Step::Unsubscribe { customer }),
        1 => (0..PHONES).prop_map(|phone| Step::UnsubscribeGone { phone }),
        2 => which().prop_map(|customer| Step::Delete { customer }),
        3 => (prop::collection::vec((0..4u16, phone(), other(), prop::bool::weighted(0.2)), 1..4), any::<bool>())
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

/// What is known of a customer.
struct Profile {
    cell_phone: Option<String>,
    others: Vec<String>,
    asked: bool,
    stopped: bool,
}

impl Profile {
    fn has(&self, number: u16) -> bool {
        let number = phone(number);
        self.cell_phone.as_ref() == Some(&number) || self.others.contains(&number)
    }
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

    async fn customers(&self) -> BTreeMap<CustomerId, Profile> {
        type Row = (Uuid, Option<String>, Vec<String>, bool, bool);
        let rows: Vec<Row> = sqlx::query_as(
            "select customer_id, cell_phone, coalesce(other_phones, '{}'), asked_to_stop_at is not null,
                 unsubscribed_at is not null
             from customer where account_id = $1",
        )
        .bind(self.shop.owner.account.uuid())
        .fetch_all(&self.shop.pool)
        .await
        .unwrap();
        rows.into_iter()
            .map(|(id, cell_phone, others, asked, stopped)| {
                let profile = Profile {
                    cell_phone,
                    others,
                    asked,
                    stopped,
                };
                (CustomerId::new(id), profile)
            })
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
            Step::Create {
                phone: number,
                other,
            } => {
                let mut values =
                    vec![(Slot::Field(Field::FirstName), Value::Text("Ana".to_owned()))];
                if let Some(number) = number {
                    values.push((Slot::Field(Field::CellPhone), Value::Text(phone(*number))));
                }
                if let Some(other) = other {
                    let others = Value::texts([phone(*other)]).unwrap();
                    values.push((Slot::Field(Field::OtherPhones), others));
                }
                let customer = CustomerId::new(Uuid::now_v7());
                self.push(Intent::CreateCustomer { customer, values }).await;
            }
            Step::Edit {
                customer: which,
                phone: number,
            } => {
                let Some(id) = customer(*which) else { return };
                let was = self.customers().await[&id].cell_phone.clone();
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
            Step::EditOther {
                customer: which,
                other,
            } => {
                let Some(id) = customer(*which) else { return };
                let change = Change {
                    slot: Slot::Field(Field::OtherPhones),
                    from: Value::texts(&self.customers().await[&id].others),
                    to: other.and_then(|number| Value::texts([phone(number)])),
                };
                self.push(Intent::SetCustomerFields {
                    customer: id,
                    changes: vec![change],
                })
                .await;
            }
            Step::UnsubscribeGone { phone: number } => {
                self.push(Intent::UnsubscribeCustomer {
                    customer: CustomerId::new(Uuid::now_v7()),
                    phones: vec![E164::new(&phone(*number)).unwrap()],
                    screen: Screen::List,
                    occurred_at: now,
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
                for (reference, number, other, stop) in rows {
                    let number = number.map(phone).unwrap_or_default();
                    let other = other.map(phone).unwrap_or_default();
                    let cells = [&format!("R{reference}"), "Bea", &number, &other];
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

/// Who asked in which step, as the wishes of each step say, and who sent the last START in which.
#[derive(Default)]
struct Model {
    asked: BTreeMap<CustomerId, usize>,
    started: BTreeMap<u16, usize>,
}

impl Model {
    fn check(
        &mut self,
        number: usize,
        step: &Step,
        (states, customers): (&BTreeMap<u16, Status>, &BTreeMap<CustomerId, Profile>),
        (states_after, customers_after): (&BTreeMap<u16, Status>, &BTreeMap<CustomerId, Profile>),
    ) {
        for (phone, status) in states {
            let lifted = matches!(step, Step::Start { phone: started } if started == phone);
            let stays = *status != Status::Unsubscribed || lifted;
            assert!(
                stays || states_after[phone] == Status::Unsubscribed,
                "{phone}: {step:?}"
            );
            if states_after[phone] == Status::Express && lifted {
                self.started.insert(*phone, number);
            }
        }
        self.asked.retain(|id, _| customers_after.contains_key(id));
        for (id, after) in customers_after {
            let before = customers.get(id);
            // Nothing takes the wish of a person away but a START about a number that they had.
            if self.asked.contains_key(id) && !after.asked {
                let started =
                    matches!(step, Step::Start { phone } if before.is_some_and(|p| p.has(*phone)));
                assert!(started, "{id}: {step:?}");
                self.asked.remove(id);
            }
            // A number that comes to who had asked is unsubscribed, unless its owner said START since.
            if let (Some(before), Some(asked)) = (before, self.asked.get(id)) {
                for phone in (0..PHONES).filter(|phone| after.has(*phone) && !before.has(*phone)) {
                    let later = self
                        .started
                        .get(&phone)
                        .is_some_and(|started| started > asked);
                    assert!(
                        states_after[&phone] == Status::Unsubscribed || later,
                        "{id} {phone}: {step:?}"
                    );
                }
            }
            let must = match step {
                Step::Stop { phone } | Step::UnsubscribeGone { phone } => {
                    let holds = before.is_some_and(|profile| profile.has(*phone));
                    holds
                        && (matches!(step, Step::Stop { .. })
                            || states[phone] != Status::Unsubscribed)
                }
                Step::Unsubscribe { customer } => {
                    customers.keys().nth(customer % customers.len()) == Some(id)
                }
                _ => {
                    before.is_none()
                        && (0..PHONES)
                            .any(|phone| after.has(phone) && states[&phone] == Status::Unsubscribed)
                }
            };
            assert!(after.asked || !must, "{id}: {step:?}");
            if after.asked {
                // Who is new may have asked long before.
                let since = if before.is_some() { number } else { 0 };
                let asked = self.asked.entry(*id).or_insert(since);
                if must && matches!(step, Step::Stop { .. }) {
                    *asked = number;
                }
            }
            // An edit is nobody's wish.
            if matches!(
                step,
                Step::Edit { .. } | Step::EditOther { .. } | Step::Undo { .. }
            ) {
                assert_eq!(
                    after.asked,
                    before.is_some_and(|before| before.asked),
                    "{id}: {step:?}"
                );
            }
            let cell_stopped = (0..PHONES).any(|number| {
                after.cell_phone.as_deref() == Some(phone(number).as_str())
                    && states_after[&number] == Status::Unsubscribed
            });
            assert_eq!(after.stopped, after.asked || cell_stopped, "{id}: {step:?}");
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
    let (mut model, mut stopped) = (Model::default(), 0);
    for number in 1..=STEPS {
        let step = step().new_tree(&mut runner).unwrap().current();
        let (states, customers) = (run.states().await, run.customers().await);
        run.take(&step).await;
        let (states_after, customers_after) = (run.states().await, run.customers().await);
        let after = (&states_after, &customers_after);
        model.check(number, &step, (&states, &customers), after);
        stopped += model.asked.len();
        for (account, verified) in shop.services.verify_ledgers().await.unwrap() {
            assert_eq!(account, shop.owner.account);
            assert_eq!(verified.flaws, [], "{step:?}");
        }
    }
    assert!(stopped > STEPS, "the walk was about people who asked");
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_wish_of_a_list_is_about_the_person_and_all_their_numbers(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let customers = File::new(COLUMNS)
        .row(&["A", "Ana", &phone(1), &phone(2)])
        .row(&["B", "Bea", "", ""]);
    shop.import(&customers).await;
    let list = File::new(COLUMNS)
        .named("do-not-contact.csv")
        .unsubscribed(&["A", "", "", ""])
        .unsubscribed(&["B", "", "", ""])
        .unsubscribed(&["C", "Cleo", "", ""])
        .unsubscribed(&["D", "Dan", &phone(3), &phone(4)]);
    let import = shop.stage(&shop.owner, &list).await;
    let plan = shop.services.plan_totals(&shop.owner, import).await;
    assert_eq!(plan.unwrap().unsubscribes, 4);
    shop.commit(&shop.owner, import).await.unwrap();
    let run = Run {
        shop: &shop,
        imports: Vec::new(),
        starts: Vec::new(),
    };
    let customers = run.customers().await;
    assert_eq!(customers.len(), 4);
    assert!(customers.values().all(|profile| profile.asked));
    let states = run.states().await;
    for number in 1..=4 {
        assert_eq!(states[&number], Status::Unsubscribed, "{number}");
    }
    let revs = || async {
        sqlx::query_scalar::<_, i64>("select rev from customer order by customer_id")
            .fetch_all(&pool)
            .await
            .unwrap()
    };
    let before = revs().await;
    shop.import(&list.clone().named("again.csv")).await;
    assert_eq!(
        revs().await,
        before,
        "a list that repeats itself is no news"
    );
    // Numbers that come by an import, to who had none as well.
    let moved = File::new(COLUMNS)
        .named("moved.csv")
        .row(&["B", "", &phone(0), &phone(5)]);
    shop.import(&moved).await;
    let states = run.states().await;
    for number in [0, 5] {
        assert_eq!(states[&number], Status::Unsubscribed, "{number}");
    }
    assert_eq!(shop.services.verify_ledgers().await.unwrap()[0].1.flaws, []);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_ledger_that_was_touched_does_not_hold(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let list = File::new(COLUMNS)
        .unsubscribed(&["A", "Ana", &phone(1), ""])
        .unsubscribed(&["B", "Bea", &phone(2), ""])
        .unsubscribed(&["C", "Cleo", &phone(3), ""]);
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
    let keep = "create table kept_event as table consent_event; create table kept_state as table consent_state;
        create table kept_head as table consent_head";
    sqlx::raw_sql(keep).execute(&pool).await.unwrap();
    let restore = "delete from consent_head; delete from consent_state; delete from consent_event;
        insert into consent_event table kept_event; insert into consent_state table kept_state;
        insert into consent_head table kept_head";
    for (tamper, back, flaw) in [
        (
            "delete from consent_event where seq = 2",
            restore,
            "event 2 is missing",
        ),
        (
            "delete from consent_event where seq = 3",
            restore,
            "the ledger does not end where it should",
        ),
        (
            "delete from consent_head",
            restore,
            "the ledger does not end where it should",
        ),
        (
            "delete from consent_event; delete from consent_head",
            restore,
            "3 states of contact points are not what their events come to",
        ),
        (
            "delete from consent_event; delete from consent_head; delete from consent_state",
            restore,
            "3 customers asked not to be written to, and the ledger is empty",
        ),
        (
            "update consent_event set contact_key = 'x' where seq = 2",
            restore,
            "event 2 cannot be read",
        ),
        (
            "update consent_state set contact_key = 'x' where since_seq = 2",
            restore,
            "2 states of contact points are not what their events come to",
        ),
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
