//! What a message does to consent.

use super::Heard;
use crate::{clock::zone, conversations::Contacts};
use domain::{
    account::Account,
    consent::{ContactPoint, NewEvent, Source, Status},
    conversation::ten_business_days_after,
    keyword::{Meaning, Reason},
};
use store::{
    AccountTx, StoreError, consent,
    conversation::{self, StoredContact},
    uncertain_wish,
};

/// Writes the customer's word down, and says whether it changed if they are written to.
pub(super) async fn hear(
    tx: &mut AccountTx,
    heard: &Heard<'_>,
    shop: &Account,
) -> Result<bool, StoreError> {
    let point = ContactPoint::sms(heard.inbound.from.clone());
    let message = heard.inbound.id.clone();
    let event = match heard.meaning {
        Meaning::Stop(_) => NewEvent::opt_out(point, Source::Message { message }, heard.at),
        Meaning::Start(_) => NewEvent::start(point, message, heard.at),
        Meaning::UncertainWish(reason) => {
            doubt(tx, heard, shop, reason).await?;
            return Ok(false);
        }
        Meaning::Help(_) | Meaning::Conversation => return Ok(false),
    };
    let phone = &heard.inbound.from;
    let before = consents(tx, heard, &heard.contacts).await?;
    consent::record(tx, vec![event], heard.at).await?;
    if matches!(heard.meaning, Meaning::Stop(_)) {
        let contact = heard.contacts.key(phone);
        uncertain_wish::settle(tx, &contact, true, None, heard.at).await?;
    }
    let contacts = Contacts::of(tx, std::iter::once(phone)).await?;
    Ok(consents(tx, heard, &contacts).await? != before)
}

/// The state of the number, and whether number or person are stopped.
async fn consents(
    tx: &mut AccountTx,
    heard: &Heard<'_>,
    contacts: &Contacts,
) -> Result<(Status, bool), StoreError> {
    let phone = &heard.inbound.from;
    let contact = conversation::find(tx, heard.thread.id).await?.map_or_else(
        || StoredContact::of(phone.clone(), None),
        |stored| stored.contact,
    );
    Ok((
        contacts.status(phone),
        contacts.stopped_at(&contact).is_some(),
    ))
}

/// A wish that is not certain goes to the review list, unless there is one of the contact point already, or it gets nothing anyway.
async fn doubt(
    tx: &mut AccountTx,
    heard: &Heard<'_>,
    shop: &Account,
    reason: Reason,
) -> Result<(), StoreError> {
    let phone = &heard.inbound.from;
    let contact = heard.contacts.key(phone);
    if heard.contacts.status(phone) == Status::Unsubscribed
        || uncertain_wish::open_of(tx, &contact).await?.is_some()
    {
        return Ok(());
    }
    let zone = zone(&shop.time_zone);
    let due_on = ten_business_days_after(heard.at.with_timezone(&zone).date_naive());
    uncertain_wish::insert(tx, heard.id, &contact, reason, heard.at, due_on).await
}
