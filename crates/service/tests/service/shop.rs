//! A shop to test in: its owner, a clock that is set by hand, and short ways to push.

use crate::hand_clock::HandClock;
use chrono::DateTime;
use domain::{
    account::Country,
    attribute::{AttributeKind, AttributeName},
    customer::Customer,
    ids::{AttributeId, CustomerId, MutationId},
    mutation::{Change, Intent, Mutation, Outcome, Push, Reason, Status},
    permission::Role,
    slot::{Field, Slot},
    value::Value,
};
use service::{Caller, Services, SetUp, SignIn};
use sqlx::PgPool;
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};
use store::Store;
use uuid::Uuid;

pub(crate) const PASSWORD: &str = "correct horse battery";
pub(crate) const EMAIL: &str = "owner@example.com";

pub(crate) struct Shop {
    pub(crate) services: Services,
    pub(crate) clock: Arc<HandClock>,
    pub(crate) owner: Caller,
    ids: AtomicU64,
}

pub(crate) fn services(pool: &PgPool) -> (Services, Arc<HandClock>) {
    let clock = Arc::new(HandClock::at(
        DateTime::from_timestamp(1_760_000_000, 0).unwrap(),
    ));
    (
        Services::new(Store::new(pool.clone()), clock.clone()),
        clock,
    )
}

pub(crate) fn set_up(company: &str) -> SetUp {
    SetUp {
        company: company.to_owned(),
        country: Country::CANADA,
        time_zone: "America/Toronto".to_owned(),
        name: "Dominique Bélanger".to_owned(),
        email: EMAIL.to_owned(),
        password: PASSWORD.into(),
    }
}

pub(crate) fn credentials(email: &str, password: &str) -> SignIn {
    SignIn {
        email: email.to_owned(),
        password: password.into(),
        browser: "Firefox".to_owned(),
        address: "203.0.113.7".to_owned(),
    }
}

impl Shop {
    pub(crate) async fn open(pool: &PgPool) -> Self {
        let (services, clock) = services(pool);
        let link = services.new_setup_link().await.unwrap().unwrap();
        let token = services
            .finish_setup(&link, set_up("Garage Bélanger"), "Firefox".to_owned())
            .await
            .unwrap();
        let owner = services.caller(token.expose()).await.unwrap().unwrap();
        Self {
            services,
            clock,
            owner,
            ids: AtomicU64::new(1),
        }
    }

    /// A fresh id.
    pub(crate) fn id(&self) -> Uuid {
        Uuid::from_u128(u128::from(self.ids.fetch_add(1, Ordering::SeqCst)))
    }

    /// Somebody who joined by an invitation.
    pub(crate) async fn hire(&self, role: Role, name: &str) -> Caller {
        let token = self
            .services
            .invite(&self.owner, role, String::new())
            .await
            .unwrap();
        let email = format!("{name}@example.com");
        let session = self
            .services
            .accept_invite_as_new(
                &token,
                name.to_owned(),
                email,
                PASSWORD.into(),
                "Safari".to_owned(),
            )
            .await
            .unwrap();
        self.services
            .caller(session.expose())
            .await
            .unwrap()
            .unwrap()
    }

    pub(crate) fn mutation(&self, intent: Intent) -> Mutation {
        Mutation {
            id: MutationId::new(self.id()),
            intent,
        }
    }

    pub(crate) async fn push_all(&self, caller: &Caller, mutations: Vec<Mutation>) -> Vec<Outcome> {
        let push = Push {
            account: caller.account,
            mutations,
        };
        self.services.push(caller, push).await.unwrap().outcomes
    }

    pub(crate) async fn push(&self, caller: &Caller, intent: Intent) -> Outcome {
        self.push_all(caller, vec![self.mutation(intent)])
            .await
            .remove(0)
    }

    /// Pushes as the owner what must succeed.
    pub(crate) async fn apply(&self, intent: Intent) {
        let outcome = self.push(&self.owner, intent).await;
        assert_eq!(
            (outcome.status, &outcome.problems[..]),
            (Status::Applied, &[][..])
        );
    }

    pub(crate) async fn add_customer(&self, values: &[(Field, &str)]) -> CustomerId {
        let customer = CustomerId::new(self.id());
        self.apply(create(customer, values)).await;
        customer
    }

    pub(crate) async fn add_attribute(&self, name: &str, kind: AttributeKind) -> AttributeId {
        let attribute = AttributeId::new(self.id());
        self.apply(Intent::AddAttribute {
            attribute,
            attribute_name: attribute_name(name),
            kind,
        })
        .await;
        attribute
    }

    pub(crate) async fn customer(&self, id: CustomerId) -> Customer {
        self.services
            .customer(&self.owner, id)
            .await
            .unwrap()
            .unwrap()
    }
}

pub(crate) fn attribute_name(name: &str) -> AttributeName {
    AttributeName::parse(name).unwrap()
}

pub(crate) fn text(text: &str) -> Option<Value> {
    Value::text(text)
}

pub(crate) fn create(customer: CustomerId, values: &[(Field, &str)]) -> Intent {
    let values = values
        .iter()
        .map(|(field, text)| (Slot::Field(*field), Value::Text((*text).to_owned())));
    Intent::CreateCustomer {
        customer,
        values: values.collect(),
    }
}

/// A change of one field; blank is no value.
pub(crate) fn change(field: Field, from: &str, to: &str) -> Change {
    Change {
        slot: Slot::Field(field),
        from: text(from),
        to: text(to),
    }
}

pub(crate) fn set(customer: CustomerId, changes: Vec<Change>) -> Intent {
    Intent::SetCustomerFields { customer, changes }
}

pub(crate) fn reasons(outcome: &Outcome) -> Vec<Reason> {
    outcome
        .problems
        .iter()
        .map(|problem| problem.reason.clone())
        .collect()
}
