//! Lists of people who do not want messages, and ledgers that somebody touched.

use crate::{
    histories::Seen,
    shop::{File, Shop, phone},
};
use domain::{consent::Status, slot::Field};
use sqlx::PgPool;

const COLUMNS: &[Field] = &[
    Field::Reference,
    Field::FirstName,
    Field::CellPhone,
    Field::OtherPhones,
];

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
    let Seen { states, customers } = Seen::of(&shop).await;
    assert_eq!(customers.len(), 4);
    assert!(customers.values().all(|profile| profile.asked));
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
    let states = Seen::of(&shop).await.states;
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
