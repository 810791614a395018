//! Intents about threads.

use super::{Answer, Door};
use domain::{
    conversation::NOTE_MAX,
    ids::{ConversationId, MessageId, PersonId},
    mutation::Reason,
    permission::Permission,
};
use store::{AccountTx, StoreError, conversation, membership, message};

impl Door<'_> {
    pub(super) async fn add_note(
        &self,
        tx: &mut AccountTx,
        id: MessageId,
        thread: ConversationId,
        text: &str,
    ) -> Result<Answer, StoreError> {
        if message::is_id_taken(tx, id).await? {
            return Ok(Answer::noop());
        }
        if conversation::find(tx, thread).await?.is_none() {
            return Ok(Answer::rejected(Reason::UnknownConversation));
        }
        let text = text.replace('\0', "");
        let text = text.trim();
        if text.is_empty() {
            return Ok(Answer::rejected(Reason::NothingGiven));
        }
        if text.chars().count() > NOTE_MAX {
            return Ok(Answer::rejected(Reason::TextTooLong));
        }
        message::insert_note(tx, id, thread, text, self.author).await?;
        conversation::note_outbound(tx, thread, self.author.at, false).await?;
        Ok(Answer::applied())
    }

    pub(super) async fn close_conversation(
        &self,
        tx: &mut AccountTx,
        thread: ConversationId,
        closed: bool,
    ) -> Result<Answer, StoreError> {
        let Some(stored) = conversation::find(tx, thread).await? else {
            return Ok(Answer::rejected(Reason::UnknownConversation));
        };
        if stored.closed == closed {
            return Ok(Answer::noop());
        }
        conversation::set_closed(tx, thread, closed).await?;
        Ok(Answer::applied())
    }

    /// Compare-and-set. Whoever gets the thread must be able to answer in it.
    pub(super) async fn assign_conversation(
        &self,
        tx: &mut AccountTx,
        thread: ConversationId,
        from: Option<PersonId>,
        to: Option<PersonId>,
    ) -> Result<Answer, StoreError> {
        let Some(stored) = conversation::find(tx, thread).await? else {
            return Ok(Answer::rejected(Reason::UnknownConversation));
        };
        let current = stored.assignee.as_ref().map(|assignee| assignee.id);
        if current == to {
            return Ok(Answer::noop());
        }
        if current != from {
            let to = stored.assignee;
            return Ok(Answer::conflict(Reason::AssigneeChanged { to }));
        }
        if let Some(person) = to {
            let role = membership::role_of(tx, person).await?;
            if !role.is_some_and(|role| role.may(Permission::SendMessages)) {
                return Ok(Answer::rejected(Reason::NotAllowed));
            }
        }
        conversation::assign(tx, thread, to).await?;
        Ok(Answer::applied())
    }

    /// Of two who read a thread, the one who has read further counts.
    pub(super) async fn mark_read(
        &self,
        tx: &mut AccountTx,
        thread: ConversationId,
        up_to: MessageId,
    ) -> Result<Answer, StoreError> {
        let Some(stored) = conversation::find(tx, thread).await? else {
            return Ok(Answer::rejected(Reason::UnknownConversation));
        };
        let Some(unread) = message::unread_behind(tx, thread, up_to).await? else {
            return Ok(Answer::rejected(Reason::UnknownMessage));
        };
        if unread >= stored.unread {
            return Ok(Answer::noop());
        }
        conversation::set_unread(tx, thread, unread).await?;
        Ok(Answer::applied())
    }
}
