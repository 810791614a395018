//! Plays what was said in the demo shop, by what staff and customers do in the app: nothing is written behind its back.

use super::{
    past::{self, Past, When},
    push,
    script::{Act, CONVERSATIONS, REPLIES, With},
};
use anyhow::Context;
use chrono::{DateTime, Utc};
use domain::{
    conversation::ReplyTitle,
    ids::{AttributeId, ConversationId, MessageId, SavedReplyId},
    mutation::Intent,
    phone::E164,
    slot::{Field, Slot},
    template::Template,
    value::Value,
};
use service::{Caller, Services, Worked};
use std::sync::Arc;
use store::Store;

/// The shop's way of saying it, with the key of the attribute in it.
fn template(text: &str, vehicle: AttributeId) -> anyhow::Result<Template> {
    text.replace("{vehicle", &format!("{{{vehicle}"))
        .parse()
        .with_context(|| format!("No such variable: {text}"))
}

/// What staff write again and again.
pub(super) fn saved_replies(
    vehicle: AttributeId,
    new_id: impl Fn() -> uuid::Uuid,
) -> anyhow::Result<Vec<Intent>> {
    REPLIES
        .iter()
        .map(|(title, text)| {
            Ok(Intent::SaveReply {
                reply: SavedReplyId::new(new_id()),
                title: ReplyTitle::parse(title)?,
                text: template(text, vehicle)?,
            })
        })
        .collect()
}

/// Who can be told of: those with a phone and a car, by their language.
fn phone_of(values: &[(Slot, Value)], language: &str, vehicle: AttributeId) -> Option<E164> {
    let value = |wanted: Slot| {
        values
            .iter()
            .find(|(slot, _)| *slot == wanted)
            .map(|(_, value)| value.to_string())
    };
    value(Slot::Attribute(vehicle))?;
    value(Slot::Field(Field::Language)).filter(|spoken| spoken == language)?;
    E164::new(&value(Slot::Field(Field::CellPhone))?).ok()
}

/// The numbers of all conversations, in their order.
fn numbers(customers: &[Intent], vehicle: AttributeId) -> anyhow::Result<Vec<E164>> {
    let mut taken: Vec<E164> = Vec::new();
    for (with, _) in CONVERSATIONS {
        let number = match with {
            With::Stranger(number) => E164::new(number).ok(),
            With::Customer(language) => customers
                .iter()
                .filter_map(|intent| match intent {
                    Intent::CreateCustomer { values, .. } => phone_of(values, language, vehicle),
                    _ => None,
                })
                .find(|phone| !taken.contains(phone)),
        };
        taken.push(number.context("The demo shop has not enough customers to tell of")?);
    }
    Ok(taken)
}

/// Tells everything, in the order of time. `store` is the shop's, seen at the time of each act.
pub(super) async fn play(
    store: Store,
    caller: &Caller,
    customers: &[Intent],
    vehicle: AttributeId,
) -> anyhow::Result<()> {
    let now = past::now();
    let numbers = numbers(customers, vehicle)?;
    let mut acts: Vec<(DateTime<Utc>, &E164, Act)> = CONVERSATIONS
        .iter()
        .zip(&numbers)
        .flat_map(|((_, acts), number)| {
            acts.iter()
                .map(move |(when, act): &(When, Act)| (when.before(now), number, *act))
        })
        .collect();
    acts.sort_by_key(|(at, ..)| *at);
    let Some((first, ..)) = acts.first() else {
        return Ok(());
    };
    let clock = Arc::new(Past::since(*first));
    let shop = Shop {
        services: Services::new(store, clock.clone()),
        clock,
        caller,
        vehicle,
    };
    for (at, number, act) in acts {
        shop.clock.set_forward(at);
        shop.play(number, act).await?;
        // The simulator has a message as soon as it is sent.
        while shop.services.send_next_message().await? == Worked::Done {}
    }
    Ok(())
}

struct Shop<'a> {
    services: Services,
    clock: Arc<Past>,
    caller: &'a Caller,
    vehicle: AttributeId,
}

impl Shop<'_> {
    async fn play(&self, number: &E164, act: Act) -> anyhow::Result<()> {
        if let Act::Writes(text) = act {
            self.services
                .simulate_text(self.caller, number.as_str(), text)
                .await?;
            return Ok(());
        }
        let thread = self
            .services
            .conversation_with_number(self.caller, number.as_str())
            .await?;
        let conversation = thread.id;
        let mut intents = Vec::new();
        if thread.unread > 0 {
            intents.extend(self.read(conversation).await?);
        }
        intents.push(match act {
            Act::Writes(_) => return Ok(()),
            Act::Answers(text) => Intent::SendMessage {
                message: MessageId::new(self.clock.new_id()),
                conversation,
                phone: number.clone(),
                text: template(text, self.vehicle)?,
            },
            Act::Notes(text) => Intent::AddNote {
                note: MessageId::new(self.clock.new_id()),
                conversation,
                text: text.to_owned(),
            },
            Act::Takes => Intent::AssignConversation {
                conversation,
                from: None,
                to: Some(self.caller.person),
            },
            Act::Closes => Intent::CloseConversation {
                conversation,
                closed: true,
            },
        });
        push(&self.services, self.caller, &intents).await
    }

    /// Whoever does something in a thread has seen what is in it.
    async fn read(&self, conversation: ConversationId) -> anyhow::Result<Option<Intent>> {
        let page = self
            .services
            .thread(self.caller, conversation, None)
            .await?;
        Ok(page.entries.last().map(|last| Intent::MarkRead {
            conversation,
            up_to: last.id,
        }))
    }
}
