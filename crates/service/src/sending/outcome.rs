//! What an answer of the provider makes of a message. Pure.

use super::GIVE_UP;
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    backoff::{Backoff, spread},
    conversation::{Delivery, SendTrouble},
};
use store::outbound::{Outcome, Try};
use twilio::{MessageStatus, SendError, Trouble};

/// How long a message waits for the shop's settings to be mended before it is tried again.
const MENDED_AFTER: TimeDelta = TimeDelta::minutes(5);
/// How long the others wait after a message that failed because of the account.
const ACCOUNT_RESTS: TimeDelta = TimeDelta::minutes(1);

/// What a try comes to that the provider refused. `None`: nobody knows what it came to. `chance` spreads tries.
pub(super) fn after_failure(
    tried: Try,
    error: SendError,
    now: DateTime<Utc>,
    chance: u16,
) -> Option<Outcome<'static>> {
    Some(match error {
        SendError::Unknown(_) => return None,
        SendError::TooFast { retry_after } => {
            later(tried, SendTrouble::TooFast, waits(retry_after), now, chance)
        }
        SendError::Unreachable => later(tried, SendTrouble::Unreachable, None, now, chance),
        SendError::Unauthorized => stuck(tried, SendTrouble::Unauthorized, now),
        SendError::Refused(Trouble::Unsubscribed) => Outcome::Ended {
            delivery: Delivery::Blocked,
            trouble: SendTrouble::UnsubscribedAtProvider,
        },
        SendError::Refused(of) if of.is_of_the_set_up() => stuck(tried, trouble(of), now),
        SendError::Refused(of) => Outcome::Ended {
            delivery: Delivery::Failed,
            trouble: trouble(of),
        },
    })
}

/// How long no other message of the account goes after this error.
pub(super) fn rest(error: SendError) -> Option<TimeDelta> {
    match error {
        SendError::TooFast { retry_after } => waits(retry_after),
        SendError::Unauthorized | SendError::Refused(Trouble::Account) => Some(ACCOUNT_RESTS),
        _ => None,
    }
}

fn waits(retry_after: Option<std::time::Duration>) -> Option<TimeDelta> {
    // Whatever is asked: a message that waits longer than this says something that is no longer so.
    retry_after.map(|asked| TimeDelta::from_std(asked).map_or(GIVE_UP, |asked| asked.min(GIVE_UP)))
}

/// A failure that passes by itself.
fn later(
    tried: Try,
    trouble: SendTrouble,
    asked: Option<TimeDelta>,
    now: DateTime<Utc>,
    chance: u16,
) -> Outcome<'static> {
    match Backoff::MESSAGES.after_at_least(tried.number, asked) {
        Some(pause) => Outcome::Again {
            at: now + spread(pause, chance),
            trouble: Some(trouble),
            counts: true,
            stuck_since: None,
        },
        None => Outcome::Ended {
            delivery: Delivery::Failed,
            trouble,
        },
    }
}

/// A failure that passes when the shop mends its settings: no try is lost by it.
fn stuck(tried: Try, trouble: SendTrouble, now: DateTime<Utc>) -> Outcome<'static> {
    let since = tried.stuck_since.unwrap_or(now);
    if now - since >= GIVE_UP {
        return Outcome::Ended {
            delivery: Delivery::Failed,
            trouble,
        };
    }
    Outcome::Again {
        at: now + MENDED_AFTER,
        trouble: Some(trouble),
        counts: false,
        stuck_since: Some(since),
    }
}

/// How far a message is; `None` for a state that none of the shop's messages has.
pub(super) const fn delivery(status: MessageStatus) -> Option<Delivery> {
    match status {
        MessageStatus::Accepted
        | MessageStatus::Scheduled
        | MessageStatus::Queued
        | MessageStatus::Sending
        | MessageStatus::Sent => Some(Delivery::Sent),
        MessageStatus::Delivered | MessageStatus::PartiallyDelivered | MessageStatus::Read => {
            Some(Delivery::Delivered)
        }
        MessageStatus::Undelivered => Some(Delivery::Undelivered),
        MessageStatus::Failed | MessageStatus::Canceled => Some(Delivery::Failed),
        MessageStatus::Receiving | MessageStatus::Received => None,
    }
}

/// In the words of conversations.
pub(super) const fn trouble(trouble: Trouble) -> SendTrouble {
    match trouble {
        Trouble::Unsubscribed => SendTrouble::UnsubscribedAtProvider,
        Trouble::InvalidNumber => SendTrouble::InvalidNumber,
        Trouble::NotMobile => SendTrouble::NotMobile,
        Trouble::OutOfReach => SendTrouble::OutOfReach,
        Trouble::Blocked => SendTrouble::BlockedByCarrier,
        Trouble::Filtered => SendTrouble::Filtered,
        Trouble::Country => SendTrouble::Country,
        Trouble::Sender => SendTrouble::Sender,
        Trouble::Trial => SendTrouble::Trial,
        Trouble::Text => SendTrouble::Text,
        Trouble::Account => SendTrouble::Account,
        Trouble::Other(code) => SendTrouble::Other(code),
    }
}
