//! The message that the provider tells about.

use super::{Try, corrupt, phone};
use crate::{AccountTx, StoreError};
use domain::{conversation::Delivery, ids::MessageId, phone::E164};

/// A message, as far as a word of the provider goes by it.
#[derive(Clone, Debug)]
pub struct Known {
    pub last: Try,
    pub delivery: Delivery,
    pub provider_id: Option<String>,
    pub phone: E164,
    pub offers: bool,
    /// Whether it was ever handed to a provider.
    pub handed: bool,
}

macro_rules! known {
    ($tx:expr, $where:literal, $argument:expr) => {{
        let account = $tx.account().uuid();
        let row = sqlx::query!(
            "select m.message_id, m.tries, m.stuck_since, m.delivery, m.provider_id, c.phone, m.offers, m.handed_at
             from message m join conversation c using (account_id, conversation_id)
             where m.account_id = $1 and m.kind = 'outbound' and " + $where,
            account,
            $argument,
        )
        .fetch_optional($tx.connection())
        .await?;
        row.map(|row| {
            Ok(Known {
                last: Try {
                    message: MessageId::new(row.message_id),
                    number: row.tries.unsigned_abs(),
                    stuck_since: row.stuck_since,
                },
                delivery: row
                    .delivery
                    .as_deref()
                    .and_then(Delivery::from_key)
                    .ok_or(corrupt("delivery"))?,
                provider_id: row.provider_id,
                phone: phone(&row.phone)?,
                offers: row.offers,
                handed: row.handed_at.is_some(),
            })
        })
        .transpose()
    }};
}

/// The message of the shop that the provider knows by this id.
pub async fn by_provider_id(tx: &mut AccountTx, id: &str) -> Result<Option<Known>, StoreError> {
    known!(tx, "m.provider_id = $2", id)
}

/// The message of the shop that has this id here.
pub async fn by_message(tx: &mut AccountTx, id: MessageId) -> Result<Option<Known>, StoreError> {
    known!(tx, "m.message_id = $2", id.uuid())
}
