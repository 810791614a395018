//! The saved replies as the page shows them, and how it changes them.

use crate::{
    conversations::api,
    data::{self, Order},
    i18n::{I18nKeys, Locale, use_i18n},
    session::use_me,
    sync,
    ui::{Toasts, use_toasts},
    words,
};
use domain::{
    conversation::{ReplyTitle, SavedReply},
    ids::{AccountId, SavedReplyId},
    mutation::{Intent, Reason},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_i18n::{I18nContext, tu_string};

#[derive(Clone, Copy)]
pub(super) struct ReplyList {
    replies: RwSignal<Vec<SavedReply>>,
    order: Order,
    account: AccountId,
    toasts: Toasts,
    i18n: I18nContext<Locale, I18nKeys>,
}

/// Why a reply was not saved.
pub(super) enum NotSaved {
    TitleTaken,
    /// In words.
    Refused(String),
}

impl ReplyList {
    pub(super) fn new(replies: Vec<SavedReply>) -> Self {
        let list = Self {
            replies: RwSignal::new(Vec::new()),
            order: Order::new(),
            account: use_me().with_untracked(|me| me.account.id),
            toasts: use_toasts(),
            i18n: use_i18n(),
        };
        list.show(replies);
        list
    }

    /// In the order of their titles.
    pub(super) fn ids(self) -> Vec<SavedReplyId> {
        self.replies
            .with(|replies| replies.iter().map(|reply| reply.id).collect())
    }

    pub(super) fn get(self, id: SavedReplyId) -> Memo<Option<SavedReply>> {
        Memo::new(move |_| {
            self.replies
                .with(|replies| replies.iter().find(|reply| reply.id == id).cloned())
        })
    }

    /// Whether another reply has the title.
    pub(super) fn is_taken(self, title: &ReplyTitle, id: SavedReplyId) -> bool {
        let key = title.key();
        self.replies.with_untracked(|replies| {
            replies
                .iter()
                .any(|other| other.id != id && other.title.key() == key)
        })
    }

    pub(super) async fn save(self, reply: SavedReply) -> Result<(), NotSaved> {
        let intent = Intent::SaveReply {
            reply: reply.id,
            title: reply.title.clone(),
            text: reply.text.clone(),
        };
        self.send(intent).await?;
        self.put(reply);
        self.refresh().await;
        Ok(())
    }

    /// Deletes without asking: the toast brings it back.
    pub(super) async fn delete(self, reply: SavedReply) {
        match self.send(Intent::DeleteReply { reply: reply.id }).await {
            Ok(()) => {
                self.replies
                    .try_update(|replies| replies.retain(|other| other.id != reply.id));
                let said = tu_string!(
                    self.i18n,
                    messaging.reply_deleted,
                    title = reply.title.to_string()
                );
                let undo = tu_string!(self.i18n, messaging.undo);
                self.toasts
                    .done_with_offer(said, undo, move || self.restore(reply.clone()));
            }
            Err(NotSaved::Refused(why)) => self.toasts.failed(why),
            Err(NotSaved::TitleTaken) => {}
        }
    }

    fn restore(self, reply: SavedReply) {
        spawn_local(async move {
            match self.save(reply).await {
                Ok(()) => self
                    .toasts
                    .done(tu_string!(self.i18n, messaging.reply_restored)),
                Err(NotSaved::TitleTaken) => {
                    self.toasts
                        .failed(tu_string!(self.i18n, messaging.reply_title_taken));
                }
                Err(NotSaved::Refused(why)) => self.toasts.failed(why),
            }
        });
    }

    async fn send(self, intent: Intent) -> Result<(), NotSaved> {
        let locale = self.i18n.get_locale_untracked();
        let outcome = sync::push(self.account, intent)
            .await
            .map_err(|error| NotSaved::Refused(words::app_error(locale, &error)))?;
        match outcome.problems.first().map(|problem| &problem.reason) {
            None => Ok(()),
            Some(Reason::ReplyTitleTaken { .. }) => Err(NotSaved::TitleTaken),
            Some(reason) => Err(NotSaved::Refused(words::reason(locale, reason))),
        }
    }

    fn put(self, reply: SavedReply) {
        self.replies.try_update(|replies| {
            replies.retain(|other| other.id != reply.id);
            replies.push(reply);
            replies.sort_by_cached_key(|reply| reply.title.key());
        });
    }

    fn show(self, mut replies: Vec<SavedReply>) {
        replies.sort_by_cached_key(|reply| reply.title.key());
        self.replies.try_set(replies);
    }

    /// Takes over what others have saved meanwhile. When it cannot be asked, what is shown stays.
    async fn refresh(self) {
        let turn = self.order.begin();
        if let Ok(replies) = data::ask(api::saved_replies).await
            && turn.may_be_shown()
        {
            self.show(replies);
        }
    }
}
