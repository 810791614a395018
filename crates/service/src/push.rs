//! The one door for writes to customers, attributes and conversations.

mod attribute;
mod consent;
mod conversation;
mod customer;
mod message;
mod reply;
mod wish;

pub(crate) use consent::phones;

use crate::{Caller, Conflict, ServiceError, Services};
use domain::{
    account::Country,
    conversation::SavedReply,
    ids::CustomerId,
    mutation::{Intent, Mutation, Outcome, PUSH_MAX, Problem, Push, PushReply, Reason, Status},
    permission::Permission,
    slot::Slot,
};
use store::{AccountTx, StoreError, account, attribute::Author, mutation_log};

impl Services {
    /// Applies mutations in their order, in one transaction that first locks the account's rev.
    ///
    /// A mutation that came before is answered as it was then, and changes nothing. What a rule of the domain forbids is
    /// answered and remembered, and leaves the others alone; when the database fails, nothing of the push has happened,
    /// and the same push may be sent again.
    pub async fn push(&self, caller: &Caller, push: Push) -> Result<PushReply, ServiceError> {
        if push.account != caller.account {
            return Err(ServiceError::Conflict(Conflict::OtherAccount));
        }
        if push.mutations.len() > PUSH_MAX {
            return Err(ServiceError::TooLarge);
        }
        let mut tx = self.store.write(caller.account).await?;
        let door = Door {
            caller,
            country: account::get(&mut tx).await?.country,
            author: Author {
                person: caller.person,
                at: self.clock.now(),
            },
        };
        let mut outcomes = Vec::with_capacity(push.mutations.len());
        for mutation in push.mutations {
            outcomes.push(door.pass(&mut tx, mutation).await?);
        }
        let rev = tx.rev().await?;
        tx.commit().await?;
        self.wake_sender();
        Ok(PushReply { outcomes, rev })
    }
}

/// What every mutation of a push is judged by.
struct Door<'a> {
    caller: &'a Caller,
    /// Phones without a country code are of this country.
    country: Country,
    author: Author,
}

impl Door<'_> {
    async fn pass(&self, tx: &mut AccountTx, mutation: Mutation) -> Result<Outcome, StoreError> {
        if let Some(outcome) = mutation_log::find(tx, mutation.id).await? {
            return Ok(outcome);
        }
        let about = customer_of(&mutation.intent);
        tx.savepoint().await?;
        let answer = if self.caller.role.may(needed(&mutation.intent)) {
            self.apply(tx, mutation.intent).await?
        } else {
            Answer::rejected(Reason::NotAllowed)
        };
        match answer.status {
            Status::Applied | Status::Noop | Status::Merged => tx.release_savepoint().await?,
            Status::Conflict | Status::Rejected => tx.rollback_to_savepoint().await?,
        }
        let customers = answer.customers(about);
        let outcome = Outcome {
            mutation: mutation.id,
            status: answer.status,
            problems: answer.problems,
        };
        mutation_log::insert(tx, &outcome, &customers, self.author).await?;
        Ok(outcome)
    }

    async fn apply(&self, tx: &mut AccountTx, intent: Intent) -> Result<Answer, StoreError> {
        match intent {
            Intent::CreateCustomer { customer, values } => {
                self.create_customer(tx, customer, values).await
            }
            Intent::SetCustomerFields { customer, changes } => {
                self.set_customer_fields(tx, customer, changes).await
            }
            Intent::DeleteCustomer { customer, seen_rev } => {
                self.delete_customer(tx, customer, seen_rev).await
            }
            Intent::UnsubscribeCustomer {
                customer,
                phones,
                screen,
                occurred_at,
            } => {
                let wish = consent::Wish {
                    phones,
                    screen,
                    occurred_at,
                };
                self.unsubscribe_customer(tx, customer, wish).await
            }
            Intent::UnsubscribeNumber {
                phone,
                screen,
                occurred_at,
            } => {
                let wish = consent::Wish {
                    phones: vec![phone],
                    screen,
                    occurred_at,
                };
                self.unsubscribe_number(tx, wish).await
            }
            Intent::SendMessage {
                message,
                conversation,
                phone,
                text,
            } => {
                let new = message::New {
                    id: message,
                    conversation,
                    phone,
                };
                self.send_message(tx, new, &text).await
            }
            Intent::RetryMessage { message } => self.retry_message(tx, message).await,
            Intent::CancelMessage { message } => self.cancel_message(tx, message).await,
            Intent::AddNote {
                note,
                conversation,
                text,
            } => self.add_note(tx, note, conversation, &text).await,
            Intent::CloseConversation {
                conversation,
                closed,
            } => self.close_conversation(tx, conversation, closed).await,
            Intent::AssignConversation {
                conversation,
                from,
                to,
            } => self.assign_conversation(tx, conversation, from, to).await,
            Intent::MarkRead {
                conversation,
                up_to,
            } => self.mark_read(tx, conversation, up_to).await,
            Intent::SaveReply { reply, title, text } => {
                self.save_reply(
                    tx,
                    SavedReply {
                        id: reply,
                        title,
                        text,
                    },
                )
                .await
            }
            Intent::DeleteReply { reply } => self.delete_reply(tx, reply).await,
            Intent::SettleWish { wish, stop } => self.settle_wish(tx, wish, stop).await,
            Intent::AddAttribute {
                attribute,
                attribute_name,
                kind,
            } => {
                self.add_attribute(tx, attribute, &attribute_name, kind)
                    .await
            }
            Intent::RenameAttribute {
                attribute,
                from,
                to,
            } => self.rename_attribute(tx, attribute, &from, &to).await,
            Intent::ReorderAttributes { order } => self.reorder_attributes(tx, &order).await,
            Intent::RetireAttribute { attribute, retired } => {
                self.retire_attribute(tx, attribute, retired).await
            }
            Intent::MergeAttributes { from, into } => self.merge_attributes(tx, from, into).await,
        }
    }
}

