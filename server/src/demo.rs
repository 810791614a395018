//! A believable shop to look at: a garage in Québec with 500 customers, some French, some English, none complete.
//!
//! It is the same shop every time. Its phone numbers are those set aside for fiction (555-0100 to 555-0199), and its
//! e-mail addresses end in example.com.

mod conversations;
mod names;
mod past;
mod profiles;
mod script;

use crate::config::Config;
use anyhow::{Context, ensure};
use domain::{
    account::Country,
    attribute::AttributeName,
    ids::{AttributeId, MutationId},
    mutation::{Intent, Mutation, PUSH_MAX, Push, Status},
};
use profiles::{ATTRIBUTES, Attributes, Profiles};
use rand::{SeedableRng, rngs::StdRng};
use service::{Caller, ServiceError, Services, SetUp, SignIn};
use store::Store;
use uuid::Uuid;

const CUSTOMERS: usize = 500;
const EMAIL: &str = "demo@example.com";
const PASSWORD: &str = "regulars-demo";

/// Makes the shop if there is no account yet; says how to sign in to it.
pub async fn load(store: Store, services: &Services, config: &Config) -> anyhow::Result<String> {
    ensure!(
        config.listen.ip().is_loopback(),
        "The demo shop has a password that everybody knows. It is loaded only where REGULARS_LISTEN is of this machine alone"
    );
    let how_to_sign_in = format!(
        "Sign in at {} as {EMAIL} with the password {PASSWORD}",
        config.link(app::routes::SIGN_IN)
    );
    if !services.setup_needed().await? {
        return Ok(match sign_in(services).await {
            Ok(_) => format!("The demo shop is there already. {how_to_sign_in}"),
            Err(_) => {
                String::from("There is an account already, so that the demo shop was not loaded.")
            }
        });
    }
    let caller = set_up(services).await?;
    let intents = intents();
    for batch in intents.chunks(PUSH_MAX) {
        push(services, &caller, batch).await?;
    }
    // What it tells would otherwise be sent to real phones, by whoever the server names.
    if config.twilio.is_none() {
        let vehicle = vehicle(&intents).context("The demo shop has no cars")?;
        let replies = conversations::saved_replies(vehicle, Uuid::now_v7)?;
        push(services, &caller, &replies).await?;
        conversations::play(store, &caller, &intents, vehicle).await?;
    }
    services.sign_out(&caller).await?;
    Ok(format!("The demo shop is ready. {how_to_sign_in}"))
}

async fn sign_in(services: &Services) -> Result<Caller, ServiceError> {
    let credentials = SignIn {
        email: EMAIL.to_owned(),
        password: PASSWORD.into(),
        browser: String::from("regulars demo"),
        address: String::new(),
    };
    let token = services.sign_in(credentials).await?;
    let caller = services
        .caller(token.expose())
        .await?
        .ok_or(ServiceError::NotFound)?;
    services.sign_out(&caller).await?;
    Ok(caller)
}

async fn set_up(services: &Services) -> anyhow::Result<Caller> {
    let link = services
        .new_setup_link()
        .await?
        .context("Somebody made an account at this very moment")?;
    let shop = SetUp {
        company: String::from("Garage Bélanger"),
        country: Country::CANADA,
        time_zone: String::from("America/Toronto"),
        name: String::from("Dominique Bélanger"),
        email: EMAIL.to_owned(),
        password: PASSWORD.into(),
    };
    let token = services
        .finish_setup(&link, shop, String::from("regulars demo"))
        .await?;
    services
        .caller(token.expose())
        .await?
        .context("The session of the demo shop ended at once")
}

/// Everything that makes the shop, in order.
fn intents() -> Vec<Intent> {
    let attributes = Attributes::new(Uuid::now_v7);
    let mut intents = Vec::with_capacity(CUSTOMERS + ATTRIBUTES.len());
    for (attribute, (name, kind)) in attributes.ids().into_iter().zip(ATTRIBUTES) {
        if let Ok(attribute_name) = AttributeName::parse(name) {
            intents.push(Intent::AddAttribute {
                attribute,
                attribute_name,
                kind,
            });
        }
    }
    let profiles = Profiles::new(StdRng::seed_from_u64(500), attributes);
    intents.extend(
        profiles
            .take(CUSTOMERS)
            .map(|values| Intent::CreateCustomer {
                customer: domain::ids::CustomerId::new(Uuid::now_v7()),
                values,
            }),
    );
    intents
}

/// The attribute of [`ATTRIBUTES`] that messages speak of.
fn vehicle(intents: &[Intent]) -> Option<AttributeId> {
    intents.iter().find_map(|intent| match intent {
        Intent::AddAttribute {
            attribute,
            attribute_name,
            ..
        } if attribute_name.as_str() == "Vehicle" => Some(*attribute),
        _ => None,
    })
}

async fn push(services: &Services, caller: &Caller, intents: &[Intent]) -> anyhow::Result<()> {
    let mutations = intents
        .iter()
        .map(|intent| Mutation {
            id: MutationId::new(Uuid::now_v7()),
            intent: intent.clone(),
        })
        .collect();
    let reply = services
        .push(
            caller,
            Push {
                account: caller.account,
                mutations,
            },
        )
        .await?;
    for outcome in reply.outcomes {
        ensure!(
            matches!(outcome.status, Status::Applied | Status::Noop),
            "Something of the demo shop was refused: {:?}",
            outcome.problems
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        contact,
        slot::{Field, Slot, SlotKind},
        value::Value,
    };
    use std::collections::HashSet;

    fn customers() -> Vec<Vec<(Slot, Value)>> {
        let of_customer = |intent| match intent {
            Intent::CreateCustomer { values, .. } => Some(values),
            _ => None,
        };
        intents().into_iter().filter_map(of_customer).collect()
    }

    #[test]
    fn makes_profiles_that_the_rules_accept_as_they_are() {
        for (slot, value) in customers().into_iter().flatten() {
            if let Slot::Field(field) = slot {
                let kind: SlotKind = field.kind();
                assert_eq!(
                    contact::check(kind, value.clone(), &Country::CANADA),
                    Ok(Some(value))
                );
            }
        }
    }

    #[test]
    fn gives_no_phone_and_no_reference_twice() {
        for field in [Field::CellPhone, Field::Reference] {
            let of_field = |values: Vec<(Slot, Value)>| {
                values
                    .into_iter()
                    .find(|(slot, _)| *slot == Slot::Field(field))
            };
            let given: Vec<_> = customers()
                .into_iter()
                .filter_map(of_field)
                .map(|(_, value)| value)
                .collect();
            assert!(given.len() > CUSTOMERS / 2);
            assert_eq!(
                given
                    .iter()
                    .map(ToString::to_string)
                    .collect::<HashSet<_>>()
                    .len(),
                given.len()
            );
        }
    }

    #[test]
    fn has_five_hundred_customers_and_some_of_them_without_a_phone() {
        let customers = customers();
        assert_eq!(customers.len(), CUSTOMERS);
        let without = customers.iter().filter(|values| {
            values
                .iter()
                .all(|(slot, _)| *slot != Slot::Field(Field::CellPhone))
        });
        assert!((10..100).contains(&without.count()));
    }
}
