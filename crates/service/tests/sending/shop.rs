//! A shop that writes to its customers.

use crate::hand_clock::HandClock;
use crate::twilio::{self, Manner, NUMBER, Provider};
use ::twilio::{Address, Sender};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    consent::{ContactPoint, NewEvent, ProviderMessageId, Screen, Source},
    conversation::{Delivery, Purpose, SendTrouble},
    ids::{AccountId, ConversationId, CustomerId, MessageId, MutationId, PersonId, SessionId},
    mutation::{Intent, Mutation, Push, Status},
    permission::Role,
    phone::E164,
    slot::{Field, Slot},
    value::Value,
};
use service::{Caller, Carrier, Carriers, Clock, Pending, Services, TwilioCarrier, Worked};
use sqlx::{PgPool, Postgres, Transaction, types::Json};
use std::{
    num::NonZeroU32,
    sync::{Arc, Mutex},
};
use store::{Store, consent};
use uuid::Uuid;

/// Who carries messages at the moment.
#[derive(Debug)]
struct Switch(Mutex<Carrier>);

impl Carriers for Switch {
    fn of(&self, _account: AccountId) -> Pending<'_, Carrier> {
        let carrier = self.0.lock().unwrap().clone();
        Box::pin(std::future::ready(Ok(carrier)))
    }
}

pub(crate) struct Shop {
    pub(crate) services: Services,
    pub(crate) store: Store,
    pub(crate) pool: PgPool,
    pub(crate) owner: Caller,
    pub(crate) provider: Provider,
    switch: Arc<Switch>,
    clock: Arc<HandClock>,
    ids: Mutex<u128>,
}

/// What a message has become.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) delivery: Delivery,
    pub(crate) trouble: Option<SendTrouble>,
    pub(crate) tries: i32,
    pub(crate) next_try_at: Option<DateTime<Utc>>,
    pub(crate) provider_id: Option<String>,
    pub(crate) text: String,
    pub(crate) segments: i32,
}

