//! Everything that a thread is opened with, asked for at once.

use super::api;
use crate::{
    customers::api::{get_customer, list_attributes},
    data,
    error::AppError,
};
use domain::{
    attribute::Attribute,
    conversation::{Conversation, ThreadPage},
    customer::Customer,
    provider::Provider,
};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Opened {
    pub(super) conversation: Conversation,
    pub(super) page: ThreadPage,
    pub(super) customer: Option<Customer>,
    pub(super) attributes: Vec<Attribute>,
    pub(super) provider: Provider,
}

/// The latest entries of a thread; none where it has not begun.
pub(super) async fn latest(conversation: &Conversation) -> Result<ThreadPage, AppError> {
    let id = conversation.id;
    if conversation.exists {
        data::ask(|| api::thread(id, None)).await
    } else {
        Ok(ThreadPage {
            entries: Vec::new(),
            before: None,
        })
    }
}

async fn customer(conversation: &Conversation) -> Result<Option<Customer>, AppError> {
    let Some(id) = conversation.contact.customer else {
        return Ok(None);
    };
    match data::ask(|| get_customer(id)).await {
        Ok(customer) => Ok(Some(customer)),
        // Deleted a moment ago.
        Err(AppError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

pub(super) async fn open(conversation: Conversation) -> Result<Opened, AppError> {
    let (page, customer, attributes, provider) = futures::join!(
        latest(&conversation),
        customer(&conversation),
        data::ask(list_attributes),
        data::ask(api::provider),
    );
    Ok(Opened {
        page: page?,
        customer: customer?,
        attributes: attributes?,
        provider: provider?,
        conversation,
    })
}
