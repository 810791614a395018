//! Intents about saved replies.

use super::{Answer, Door};
use domain::{conversation::SavedReply, ids::SavedReplyId, mutation::Reason, segment::MESSAGE_MAX};
use store::{AccountTx, StoreError, saved_reply};

impl Door<'_> {
    /// Makes a reply or replaces what it says. A title that means the same as that of another is refused.
    pub(super) async fn save_reply(
        &self,
        tx: &mut AccountTx,
        reply: SavedReply,
    ) -> Result<Answer, StoreError> {
        let kept = reply.text.to_string();
        if kept.trim().is_empty() {
            return Ok(Answer::rejected(Reason::NothingGiven));
        }
        if kept.encode_utf16().count() > MESSAGE_MAX {
            return Ok(Answer::rejected(Reason::TextTooLong));
        }
        if saved_reply::find(tx, reply.id).await?.as_ref() == Some(&reply) {
            return Ok(Answer::noop());
        }
        let holder = saved_reply::find_by_title(tx, &reply.title).await?;
        if let Some(holder) = holder.filter(|holder| *holder != reply.id) {
            return Ok(Answer::rejected(Reason::ReplyTitleTaken { reply: holder }));
        }
        saved_reply::put(tx, &reply).await?;
        Ok(Answer::applied())
    }

    pub(super) async fn delete_reply(
        &self,
        tx: &mut AccountTx,
        id: SavedReplyId,
    ) -> Result<Answer, StoreError> {
        Ok(if saved_reply::delete(tx, id).await? {
            Answer::applied()
        } else {
            Answer::rejected(Reason::UnknownReply)
        })
    }
}
