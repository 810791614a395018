//! Every change to customers and attributes is one of these intents, online and offline alike.

use crate::{
    attribute::{AttributeKind, AttributeName},
    consent::Screen,
    conversation::{ReplyTitle, StaffName},
    error::Invalid,
    ids::{
        AccountId, AttributeId, ConversationId, CustomerId, MessageId, MutationId, PersonId,
        SavedReplyId,
    },
    phone::E164,
    slot::Slot,
    template::Template,
    value::Value,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The most mutations of one push.
pub const PUSH_MAX: usize = 100;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Push {
    /// The account whose page made these; a browser that has switched accounts since cannot write into the other one.
    pub account: AccountId,
    pub mutations: Vec<Mutation>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mutation {
    pub id: MutationId,
    #[serde(flatten)]
    pub intent: Intent,
}

/// The name on the wire carries the version: a changed meaning is a new variant, and old ones stay readable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name", content = "args")]
pub enum Intent {
    #[serde(rename = "create_customer.v1")]
    CreateCustomer {
        customer: CustomerId,
        values: Vec<(Slot, Value)>,
    },
    #[serde(rename = "set_customer_fields.v1")]
    SetCustomerFields {
        customer: CustomerId,
        changes: Vec<Change>,
    },
    /// Erases the profile for good, unless it changed after `seen_rev`.
    #[serde(rename = "delete_customer.v1")]
    DeleteCustomer { customer: CustomerId, seen_rev: u64 },
    /// Stops messages to the customer and to every number of theirs. Nothing in this type starts them again: see
    /// [`crate::consent`].
    #[serde(rename = "unsubscribe_customer.v1")]
    UnsubscribeCustomer {
        customer: CustomerId,
        /// The numbers that the screen showed: the wish is about them even if the profile has lost them meanwhile, or is gone.
        phones: Vec<E164>,
        /// Where the wish was written down.
        screen: Screen,
        /// When, by the clock of the device.
        occurred_at: DateTime<Utc>,
    },
    /// Stops messages to a number that is no customer's; to whoever has it by now, too.
    #[serde(rename = "unsubscribe_number.v1")]
    UnsubscribeNumber {
        phone: E164,
        screen: Screen,
        occurred_at: DateTime<Utc>,
    },
    /// Queues a text message to a number. It is checked against consent here, so that the writer learns it at once, and again
    /// when it is handed to the provider.
    #[serde(rename = "send_message.v1")]
    SendMessage {
        message: MessageId,
        /// The thread that the screen showed; a new id where there was none. If the number has another one by now, the message
        /// goes there.
        conversation: ConversationId,
        phone: E164,
        /// Its variables are filled in by the server, from the customer as they are then.
        text: Template,
    },
    /// Tries a message again that failed. One that may have been sent goes a second time: a person decided so.
    #[serde(rename = "retry_message.v1")]
    RetryMessage { message: MessageId },
    /// Takes a message back that has not been handed to the provider.
    #[serde(rename = "cancel_message.v1")]
    CancelMessage { message: MessageId },
    /// Writes a note into a thread, for the staff alone.
    #[serde(rename = "add_note.v1")]
    AddNote {
        note: MessageId,
        conversation: ConversationId,
        text: String,
    },
    #[serde(rename = "close_conversation.v1")]
    CloseConversation {
        conversation: ConversationId,
        closed: bool,
    },
    /// Compare-and-set of who takes care of a thread; `None` is nobody.
    #[serde(rename = "assign_conversation.v1")]
    AssignConversation {
        conversation: ConversationId,
        from: Option<PersonId>,
        to: Option<PersonId>,
    },
    /// Somebody has seen the thread up to this entry.
    #[serde(rename = "mark_read.v1")]
    MarkRead {
        conversation: ConversationId,
        up_to: MessageId,
    },
    /// Makes a saved reply, or replaces what it says.
    #[serde(rename = "save_reply.v1")]
    SaveReply {
        reply: SavedReplyId,
        title: ReplyTitle,
        text: Template,
    },
    #[serde(rename = "delete_reply.v1")]
    DeleteReply { reply: SavedReplyId },
    /// Decides what a message meant that read like a wish to stop. `stop`: it was one, and the number is unsubscribed.
    #[serde(rename = "settle_wish.v1")]
    SettleWish { wish: MessageId, stop: bool },
    #[serde(rename = "add_attribute.v1")]
    AddAttribute {
        attribute: AttributeId,
        attribute_name: AttributeName,
        kind: AttributeKind,
    },
    #[serde(rename = "rename_attribute.v1")]
    RenameAttribute {
        attribute: AttributeId,
        from: AttributeName,
        to: AttributeName,
    },
    /// The attributes named come first, in this order.
    #[serde(rename = "reorder_attributes.v1")]
    ReorderAttributes { order: Vec<AttributeId> },
    #[serde(rename = "retire_attribute.v1")]
    RetireAttribute {
        attribute: AttributeId,
        retired: bool,
    },
    /// Moves every value of `from` into `into` (a value that is there stays; collections are joined) and removes `from`.
    /// Both must be of one kind.
    #[serde(rename = "merge_attributes.v1")]
    MergeAttributes {
        from: AttributeId,
        into: AttributeId,
    },
}

/// Compare-and-set of one slot: `from` is what the person saw when the editor opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub slot: Slot,
    pub from: Option<Value>,
    pub to: Option<Value>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushReply {
    /// One for each mutation, in their order.
    pub outcomes: Vec<Outcome>,
    /// The account's rev after the push.
    pub rev: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    pub mutation: MutationId,
    pub status: Status,
    pub problems: Vec<Problem>,
}

/// All are final: the same mutation sent again gets the same answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Applied,
    /// Everything already was as wished.
    Noop,
    /// Some slots were applied; `problems` has the others.
    Merged,
    /// Nothing was applied, because somebody else changed it first.
    Conflict,
    /// Nothing was applied, because it is not allowed or not possible.
    Rejected,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The slot it is about, if it is about one.
    pub slot: Option<Slot>,
    pub reason: Reason,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    Invalid(Invalid),
    /// Somebody changed the value after the editor opened. `by` is `None` when it was no member of the staff.
    Changed {
        mine: Option<Value>,
        theirs: Option<Value>,
        by: Option<String>,
        at: DateTime<Utc>,
    },
    /// The phone belongs to another customer.
    PhoneTaken {
        customer: CustomerId,
        name: String,
    },
    ReferenceTaken {
        customer: CustomerId,
        name: String,
    },
    AttributeNameTaken {
        attribute: AttributeId,
    },
    AttributeKindsDiffer,
    UnknownAttribute,
    /// The customer was deleted, or never was in this account.
    CustomerGone,
    /// The profile changed after it was seen, so it was not deleted.
    ChangedSince,
    /// The id is in use already.
    IdTaken,
    /// A customer needs at least one value; a message or a note needs a text.
    NothingGiven,
    /// The number, or the person behind it, does not want messages: only their own START changes that.
    Unsubscribed,
    /// A message has at most [`crate::segment::MESSAGE_MAX`] characters, a note [`crate::conversation::NOTE_MAX`].
    TextTooLong,
    UnknownConversation,
    /// Somebody else gave the thread to somebody meanwhile, or took it away.
    AssigneeChanged {
        to: Option<StaffName>,
    },
    /// Another saved reply has this title, or one that is the same.
    ReplyTitleTaken {
        reply: SavedReplyId,
    },
    /// The message is not there, or not in a state in which this can be done with it.
    UnknownMessage,
    UnknownReply,
    /// Somebody else settled it before.
    AlreadySettled,
    NotAllowed,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::slot::Field;
    use uuid::Uuid;

    /// The wire form of version 1: devices that were offline for a year send exactly this.
    #[test]
    fn the_wire_form_stays_readable() {
        let json = r#"{"id":"00000000-0000-0000-0000-000000000001","name":"set_customer_fields.v1","args":{"customer":"00000000-0000-0000-0000-000000000002","changes":[{"slot":"cell_phone","from":null,"to":{"text":"+14185551234"}},{"slot":"00000000-0000-0000-0000-000000000003","from":{"number":"12.5"},"to":{"date":"1980-02-29"}}]}}"#;
        let mutation = Mutation {
            id: MutationId::new(Uuid::from_u128(1)),
            intent: Intent::SetCustomerFields {
                customer: CustomerId::new(Uuid::from_u128(2)),
                changes: vec![
                    Change {
                        slot: Slot::Field(Field::CellPhone),
                        from: None,
                        to: Some(Value::Text("+14185551234".to_owned())),
                    },
                    Change {
                        slot: Slot::Attribute(AttributeId::new(Uuid::from_u128(3))),
                        from: "12.5".parse().ok().map(Value::Number),
                        to: chrono::NaiveDate::from_ymd_opt(1980, 2, 29).map(Value::Date),
                    },
                ],
            },
        };
        assert_eq!(serde_json::to_string(&mutation).unwrap(), json);
        assert_eq!(serde_json::from_str::<Mutation>(json).unwrap(), mutation);
    }
}
