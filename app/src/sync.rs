//! The one door for writes: mutations, pushed to the server.

use crate::{
    data::{self, PageClient},
    error::AppError,
    feed,
};
use chrono::{DateTime, Utc};
use domain::{
    ids::{AccountId, MutationId},
    mutation::{Intent, Mutation, Outcome, Push, PushReply},
};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use uuid::Uuid;

/// The fixed address that pages, installed apps and outboxes push to.
#[server(prefix = "/api/v1/sync", endpoint = "push", input = Json, output = Json, client = PageClient)]
pub async fn push_mutations(push: Push) -> Result<PushReply, AppError> {
    let caller = crate::request::caller().await?;
    Ok(crate::request::services()?.push(&caller, push).await?)
}

/// Sends one intent and answers its outcome. A refusal is an `Ok` outcome with problems; an `Err` means that nothing is
/// known to have happened, and that the same call may be made again.
pub async fn push(account: AccountId, intent: Intent) -> Result<Outcome, AppError> {
    let outcomes = push_all(account, vec![intent]).await?;
    outcomes.into_iter().next().ok_or(AppError::OutOfDate)
}

/// Sends intents that belong together and answers their outcomes, in their order.
///
/// The mutation ids are made once, so that a repetition after a lost answer or a new sign-in applies nothing twice.
pub async fn push_all(account: AccountId, intents: Vec<Intent>) -> Result<Vec<Outcome>, AppError> {
    let mutations = intents
        .into_iter()
        .map(|intent| Mutation {
            id: MutationId::new(new_id()),
            intent,
        })
        .collect();
    let push = Push { account, mutations };
    let reply = data::ask(|| push_mutations(push.clone())).await?;
    feed::heard(reply.rev);
    Ok(reply.outcomes)
}

/// By the clock of the device, in whole milliseconds. Only for event handlers.
pub fn now() -> DateTime<Utc> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "whole milliseconds of a date"
    )]
    let milliseconds = js_sys::Date::now() as i64;
    DateTime::from_timestamp_millis(milliseconds).unwrap_or_default()
}

/// A fresh id for something that this page makes: a mutation, a customer, an attribute. Only for event handlers and what
/// they start, for a first view must not be random.
pub fn new_id() -> Uuid {
    Uuid::now_v7()
}
