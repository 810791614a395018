//! Short ways to write to the shop, and from it.

use crate::shop::Shop;
use domain::{
    consent::ProviderMessageId,
    conversation::{
        Conversation, ConversationFilter, ConversationQuery, ConversationRow, Delivery, Entry,
        EntryKind,
    },
    ids::{ConversationId, MessageId},
    keyword::Verdict,
    mutation::{Intent, Outcome},
    phone::E164,
};
use service::{Inbound, Received};

pub(crate) const ANA: &str = "+14185550001";
pub(crate) const BEA: &str = "+14185550002";

pub(crate) fn number(text: &str) -> E164 {
    E164::new(text).unwrap()
}

pub(crate) fn written(from: &str, text: &str, id: &str) -> Inbound {
    Inbound {
        id: ProviderMessageId::delivered(id).unwrap(),
        from: number(from),
        text: text.to_owned(),
        media: Vec::new(),
        verdict: None,
    }
}

pub(crate) fn send(message: MessageId, thread: ConversationId, to: &str, text: &str) -> Intent {
    Intent::SendMessage {
        message,
        conversation: thread,
        phone: number(to),
        text: text.parse().unwrap(),
    }
}

impl Shop {
    pub(crate) async fn deliver(&self, inbound: Inbound) -> Received {
        self.services
            .receive(self.owner.account, inbound)
            .await
            .unwrap()
    }

    /// A message that comes for the first time.
    pub(crate) async fn hear(&self, from: &str, text: &str) -> ConversationId {
        let id = format!("SM{}", self.id().simple());
        match self.deliver(written(from, text, &id)).await {
            Received::New { conversation } => conversation,
            Received::Seen => panic!("{id} was there before"),
        }
    }

    pub(crate) async fn hear_with(&self, from: &str, text: &str, verdict: Verdict) {
        let id = format!("SM{}", self.id().simple());
        let inbound = Inbound {
            verdict: Some(verdict),
            ..written(from, text, &id)
        };
        self.deliver(inbound).await;
    }

    /// What is answered to a message of the owner, and its id.
    pub(crate) async fn try_send(&self, to: &str, text: &str) -> (Outcome, MessageId) {
        let id = MessageId::new(self.id());
        let intent = send(id, ConversationId::new(self.id()), to, text);
        (self.push(&self.owner, intent).await, id)
    }

    /// A message of the owner that must be queued.
    pub(crate) async fn send(&self, to: &str, text: &str) -> MessageId {
        let id = MessageId::new(self.id());
        self.apply(send(id, ConversationId::new(self.id()), to, text))
            .await;
        id
    }

    pub(crate) async fn with_number(&self, number: &str) -> Conversation {
        self.services
            .conversation_with_number(&self.owner, number)
            .await
            .unwrap()
    }

    pub(crate) async fn conversation(&self, id: ConversationId) -> Option<Conversation> {
        self.services.conversation(&self.owner, id).await.unwrap()
    }

    pub(crate) async fn entries(&self, id: ConversationId) -> Vec<Entry> {
        self.services
            .thread(&self.owner, id, None)
            .await
            .unwrap()
            .entries
    }

    /// The texts of a thread, each behind who wrote it.
    pub(crate) async fn said(&self, id: ConversationId) -> Vec<String> {
        let entries = self.entries(id).await.into_iter();
        entries
            .map(|entry| match entry.kind {
                EntryKind::Inbound { text, .. } => format!("< {text}"),
                EntryKind::Outbound { text, .. } => format!("> {text}"),
                EntryKind::Note { text, .. } => format!("# {text}"),
            })
            .collect()
    }

    pub(crate) async fn list(&self, filter: ConversationFilter) -> Vec<ConversationRow> {
        self.search(filter, "").await
    }

    pub(crate) async fn search(
        &self,
        filter: ConversationFilter,
        text: &str,
    ) -> Vec<ConversationRow> {
        let query = ConversationQuery {
            filter,
            text: text.to_owned(),
            after: None,
            limit: 100,
        };
        self.services
            .conversations(&self.owner, query)
            .await
            .unwrap()
            .rows
    }
}

/// What became of a message of the shop in the thread.
pub(crate) fn delivery(entries: &[Entry], id: MessageId) -> Delivery {
    let found = entries.iter().find(|entry| entry.id == id).unwrap();
    match &found.kind {
        EntryKind::Outbound { delivery, .. } => *delivery,
        other => panic!("{other:?}"),
    }
}

/// Plays what the one who sends does to a message.
pub(crate) async fn becomes(pool: &sqlx::PgPool, message: MessageId, delivery: &str) {
    let sql = format!(
        "begin; set local app.rev = '1'; update message set delivery = '{delivery}', next_try_at = null, tries = 3,
         trouble = '\"out_of_reach\"', provider_id = 'SM{message}' where message_id = '{message}'; commit;"
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql))
        .execute(pool)
        .await
        .unwrap();
}
