//! The answer to a keyword.

use super::Heard;
use crate::Services;
use chrono::TimeDelta;
use domain::{
    account::Account,
    conversation::{Origin, Purpose},
    ids::MessageId,
    keyword::{Language, Meaning, Reply, Shop},
    segment::measure,
};
use store::{
    AccountTx, StoreError, conversation,
    message::{self, NewOutbound},
};

/// The most answers to HELP that one number gets in [`HELP_TIME`]: machines that answer each other must come to an end.
const HELPS: u64 = 3;
const HELP_TIME: TimeDelta = TimeDelta::hours(1);

impl Services {
    /// Queues the answer that is due. STOP and START are confirmed where they changed something.
    pub(super) async fn answer(
        &self,
        tx: &mut AccountTx,
        heard: &Heard<'_>,
        shop: &Account,
        changed: bool,
    ) -> Result<(), StoreError> {
        let Some(reply) = Reply::due(heard.meaning, heard.inbound.verdict) else {
            return Ok(());
        };
        let (is_due, purpose) = match reply {
            Reply::Stopped => (changed, Purpose::Answer),
            Reply::Started => (changed, Purpose::Service),
            Reply::Help => (helps(tx, heard).await? <= HELPS, Purpose::Answer),
        };
        if !is_due {
            return Ok(());
        }
        // English keywords are what everybody is told to send: only a French one tells the language.
        let language = match heard.meaning {
            Meaning::Stop(said) | Meaning::Start(said) | Meaning::Help(said)
                if said.language == Some(Language::French) =>
            {
                Language::French
            }
            _ => heard.thread.language,
        };
        let number = heard
            .shop_number
            .as_ref()
            .map(|number| number.display(shop.country));
        let text = reply.text(
            Shop {
                name: &shop.name,
                number: number.as_deref().unwrap_or_default(),
            },
            language,
        );
        let message = NewOutbound {
            id: MessageId::new(self.new_id()),
            conversation: heard.thread.id,
            text: &text,
            person: None,
            origin: Origin::Keyword,
            purpose,
            language,
            segments: u32::try_from(measure(&text).segments).unwrap_or(u32::MAX),
            at: heard.at,
        };
        message::insert_outbound(tx, &message).await?;
        conversation::note_outbound(tx, heard.thread.id, heard.at, false).await
    }
}

/// How often the customer has asked for help lately, this time included.
async fn helps(tx: &mut AccountTx, heard: &Heard<'_>) -> Result<u64, StoreError> {
    message::helps_since(tx, heard.thread.id, heard.at - HELP_TIME).await
}
