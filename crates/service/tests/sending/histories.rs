//! Histories drawn at random: nobody who is unsubscribed is written to, and every message is with the provider once, or
//! accounted for.

use crate::{
    shop::{Shop, phone, refuse},
    twilio::{Manner, Taken},
};
use chrono::{TimeDelta, Timelike};
use chrono_tz::America::Toronto;
use domain::{
    conversation::{Delivery, Purpose},
    ids::{CustomerId, MessageId},
    phone::E164,
};
use futures::FutureExt;
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use sqlx::PgPool;
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    panic::AssertUnwindSafe,
};

/// One after the other in the same shop, each with numbers of its own.
const HISTORIES: u32 = 1_000;
/// A few are long, for some faults need many steps.
const SHORT: Range<usize> = 3..10;
const LONG: Range<usize> = 100..200;
/// Those up to [`CUSTOMERS`] are of customers.
const PHONES: u32 = 3;
const CUSTOMERS: u32 = 2;

#[derive(Clone, Debug)]
enum Step {
    Queue(u32, Purpose),
    Stop(u32),
    Start(u32),
    Unsubscribe(u32),
    Send,
    /// The answer to the next request is no clear yes.
    SendInTrouble(Trouble),
    /// The server stops while it waits for the answer.
    Crash {
        takes: bool,
    },
    /// A STOP, while somebody sends.
    StopAndSend(u32),
    Pass(TimeDelta),
}

#[derive(Clone, Copy, Debug)]
enum Trouble {
    Cut { takes: bool },
    Vague { takes: bool },
    TooFast,
    Stop,
    Refused,
}

fn queue() -> impl Strategy<Value = Step> {
    (1..=PHONES, prop::sample::select(Purpose::ALL))
        .prop_map(|(phone, purpose)| Step::Queue(phone, purpose))
}

fn step() -> impl Strategy<Value = Step> {
    let phone = || 1..=PHONES;
    let trouble = prop_oneof![
        any::<bool>().prop_map(|takes| Trouble::Cut { takes }),
        any::<bool>().prop_map(|takes| Trouble::Vague { takes }),
        Just(Trouble::TooFast),
        Just(Trouble::Stop),
        Just(Trouble::Refused),
    ];
    prop_oneof![
        8 => queue(),
        1 => phone().prop_map(Step::Stop),
        3 => phone().prop_map(Step::Start),
        1 => (1..=CUSTOMERS).prop_map(Step::Unsubscribe),
        8 => Just(Step::Send),
        2 => trouble.prop_map(Step::SendInTrouble),
        2 => any::<bool>().prop_map(|takes| Step::Crash { takes }),
        1 => phone().prop_map(Step::StopAndSend),
        5 => (1_i64..60).prop_map(|seconds| Step::Pass(TimeDelta::seconds(seconds))),
        1 => (1_i64..8).prop_map(|hours| Step::Pass(TimeDelta::hours(hours))),
    ]
}

fn history() -> impl Strategy<Value = Vec<Step>> {
    let steps = prop_oneof![
        199 => prop::collection::vec(step(), SHORT),
        1 => prop::collection::vec(step(), LONG),
    ];
    (queue(), steps).prop_map(|(first, mut steps)| {
        steps.insert(0, first);
        steps
    })
}

struct History<'a> {
    shop: &'a Shop,
    /// The number before its first.
    numbers: u32,
    customers: Vec<CustomerId>,
    written: BTreeMap<MessageId, (String, Purpose)>,
    stopped: BTreeSet<String>,
    /// How many messages the provider had when it began, and how many of them were looked at.
    began: usize,
    seen: usize,
}

impl<'a> History<'a> {
    async fn begin(shop: &'a Shop, number: u32) -> Self {
        let began = shop.provider.taken().len();
        let mut history = Self {
            shop,
            numbers: number * PHONES,
            customers: Vec::new(),
            written: BTreeMap::new(),
            stopped: BTreeSet::new(),
            began,
            seen: began,
        };
        for n in 1..=CUSTOMERS {
            let customer = shop.customer(&history.phone(n)).await;
            history.customers.push(customer);
        }
        history
    }

    fn phone(&self, n: u32) -> E164 {
        phone(self.numbers + n)
    }

    async fn take(&mut self, step: &Step) {
        match step {
            Step::Queue(n, purpose) => {
                let text = format!("{} {}", purpose.key(), self.written.len());
                let message = self.shop.queue(&self.phone(*n), &text, *purpose).await;
                self.written.insert(message, (text, *purpose));
            }
            Step::Stop(n) => {
                self.shop.stop(&self.phone(*n)).await;
                self.stopped.insert(self.phone(*n).to_string());
            }
            Step::Start(n) => {
                self.shop.start(&self.phone(*n)).await;
                self.stopped.remove(self.phone(*n).as_str());
            }
            Step::Unsubscribe(n) => {
                let customer = self.customers[usize::try_from(*n - 1).unwrap()];
                self.shop.unsubscribe(customer).await;
                self.stopped.insert(self.phone(*n).to_string());
            }
            Step::Send => {
                self.shop.send().await;
            }
            Step::SendInTrouble(trouble) => {
                self.shop.provider.next([match *trouble {
                    Trouble::Cut { takes } => Manner::Cut { takes },
                    Trouble::Vague { takes } => Manner::Vague { status: 503, takes },
                    Trouble::TooFast => refuse(429, 20429),
                    Trouble::Stop => refuse(400, 21610),
                    Trouble::Refused => refuse(400, 21211),
                }]);
                self.shop.send().await;
            }
            Step::Crash { takes } => self.crash(*takes).await,
            Step::StopAndSend(n) => {
                let phone = self.phone(*n);
                let ((), _) = tokio::join!(self.shop.stop(&phone), self.shop.send());
                // Whichever came first: it was the last for this number.
                self.look(Some(phone.as_str()));
                self.stopped.insert(phone.to_string());
            }
            Step::Pass(time) => self.shop.pass(*time),
        }
        self.look(None);
        let stopped = self.shop.provider.refused_by_stop();
        self.stopped.extend(stopped);
        self.shop.provider.be_usual();
    }

