//! From a queued mail to a message (RFC 5322).

use super::{Mailer, address, wording};
use chrono::{DateTime, Utc};
use domain::{contact::Email, ids::ExportId, mail::Trouble};
use lettre::{
    Message,
    message::{
        Attachment, Body, Mailbox, MessageBuilder, MultiPart, SinglePart,
        header::{ContentTransferEncoding, ContentType},
    },
};
use std::time::SystemTime;
use store::export::mail::queue::Letter;

/// A mail, and to whom it goes.
#[derive(Clone, Copy)]
pub(super) struct Addressed<'a> {
    pub(super) export: ExportId,
    pub(super) to: &'a Email,
    pub(super) letter: &'a Letter,
}

/// The mail with the file in it.
pub(super) fn attached(
    mailer: &Mailer,
    mail: Addressed<'_>,
    file: Vec<u8>,
    now: DateTime<Utc>,
) -> Result<Message, Trouble> {
    let letter = mail.letter;
    let text = wording::attached(letter.language, &letter.file_name, &letter.shop);
    // Whatever is in the file, it must arrive byte for byte: neither lines nor their ends are touched in base64.
    let file = Body::new_with_encoding(file, ContentTransferEncoding::Base64)
        .map_err(|_| Trouble::FileGone)?;
    let media_type =
        ContentType::parse(letter.file_name.media_type()).map_err(|_| Trouble::FileGone)?;
    let attachment = Attachment::new(letter.file_name.to_string()).body(file, media_type);
    let parts = MultiPart::mixed()
        .singlepart(SinglePart::plain(text))
        .singlepart(attachment);
    let head = head(mailer, mail, now)?;
    head.multipart(parts).map_err(|_| Trouble::Address)
}

/// The mail with a link to the file; the link alone shows nothing to anybody.
pub(super) fn linked(
    mailer: &Mailer,
    mail: Addressed<'_>,
    now: DateTime<Utc>,
) -> Result<Message, Trouble> {
    let letter = mail.letter;
    let until = letter.kept_until.ok_or(Trouble::FileGone)?;
    let link = (mailer.page_of)(mail.export);
    let text = wording::linked(
        letter.language,
        &letter.file_name,
        &letter.shop,
        &link,
        until,
    );
    let head = head(mailer, mail, now)?;
    head.singlepart(SinglePart::plain(text))
        .map_err(|_| Trouble::Address)
}

/// The id is the same at every try: a mail that was sent, but not noted down as sent, is recognised when it comes again.
fn head(
    mailer: &Mailer,
    mail: Addressed<'_>,
    now: DateTime<Utc>,
) -> Result<MessageBuilder, Trouble> {
    let letter = mail.letter;
    let to = address(mail.to).ok_or(Trouble::Address)?;
    let id = format!("<{}@{}>", mail.export, mailer.sender.email.domain());
    Ok(Message::builder()
        .from(mailer.sender.clone())
        .to(Mailbox::new(None, to))
        .message_id(Some(id))
        .date(SystemTime::from(now))
        .subject(wording::subject(
            letter.language,
            &letter.file_name,
            &letter.shop,
        )))
}