/// What an intent needs: the only place that says so.
const fn needed(intent: &Intent) -> Permission {
    match intent {
        Intent::CreateCustomer { .. } | Intent::SetCustomerFields { .. } => {
            Permission::EditCustomers
        }
        Intent::UnsubscribeCustomer { .. }
        | Intent::UnsubscribeNumber { .. }
        | Intent::SettleWish { .. } => Permission::UnsubscribeCustomers,
        Intent::SendMessage { .. }
        | Intent::RetryMessage { .. }
        | Intent::CancelMessage { .. }
        | Intent::AddNote { .. }
        | Intent::CloseConversation { .. }
        | Intent::AssignConversation { .. }
        | Intent::MarkRead { .. }
        | Intent::SaveReply { .. }
        | Intent::DeleteReply { .. } => Permission::SendMessages,
        Intent::DeleteCustomer { .. } => Permission::DeleteCustomers,
        Intent::AddAttribute { .. } => Permission::AddAttributes,
        Intent::RenameAttribute { .. }
        | Intent::ReorderAttributes { .. }
        | Intent::RetireAttribute { .. }
        | Intent::MergeAttributes { .. } => Permission::ManageAttributes,
    }
}

const fn customer_of(intent: &Intent) -> Option<CustomerId> {
    match intent {
        Intent::CreateCustomer { customer, .. }
        | Intent::SetCustomerFields { customer, .. }
        | Intent::UnsubscribeCustomer { customer, .. }
        | Intent::DeleteCustomer { customer, .. } => Some(*customer),
        _ => None,
    }
}

/// How one mutation ended. Nothing of a conflict or a rejection is kept in the tables.
struct Answer {
    status: Status,
    problems: Vec<Problem>,
}

impl Answer {
    const fn applied() -> Self {
        Self {
            status: Status::Applied,
            problems: Vec::new(),
        }
    }

    const fn noop() -> Self {
        Self {
            status: Status::Noop,
            problems: Vec::new(),
        }
    }

    fn rejected(reason: Reason) -> Self {
        Self {
            status: Status::Rejected,
            problems: vec![Problem { slot: None, reason }],
        }
    }

    fn conflict(reason: Reason) -> Self {
        Self {
            status: Status::Conflict,
            problems: vec![Problem { slot: None, reason }],
        }
    }

    /// Nothing could be applied, for these reasons.
    fn refused(problems: Vec<Problem>) -> Self {
        let changed = problems
            .iter()
            .any(|problem| matches!(problem.reason, Reason::Changed { .. }));
        Self {
            status: if changed {
                Status::Conflict
            } else {
                Status::Rejected
            },
            problems,
        }
    }

    /// Customers whose data stands in the problems.
    fn customers(&self, about: Option<CustomerId>) -> Vec<CustomerId> {
        if self.problems.is_empty() {
            return Vec::new();
        }
        let others =
            self.problems
                .iter()
                .filter_map(|problem| match problem.reason {
                    Reason::PhoneTaken { customer, .. }
                    | Reason::ReferenceTaken { customer, .. } => Some(customer),
                    _ => None,
                });
        about.into_iter().chain(others).collect()
    }
}

const fn problem(slot: Slot, reason: Reason) -> Problem {
    Problem {
        slot: Some(slot),
        reason,
    }
}