    async fn crash(&self, takes: bool) {
        let gate = self.shop.provider.silence_next(takes);
        let services = self.shop.services.clone();
        let mut sending = tokio::spawn(async move { services.send_next_message().await });
        tokio::select! {
            () = gate.arrived() => sending.abort(),
            // There was nothing to send.
            _ = &mut sending => return,
        }
        assert!(sending.await.is_err());
    }

    /// Looks at what the provider got since the last time. `undecided`: either is right for this number.
    fn look(&mut self, undecided: Option<&str>) {
        let taken = self.shop.provider.taken_since(self.seen);
        self.seen += taken.len();
        for taken in &taken {
            let purpose = purpose(taken);
            let may = purpose == Purpose::Answer
                || !self.stopped.contains(&taken.to)
                || undecided == Some(taken.to.as_str());
            assert!(may, "{taken:?}");
            let hour = taken.created_at.with_timezone(&Toronto).hour();
            assert!(
                purpose != Purpose::Marketing || (8..21).contains(&hour),
                "{taken:?}"
            );
        }
    }

    /// Lets time pass until nothing is under way any more.
    async fn end(&mut self) {
        for _ in 0..100 {
            self.shop.send_all().await;
            self.look(None);
            let under_way: i64 = sqlx::query_scalar(
                "select count(*) from message where delivery in ('queued', 'sending')",
            )
            .fetch_one(&self.shop.pool)
            .await
            .unwrap();
            if under_way == 0 {
                return;
            }
            self.shop.pass(TimeDelta::minutes(30));
        }
        panic!("messages are under way for ever");
    }

    /// Every message is with the provider once and in its turn, or accounted for. Answers how many came to which end.
    async fn account(&self) -> BTreeMap<&'static str, usize> {
        let taken = self.shop.provider.taken_since(self.began);
        let mut by_text: BTreeMap<&str, &Taken> = BTreeMap::new();
        for taken in &taken {
            assert_eq!(by_text.insert(text(taken), taken), None, "sent twice");
        }
        let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
        for (message, (text, _)) in &self.written {
            let row = self.shop.row(*message).await;
            *counts.entry(row.delivery.key()).or_default() += 1;
            let sid = by_text.get(text.as_str()).map(|taken| taken.sid.clone());
            assert_eq!(row.provider_id, sid, "{text}: {row:?}");
            let is_sent = row.delivery == Delivery::Sent;
            let is_over = matches!(row.delivery, Delivery::Blocked | Delivery::Failed);
            assert!(
                if sid.is_some() { is_sent } else { is_over },
                "{text}: {row:?}"
            );
        }
        assert_eq!(taken.len(), counts.get("sent").copied().unwrap_or(0));
        for purpose in Purpose::ALL {
            for n in 1..=PHONES {
                let to = self.phone(n);
                let numbers: Vec<usize> = taken
                    .iter()
                    .filter(|taken| {
                        taken.to == to.as_str() && text(taken).starts_with(purpose.key())
                    })
                    .map(|taken| text(taken).split(' ').nth(1).unwrap().parse().unwrap())
                    .collect();
                assert!(numbers.is_sorted(), "{numbers:?}");
            }
        }
        counts
    }
}

/// The text as it was written, without the offer.
fn text(taken: &Taken) -> &str {
    taken.body.lines().next().unwrap()
}

fn purpose(taken: &Taken) -> Purpose {
    Purpose::from_key(text(taken).split(' ').next().unwrap()).unwrap()
}

async fn live_through(shop: &Shop, number: u32, steps: &[Step]) -> BTreeMap<&'static str, usize> {
    let mut history = History::begin(shop, number).await;
    for step in steps {
        history.take(step).await;
    }
    history.end().await;
    history.account().await
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn nobody_is_written_to_twice_or_against_their_will(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let mut runner = TestRunner::deterministic();
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    for number in 0..HISTORIES {
        let steps = history().new_tree(&mut runner).unwrap().current();
        let life = AssertUnwindSafe(live_through(&shop, number, &steps)).catch_unwind();
        let ends = life.await.unwrap_or_else(|_| panic!("it was: {steps:#?}"));
        for (end, count) in ends {
            *counts.entry(end).or_default() += count;
        }
    }
    assert!(
        counts["sent"] > 500 && counts["blocked"] > 100 && counts["failed"] > 20,
        "{counts:?}"
    );
    shop.assert_ledger().await;
}
