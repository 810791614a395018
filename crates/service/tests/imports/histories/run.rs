//! One history, as it is taken step by step.

use super::{PHONES, seen::Seen, step::Step};
use crate::shop::{File, Shop, phone};
use domain::{
    consent::{ProviderMessageId, Screen, Status},
    conversation::UncertainWish,
    ids::{CustomerId, ImportId, MessageId, MutationId},
    import::merge::MergeRule,
    mutation::{Change, Intent, Mutation, Outcome, Push, Reason, Status as Answered},
    phone::E164,
    slot::{Field, Slot},
    value::Value,
};
use service::{Inbound, Received};
use uuid::Uuid;

const COLUMNS: &[Field] = &[
    Field::Reference,
    Field::FirstName,
    Field::CellPhone,
    Field::OtherPhones,
];

pub(super) struct Run<'a> {
    shop: &'a Shop,
    imports: Vec<ImportId>,
    /// What came in.
    said: Vec<Inbound>,
    /// What is known after the last step.
    pub(super) seen: Seen,
    /// Messages that were queued, and that were not.
    pub(super) queued: usize,
    pub(super) refused: usize,
}

impl<'a> Run<'a> {
    pub(super) async fn new(shop: &'a Shop) -> Self {
        Self {
            shop,
            imports: Vec::new(),
            said: Vec::new(),
            seen: Seen::of(shop).await,
            queued: 0,
            refused: 0,
        }
    }

    /// Takes a step, and answers what was known before it.
    pub(super) async fn take(&mut self, step: &Step) -> Seen {
        self.act(step).await;
        let after = Seen::of(self.shop).await;
        std::mem::replace(&mut self.seen, after)
    }

    /// Pushed twice, as by a device that got no answer.
    async fn push(&self, intent: Intent) -> Outcome {
        let mutation = Mutation {
            id: MutationId::new(Uuid::now_v7()),
            intent,
        };
        let push = Push {
            account: self.shop.owner.account,
            mutations: vec![mutation.clone(), mutation],
        };
        let reply = self.shop.services.push(&self.shop.owner, push).await;
        let [first, second] = &reply.unwrap().outcomes[..] else {
            panic!("an answer to each")
        };
        assert_eq!(first, second);
        first.clone()
    }

    async fn edit(&self, customer: CustomerId, change: Change) {
        let changes = vec![change];
        self.push(Intent::SetCustomerFields { customer, changes })
            .await;
    }

    async fn deliver(&self, inbound: Inbound) -> Received {
        let account = self.shop.owner.account;
        self.shop.services.receive(account, inbound).await.unwrap()
    }

    async fn say(&mut self, number: u16, text: &str) {
        let id = format!("SM{}", Uuid::now_v7().simple());
        let inbound = Inbound {
            id: ProviderMessageId::delivered(&id).unwrap(),
            from: E164::new(&phone(number)).unwrap(),
            text: text.to_owned(),
            media: Vec::new(),
            verdict: None,
        };
        self.said.push(inbound.clone());
        let received = self.deliver(inbound).await;
        assert!(matches!(received, Received::New { .. }));
    }

    /// A message of the staff: queued where nobody has asked not to be written to, and nowhere else.
    async fn send(&mut self, number: u16) {
        let status = self.seen.states[&number];
        let customers = &self.seen.customers;
        let to = phone(number);
        let thread = self
            .shop
            .services
            .conversation_with_number(&self.shop.owner, &to)
            .await
            .unwrap();
        let asked = |customer: CustomerId| customers[&customer].asked;
        let owner = customers
            .iter()
            .find(|(_, profile)| profile.cell_phone.as_ref() == Some(&to))
            .map(|(id, _)| *id);
        if owner.is_some() {
            assert_eq!(thread.contact.customer, owner);
        }
        let stopped = status == Status::Unsubscribed || thread.contact.customer.is_some_and(asked);
        assert_eq!(thread.contact.unsubscribed, stopped);
        let message = MessageId::new(Uuid::now_v7());
        let outcome = self
            .push(Intent::SendMessage {
                message,
                conversation: thread.id,
                phone: E164::new(&to).unwrap(),
                text: "Hello".parse().unwrap(),
            })
            .await;
        let queued = self
            .shop
            .services
            .thread(&self.shop.owner, thread.id, None)
            .await;
        let queued = queued
            .unwrap()
            .entries
            .iter()
            .any(|entry| entry.id == message);
        if stopped {
            let reasons: Vec<_> = outcome.problems.iter().map(|p| p.reason.clone()).collect();
            assert_eq!(reasons, [Reason::Unsubscribed]);
            self.refused += 1;
        } else {
            assert_eq!(outcome.status, Answered::Applied);
            self.queued += 1;
        }
        assert_eq!(queued, !stopped);
    }

    async fn settle(&self, stop: bool) {
        let Some(wish) = self.open_wishes().await.into_iter().next() else {
            return;
        };
        let done = self
            .push(Intent::SettleWish {
                wish: wish.id,
                stop,
            })
            .await;
        assert_eq!(done.status, Answered::Applied);
        let key = consent_of(&wish.contact.phone);
        let after = Seen::of(self.shop).await;
        assert!(!stop || after.states[&key] == Status::Unsubscribed);
        if let Some(customer) = wish.contact.customer.filter(|_| stop) {
            assert!(after.customers[&customer].asked);
        }
    }

    async fn open_wishes(&self) -> Vec<UncertainWish> {
        let services = &self.shop.services;
        let open = services.uncertain_wishes(&self.shop.owner, false, None);
        open.await.unwrap().rows
    }

    /// No wish waits for a decision that the customer has made since.
    async fn no_wish_waits_of(&self, number: u16) {
        let number = phone(number);
        let mut open = self.open_wishes().await.into_iter();
        assert!(open.all(|wish| wish.contact.phone.as_str() != number));
    }

    async fn act(&mut self, step: &Step) {
        let customers: Vec<CustomerId> = self.seen.customers.keys().copied().collect();
        let customer = |which: usize| customers.get(which % customers.len().max(1)).copied();
        let now = self.shop.now();
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
                let was = self.seen.customers[&id].cell_phone.clone();
                let change = Change {
                    slot: Slot::Field(Field::CellPhone),
                    from: was.map(Value::Text),
                    to: number.map(|number| Value::Text(phone(number))),
                };
                self.edit(id, change).await;
            }
            Step::EditOther {
                customer: which,
                other,
            } => {
                let Some(id) = customer(*which) else { return };
                let change = Change {
                    slot: Slot::Field(Field::OtherPhones),
                    from: Value::texts(&self.seen.customers[&id].others),
                    to: other.and_then(|number| Value::texts([phone(number)])),
                };
                self.edit(id, change).await;
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
                self.say(*phone, "STOP").await;
                self.no_wish_waits_of(*phone).await;
            }
            Step::Start { phone } => self.say(*phone, "START").await,
            Step::Say { phone, text } => self.say(*phone, text).await,
            Step::Again { message } => {
                let Some(inbound) = self.said.get(message % self.said.len().max(1)) else {
                    return;
                };
                assert_eq!(self.deliver(inbound.clone()).await, Received::Seen);
            }
            Step::Send { phone } => self.send(*phone).await,
            Step::Settle { stop } => self.settle(*stop).await,
        }
    }
}

/// Which of the numbers it is.
fn consent_of(number: &E164) -> u16 {
    (0..PHONES)
        .find(|place| phone(*place) == number.as_str())
        .unwrap()
}