impl Shop {
    /// At three in the afternoon in Toronto, in November.
    pub(crate) async fn open(pool: &PgPool) -> Self {
        let start: DateTime<Utc> = "2026-11-26T20:00:00Z".parse().unwrap();
        let clock = Arc::new(HandClock::at(start));
        let store = Store::new(pool.clone());
        let account = AccountId::new(Uuid::from_u128(1));
        let person = PersonId::new(Uuid::from_u128(2));
        sqlx::query("insert into account values ($1, 'Garage', 'CA', 'America/Toronto', $2)")
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
        sqlx::query("insert into person values ($1, 'owner@example.com', 'Odette', '', $2)")
            .bind(person.uuid())
            .bind(start)
            .execute(pool)
            .await
            .unwrap();
        let provider = {
            let clock = Arc::clone(&clock);
            Provider::start(move || clock.now()).await
        };
        let carrier = Carrier::Twilio(Arc::new(carrier(&provider.address, 100)));
        let switch = Arc::new(Switch(Mutex::new(carrier)));
        let services = Services::new(store.clone(), clock.clone()).with_carriers(switch.clone());
        Self {
            services,
            store,
            pool: pool.clone(),
            owner: Caller {
                person,
                account,
                role: Role::Owner,
                session: SessionId::new(Uuid::from_u128(3)),
                name: "Odette".to_owned(),
            },
            provider,
            switch,
            clock,
            ids: Mutex::new(1_000),
        }
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    pub(crate) fn pass(&self, time: TimeDelta) {
        self.clock.advance(time);
    }

    pub(crate) fn pass_to(&self, time: &str) {
        let time: DateTime<Utc> = time.parse().unwrap();
        self.clock.advance(time - self.clock.now());
    }

    pub(crate) fn carry_by(&self, carrier: Carrier) {
        *self.switch.0.lock().unwrap() = carrier;
    }

    /// The provider at another rate.
    pub(crate) fn at_rate(&self, per_second: u32) {
        let carrier = carrier(&self.provider.address, per_second);
        self.carry_by(Carrier::Twilio(Arc::new(carrier)));
    }

    /// Nobody listens where the provider was.
    pub(crate) fn unplug(&self) {
        self.carry_by(Carrier::Twilio(Arc::new(carrier(
            "http://127.0.0.1:1",
            100,
        ))));
    }

    /// Another server of the same shop.
    pub(crate) fn other_server(&self) -> Services {
        Services::new(Store::new(self.pool.clone()), self.clock.clone())
            .with_carriers(self.switch.clone())
    }

    /// An id that is greater than those before.
    pub(crate) fn id(&self) -> Uuid {
        let mut last = self.ids.lock().unwrap();
        *last += 1;
        Uuid::from_u128(*last)
    }

    /// A customer with this cell phone.
    pub(crate) async fn customer(&self, phone: &E164) -> CustomerId {
        let customer = CustomerId::new(self.id());
        let phone = Value::Text(phone.to_string());
        self.push(Intent::CreateCustomer {
            customer,
            values: vec![(Slot::Field(Field::CellPhone), phone)],
        })
        .await;
        customer
    }

    pub(crate) async fn push(&self, intent: Intent) -> Status {
        let push = Push {
            account: self.owner.account,
            mutations: vec![Mutation {
                id: MutationId::new(self.id()),
                intent,
            }],
        };
        let reply = self.services.push(&self.owner, push).await.unwrap();
        reply.outcomes[0].status
    }

    /// Stops messages to a customer, as staff do.
    pub(crate) async fn unsubscribe(&self, customer: CustomerId) {
        let occurred_at = self.now();
        self.push(Intent::UnsubscribeCustomer {
            customer,
            phones: Vec::new(),
            screen: Screen::Profile,
            occurred_at,
        })
        .await;
    }

    /// The customer's own STOP.
    pub(crate) async fn stop(&self, phone: &E164) {
        let source = Source::Message {
            message: self.provider_message(),
        };
        let event = NewEvent::opt_out(ContactPoint::sms(phone.clone()), source, self.now());
        self.record(event).await;
    }

    /// The customer's own START.
    pub(crate) async fn start(&self, phone: &E164) {
        let point = ContactPoint::sms(phone.clone());
        let event = NewEvent::start(point, self.provider_message(), self.now());
        self.record(event).await;
    }

    fn provider_message(&self) -> ProviderMessageId {
        ProviderMessageId::delivered(&format!("SM{}", self.id().simple())).unwrap()
    }

    async fn record(&self, event: NewEvent) {
        let mut tx = self.store.write(self.owner.account).await.unwrap();
        consent::record(&mut tx, vec![event], self.now())
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    /// The thread of this number, made when there is none.
    pub(crate) async fn thread(&self, phone: &E164) -> ConversationId {
        let mut tx = self.fixture().await;
        let id: Uuid = sqlx::query_scalar(
            "insert into conversation (account_id, conversation_id, phone, customer_id, last_at, rev)
             values ($1, $2, $3, (select customer_id from customer where account_id = $1 and cell_phone = $3), $4, 0)
             on conflict (account_id, phone) do update set last_at = excluded.last_at
             returning conversation_id",
        )
        .bind(self.owner.account.uuid())
        .bind(self.id())
        .bind(phone.as_str())
        .bind(self.now())
        .fetch_one(&mut *tx)
        .await
        .unwrap();
        tx.commit().await.unwrap();
        ConversationId::new(id)
    }

    /// Queues what somebody of the staff wrote.
    pub(crate) async fn write(&self, phone: &E164, text: &str) -> MessageId {
        self.queue(phone, text, Purpose::Service).await
    }

    pub(crate) async fn queue(&self, phone: &E164, text: &str, purpose: Purpose) -> MessageId {
        let thread = self.thread(phone).await;
        let message = MessageId::new(self.id());
        let staff = (purpose == Purpose::Service).then(|| self.owner.person.uuid());
        let origin = match purpose {
            Purpose::Service => "staff",
            Purpose::Marketing => "campaign",
            Purpose::Answer => "keyword",
        };
        let mut tx = self.fixture().await;
        sqlx::query(
            "insert into message (account_id, message_id, conversation_id, kind, at, text, person_id, origin, purpose, delivery,
                 next_try_at, language, segments, rev)
             values ($1, $2, $3, 'outbound', $4, $5, $6, $7, $8, 'queued', $4, 'en', 1, 0)",
        )
        .bind(self.owner.account.uuid())
        .bind(message.uuid())
        .bind(thread.uuid())
        .bind(self.now())
        .bind(text)
        .bind(staff)
        .bind(origin)
        .bind(purpose.key())
        .execute(&mut *tx)
        .await
        .unwrap();
        tx.commit().await.unwrap();
        message
    }

    /// Changes a message as SQL says, where no use case does yet.
    pub(crate) async fn alter(&self, message: MessageId, set: &'static str) {
        let mut tx = self.fixture().await;
        let update = format!("update message set {set} where message_id = $1");
        sqlx::query(sqlx::AssertSqlSafe(update))
            .bind(message.uuid())
            .execute(&mut *tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    /// Says that this number has been told how to unsubscribe.
    pub(crate) async fn greeted(&self, phone: &E164) {
        sqlx::query(
            "insert into contact_offered select account_id, keyed_hash(erasure_key, $1), $2 from account",
        )
        .bind(phone.as_str())
        .bind(self.now())
        .execute(&self.pool)
        .await
        .unwrap();
    }

    /// A number that has been told how to unsubscribe.
    pub(crate) async fn greeted_phone(&self, n: u32) -> E164 {
        let phone = phone(n);
        self.greeted(&phone).await;
        phone
    }

    /// Says that this number perhaps wishes to stop.
    pub(crate) async fn doubt(&self, phone: &E164) {
        let mut tx = self.fixture().await;
        sqlx::query(
            "insert into uncertain_wish (account_id, wish_id, contact_key, reason, heard_at, due_on, rev)
             select account_id, $1, keyed_hash(erasure_key, $2), 'complaint', $3, $3::date, 0 from account",
        )
        .bind(self.id())
        .bind(phone.as_str())
        .bind(self.now())
        .execute(&mut *tx)
        .await
        .unwrap();
        tx.commit().await.unwrap();
    }

    async fn fixture(&self) -> Transaction<'static, Postgres> {
        let mut tx = self.pool.begin().await.unwrap();
        sqlx::query(
            "with next as (update account_rev set rev = rev + 1 where account_id = $1 returning rev)
             select set_config('app.rev', rev::text, true) from next",
        )
        .bind(self.owner.account.uuid())
        .execute(&mut *tx)
        .await
        .unwrap();
        tx
    }

    pub(crate) async fn send(&self) -> Worked {
        self.services.send_next_message().await.unwrap()
    }

    /// Sends until nothing is due, and lets as much time pass as the rate asks for.
    pub(crate) async fn send_all(&self) {
        loop {
            match self.send().await {
                Worked::Done => {}
                Worked::Idle { again_in: None } => return,
                Worked::Idle {
                    again_in: Some(pause),
                } => self.pass(TimeDelta::from_std(pause).unwrap()),
            }
        }
    }

    pub(crate) async fn row(&self, message: MessageId) -> Row {
        type Columns = (
            String,
            Option<Json<SendTrouble>>,
            i32,
            Option<DateTime<Utc>>,
            Option<String>,
            String,
            i32,
        );
        let (delivery, trouble, tries, next_try_at, provider_id, text, segments): Columns =
            sqlx::query_as(
                "select delivery, trouble, tries, next_try_at, provider_id, text, segments from message
                 where message_id = $1",
            )
            .bind(message.uuid())
            .fetch_one(&self.pool)
            .await
            .unwrap();
        Row {
            delivery: Delivery::from_key(&delivery).unwrap(),
            trouble: trouble.map(|Json(trouble)| trouble),
            tries,
            next_try_at,
            provider_id,
            text,
            segments,
        }
    }

    /// How far a message is, and why not farther.
    pub(crate) async fn state(&self, message: MessageId) -> (Delivery, Option<SendTrouble>) {
        let row = self.row(message).await;
        (row.delivery, row.trouble)
    }

    /// The sources of the ledger's events, in their order.
    pub(crate) async fn ledger(&self) -> Vec<String> {
        let sources = sqlx::query_scalar("select source from consent_event order by seq");
        sources.fetch_all(&self.pool).await.unwrap()
    }

    /// That the ledger holds.
    pub(crate) async fn assert_ledger(&self) {
        for (_, verified) in self.services.verify_ledgers().await.unwrap() {
            assert_eq!(verified.flaws, []);
        }
    }
}

pub(crate) fn carrier(address: &str, per_second: u32) -> TwilioCarrier {
    TwilioCarrier {
        client: twilio::client(address),
        sender: Sender::From(NUMBER.parse::<Address>().unwrap()),
        per_second: NonZeroU32::new(per_second).unwrap(),
        status_url: Some(
            "https://shop.example/webhooks/twilio/1/status"
                .parse()
                .unwrap(),
        ),
    }
}

pub(crate) fn phone(n: u32) -> E164 {
    E164::new(&format!("+1418555{n:04}")).unwrap()
}

pub(crate) const fn refuse(status: u16, code: u32) -> Manner {
    Manner::Refuse {
        status,
        code,
        retry_after: None,
    }
}
