//! The server functions of conversations.

use crate::{data::PageClient, error::AppError};
use domain::{
    conversation::{
        Conversation, ConversationCounts, ConversationQuery, ConversationRow, SavedReply,
        SimulatedPhone, StaffName, ThreadPage, UncertainWish,
    },
    ids::{ConversationId, CustomerId},
    provider::Provider,
    query::Page,
};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

#[server(prefix = "/api/v1/conversations", endpoint = "list", input = Json, output = Json, client = PageClient)]
pub async fn list_conversations(
    query: ConversationQuery,
) -> Result<Page<ConversationRow>, AppError> {
    let caller = crate::request::caller().await?;
    Ok(crate::request::services()?
        .conversations(&caller, query)
        .await?)
}

#[server(name = CountConversations, prefix = "/api/v1/conversations", endpoint = "counts", input = Json, output = Json, client = PageClient)]
pub async fn conversation_counts() -> Result<ConversationCounts, AppError> {
    let caller = crate::request::caller().await?;
    Ok(crate::request::services()?
        .conversation_counts(&caller)
        .await?)
}

/// A thread; [`AppError::NotFound`] when there is none of this id in the account.
#[server(prefix = "/api/v1/conversations", endpoint = "get", input = Json, output = Json, client = PageClient)]
pub async fn get_conversation(id: ConversationId) -> Result<Conversation, AppError> {
    let caller = crate::request::caller().await?;
    crate::request::services()?
        .conversation(&caller, id)
        .await?
        .ok_or_else(|| crate::request::refuse(AppError::NotFound))
}

/// The thread with the cell phone of a customer, whether it has begun or not. [`AppError::NotFound`] when there is no such
/// customer, or they have no cell phone.
#[server(prefix = "/api/v1/conversations", endpoint = "with_customer", input = Json, output = Json, client = PageClient)]
pub async fn conversation_with_customer(id: CustomerId) -> Result<Conversation, AppError> {
    let caller = crate::request::caller().await?;
    crate::request::services()?
        .conversation_with_customer(&caller, id)
        .await?
        .ok_or_else(|| crate::request::refuse(AppError::NotFound))
}

/// The thread with a number that somebody typed, whether it has begun or not. [`AppError::Invalid`] when it is no number.
#[server(prefix = "/api/v1/conversations", endpoint = "with_number", input = Json, output = Json, client = PageClient)]
pub async fn conversation_with_number(number: String) -> Result<Conversation, AppError> {
    let caller = crate::request::caller().await?;
    Ok(crate::request::services()?
        .conversation_with_number(&caller, &number)
        .await?)
}

/// The latest entries of a thread, or those before a cursor that a page gave.
#[server(prefix = "/api/v1/conversations", endpoint = "thread", input = Json, output = Json, client = PageClient)]
pub async fn thread(id: ConversationId, before: Option<String>) -> Result<ThreadPage, AppError> {
    let caller = crate::request::caller().await?;
    Ok(crate::request::services()?
        .thread(&caller, id, before)
        .await?)
}

/// The threads of a customer, the latest first.
#[server(prefix = "/api/v1/conversations", endpoint = "of_customer", input = Json, output = Json, client = PageClient)]
pub async fn conversations_of_customer(id: CustomerId) -> Result<Vec<ConversationRow>, AppError> {
    let caller = crate::request::caller().await?;
    Ok(crate::request::services()?
        .conversations_of_customer(&caller, id)
        .await?)
}

/// Who may take care of a thread.
#[server(prefix = "/api/v1/conversations", endpoint = "staff", input = Json, output = Json, client = PageClient)]
pub async fn staff() -> Result<Vec<StaffName>, AppError> {
    let caller = crate::request::caller().await?;
    Ok(crate::request::services()?.staff(&caller).await?)
}

#[server(prefix = "/api/v1/conversations", endpoint = "saved_replies", input = Json, output = Json, client = PageClient)]
pub async fn saved_replies() -> Result<Vec<SavedReply>, AppError> {
    let caller = crate::request::caller().await?;
    Ok(crate::request::services()?.saved_replies(&caller).await?)
}

/// Wishes to stop that are not certain: those that nobody has decided, by their day; or the decided ones, the latest first.
#[server(prefix = "/api/v1/conversations", endpoint = "wishes", input = Json, output = Json, client = PageClient)]
pub async fn uncertain_wishes(
    settled: bool,
    after: Option<String>,
) -> Result<Page<UncertainWish>, AppError> {
    let caller = crate::request::caller().await?;
    Ok(crate::request::services()?
        .uncertain_wishes(&caller, settled, after)
        .await?)
}

/// Through whom messages go.
#[server(name = GetProvider, prefix = "/api/v1/conversations", endpoint = "provider", input = Json, output = Json, client = PageClient)]
pub async fn provider() -> Result<Provider, AppError> {
    let caller = crate::request::caller().await?;
    Ok(crate::request::services()?.provider(&caller).await?)
}

/// What the phone of the customer in this thread shows. [`AppError::NotFound`] when a provider is set.
#[server(name = GetSimulatedPhone, prefix = "/api/v1/simulator", endpoint = "phone", input = Json, output = Json, client = PageClient)]
pub async fn simulated_phone(id: ConversationId) -> Result<SimulatedPhone, AppError> {
    let caller = crate::request::caller().await?;
    crate::request::services()?
        .simulated_phone(&caller, id)
        .await?
        .ok_or_else(|| crate::request::refuse(AppError::NotFound))
}

/// Writes to the shop from a simulated phone, of a number that somebody typed, and answers the thread that it is in.
/// [`AppError::NotFound`] when a provider is set.
#[server(prefix = "/api/v1/simulator", endpoint = "text", input = Json, output = Json, client = PageClient)]
pub async fn simulate_text(number: String, text: String) -> Result<ConversationId, AppError> {
    let caller = crate::request::writer().await?;
    crate::request::services()?
        .simulate_text(&caller, &number, &text)
        .await?
        .ok_or_else(|| crate::request::refuse(AppError::NotFound))
}
