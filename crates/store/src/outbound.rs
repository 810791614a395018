//! Messages of the shop on their way to the provider: `service::sending` says what happens to them.
//!
//! What must stay true: a message is `sending` from before it is handed over until it is known what became of that, and no
//! other message of its thread is meanwhile. Whoever settles a try names it by its number, so that one that is over changes
//! nothing.

mod doubt;
mod queue;
mod settle;
mod standing;
mod status;

pub use doubt::{Doubtful, accounts_in_doubt, ask_again, claim, known_provider_ids};
pub use queue::{
    Due, Handing, accounts_with_due, bucket, hand_over, next, postpone_marketing, put_bucket,
};
pub use settle::{Outcome, Try, is_under_way, note_offered, settle};
pub use standing::{Standing, standing};
pub use status::{Known, by_message, by_provider_id};

use crate::StoreError;
use domain::{conversation::Purpose, phone::E164};

const fn corrupt(column: &'static str) -> StoreError {
    StoreError::Corrupt {
        table: "message",
        column,
    }
}

fn phone(text: &str) -> Result<E164, StoreError> {
    E164::new(text).map_err(|_| StoreError::Corrupt {
        table: "conversation",
        column: "phone",
    })
}

fn purpose(key: Option<&str>) -> Result<Purpose, StoreError> {
    key.and_then(Purpose::from_key).ok_or(corrupt("purpose"))
}

/// Tries and segments are far below two thousand million.
fn int(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}
