//! The thread on the screen: what the server last said of it, what is on its way, and the ways to add to it.

mod bubble;
mod decide;
mod messages;
mod outbound;
mod reading;
mod wish;

pub(super) use messages::Messages;
pub(super) use reading::mark_read_while_seen;
pub(super) use wish::WishBanner;

use super::{
    api,
    desk::{Draft, Failed, UnderWay, use_desk},
    opened::{Opened, latest},
    view_model::entries::Entries,
};
use crate::{
    customers::{profile::Profile, trouble::Trouble},
    data::{self, Order},
    error::AppError,
    session::use_me,
    sync,
};
use decide::Decisions;
use domain::{
    attribute::Attribute,
    conversation::Conversation,
    ids::{AccountId, ConversationId, MessageId},
    mutation::{Intent, Outcome, Reason},
    permission::{Permission, Role},
    provider::Provider,
    template::Template,
};
use leptos::{prelude::*, task::spawn_local};

/// Belongs to one thread: a page that goes on to another one makes another.
#[derive(Clone, Copy)]
pub(super) struct Thread {
    pub(super) conversation: RwSignal<Conversation>,
    pub(super) entries: RwSignal<Entries>,
    order: Order,
    decisions: Decisions,
    pub(super) draft: Draft,
    /// Of whoever has the number, or had it last.
    pub(super) profile: Option<Profile>,
    pub(super) attributes: RwSignal<Vec<Attribute>>,
    /// Messages go to the phone simulator.
    pub(super) is_simulated: bool,
    role: Role,
    pub(super) account: AccountId,
    fetching_older: RwSignal<bool>,
    older_failed: RwSignal<Option<AppError>>,
    /// Loads the page of the thread anew.
    reopen: Callback<()>,
    on_begun: Callback<ConversationId>,
}

impl Thread {
    pub(super) fn new(
        opened: Opened,
        reopen: Callback<()>,
        on_begun: Callback<ConversationId>,
    ) -> Self {
        let (account, role) = use_me().with_untracked(|me| (me.account.id, me.role));
        let draft = use_desk().draft(&opened.conversation.contact.phone);
        draft.drop_bubbles(&draft.landed_so_far());
        let attributes = opened.attributes;
        let profile = opened
            .customer
            .map(|customer| Profile::new(customer, attributes.clone()));
        Self {
            conversation: RwSignal::new(opened.conversation),
            entries: RwSignal::new(Entries::new(opened.page)),
            order: Order::new(),
            decisions: Decisions::default(),
            draft,
            profile,
            attributes: profile
                .map_or_else(|| RwSignal::new(attributes), |profile| profile.attributes),
            is_simulated: opened.provider == Provider::Simulator,
            role,
            account,
            fetching_older: RwSignal::new(false),
            older_failed: RwSignal::new(None),
            reopen,
            on_begun,
        }
    }

    pub(super) fn may(self, permission: Permission) -> bool {
        self.role.may(permission)
    }

    pub(super) fn id(self) -> ConversationId {
        self.conversation.with_untracked(|thread| thread.id)
    }

    pub(super) fn exists(self) -> Memo<bool> {
        Memo::new(move |_| self.conversation.with(|thread| thread.exists))
    }

    pub(super) fn is_stopped(self) -> Memo<bool> {
        Memo::new(move |_| self.conversation.with(|thread| thread.contact.unsubscribed))
    }

    /// Takes over how the thread is on the server now. When it cannot be asked, what is shown stays.
    pub(super) async fn refresh(self) {
        // What is decided knows better until the server does, and asks it then.
        if self.decisions.is_any() {
            return;
        }
        let Some(before) = self.conversation.try_get_untracked() else {
            return;
        };
        let turn = self.order.begin();
        let landed = self.draft.landed_so_far();
        let (id, phone) = (before.id, before.contact.phone.clone());
        let now = if before.exists {
            data::ask(|| api::get_conversation(id)).await
        } else {
            data::ask(|| api::conversation_with_number(phone.to_string())).await
        };
        let now = match now {
            Ok(now) => now,
            // It went with its customer.
            Err(AppError::NotFound) => {
                self.reopen.try_run(());
                return;
            }
            Err(_) => return,
        };
        if now.contact.customer != before.contact.customer {
            self.reopen.try_run(());
            return;
        }
        let Ok(page) = latest(&now).await else {
            return;
        };
        if !turn.may_be_shown() {
            return;
        }
        self.entries.try_update(|entries| entries.refresh(page));
        self.draft.drop_bubbles(&landed);
        let begun = (now.exists && !before.exists).then_some(now.id);
        self.conversation.try_update(|shown| {
            if now.rev >= shown.rev {
                *shown = now;
            }
        });
        if let Some(profile) = self.profile {
            profile.refresh().await;
        }
        if let Some(id) = begun {
            self.on_begun.try_run(id);
        }
    }

    pub(super) fn fetch_older(self) {
        let before = self
            .entries
            .with_untracked(|entries| entries.before().map(str::to_owned));
        let Some(before) = before.filter(|_| !self.fetching_older.get_untracked()) else {
            return;
        };
        self.fetching_older.set(true);
        self.older_failed.set(None);
        let id = self.id();
        spawn_local(async move {
            match data::ask(|| api::thread(id, Some(before.clone()))).await {
                Ok(page) => {
                    self.entries.try_update(|entries| entries.prepend(page));
                }
                Err(error) => {
                    self.older_failed.try_set(Some(error));
                }
            }
            self.fetching_older.try_set(false);
        });
    }

    /// `typed` is what the person wrote, and `shown` what the customer will probably read.
    pub(super) fn send(self, text: Template, typed: String, shown: String) {
        let id = self.begin(typed.clone(), shown, false);
        let (conversation, phone) = self
            .conversation
            .with_untracked(|thread| (thread.id, thread.contact.phone.clone()));
        let intent = Intent::SendMessage {
            message: id,
            conversation,
            phone,
            text,
        };
        self.deliver(intent, id, typed, false);
    }

    pub(super) fn add_note(self, typed: String) {
        let text = typed.trim().to_owned();
        let id = self.begin(typed.clone(), text.clone(), true);
        let intent = Intent::AddNote {
            note: id,
            conversation: self.id(),
            text,
        };
        self.deliver(intent, id, typed, true);
    }

    /// Shows the bubble and clears the composer.
    fn begin(self, typed: String, shown: String, is_note: bool) -> MessageId {
        let draft = self.draft;
        let again = draft
            .failed
            .get_untracked()
            .filter(|failed| failed.is_note == is_note && failed.typed == typed);
        let id = again.map_or_else(|| MessageId::new(sync::new_id()), |failed| failed.id);
        draft.failed.set(None);
        draft.typed(is_note).set(String::new());
        draft.under_way.update(|under_way| {
            under_way.push(UnderWay {
                id,
                at: sync::now(),
                text: shown,
                is_note,
                has_landed: false,
            });
        });
        id
    }

    /// Goes on when the page is left meanwhile: what comes back goes to the draft.
    fn deliver(self, intent: Intent, id: MessageId, typed: String, is_note: bool) {
        let draft = self.draft;
        spawn_local(async move {
            let why = match sync::push(self.account, intent).await {
                Ok(outcome) => refusal(&outcome).map(Trouble::Refused),
                Err(error) => Some(Trouble::Failed(error)),
            };
            if let Some(why) = why {
                draft.give_back(Failed {
                    id,
                    typed,
                    is_note,
                    why,
                });
            } else {
                draft.landed(id);
            }
            self.refresh().await;
        });
    }
}

/// Why nothing happened.
fn refusal(outcome: &Outcome) -> Option<Reason> {
    outcome
        .problems
        .first()
        .map(|problem| problem.reason.clone())
}
