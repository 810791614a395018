//! Sending the file of an export to whoever made it. The file is made in the browser; its bytes come here in pieces, and wait
//! until they are sent, or downloaded from the link that is.

use crate::{Caller, ServiceError, Services, mail};
use domain::{
    audit::{Action, AuditedList},
    contact::Email,
    export::ExportRefusal,
    ids::{AuditId, ExportId},
    mail::{
        ExportMail, LINK_KEPT, MAILED_KEPT_MAX, MAILED_MAX, MailRequest, MailState, Mailing,
        piece_length, pieces,
    },
    permission::Permission,
};
use store::{AccountTx, attribute::Author, audit, export::mail as store_mail, person};

impl Services {
    /// Whether files can be sent to the caller.
    pub async fn mailing(&self, caller: &Caller) -> Result<Mailing, ServiceError> {
        caller.require(Permission::ExportCustomers)?;
        if self.mailer.is_none() {
            return Ok(Mailing::NotSetUp);
        }
        let mut tx = self.store.read(caller.account).await?;
        let email = own_email(&mut tx, caller).await?;
        Ok(match mail::address(&email) {
            Some(_) => Mailing::Possible,
            None => Mailing::BadAddress,
        })
    }

    /// Announces the file that the caller's export became, to be sent to the caller.
    pub async fn begin_mail(
        &self,
        caller: &Caller,
        request: MailRequest,
    ) -> Result<(), ServiceError> {
        caller.require(Permission::ExportCustomers)?;
        if self.mailer.is_none() {
            return Err(ExportRefusal::NoMail.into());
        }
        if request.bytes > MAILED_MAX {
            return Err(ServiceError::TooLarge);
        }
        let mut tx = self.store.stage(caller.account).await?;
        let (export, _) = self.open_export(&mut tx, caller, request.export).await?;
        let to = own_email(&mut tx, caller).await?;
        if mail::address(&to).is_none() {
            return Err(ExportRefusal::MailAddress.into());
        }
        if request.bytes == 0 || !request.file_name.is_of(export.format) {
            return Err(ExportRefusal::FileMixedUp.into());
        }
        let kept = store_mail::lock_kept(&mut tx, caller.person, request.export).await?;
        if kept + u64::from(request.bytes) > MAILED_KEPT_MAX {
            return Err(ExportRefusal::TooMuchKept.into());
        }
        let kept_until = self.clock.now() + super::KEPT;
        store_mail::insert(&mut tx, &request, &to, kept_until).await?;
        let kept = own_mail(&mut tx, caller, request.export).await?;
        if (kept.bytes, kept.file_name) != (request.bytes, request.file_name) {
            return Err(ExportRefusal::FileMixedUp.into());
        }
        Ok(tx.commit().await?)
    }

    /// Keeps one piece of the file. A piece may come again after a lost answer.
    pub async fn put_mail_piece(
        &self,
        caller: &Caller,
        export: ExportId,
        number: u32,
        bytes: &[u8],
    ) -> Result<(), ServiceError> {
        caller.require(Permission::ExportCustomers)?;
        let mut tx = self.store.stage(caller.account).await?;
        let mail = own_mail(&mut tx, caller, export).await?;
        let length =
            piece_length(mail.bytes, number).and_then(|length| usize::try_from(length).ok());
        if length != Some(bytes.len()) {
            return Err(ExportRefusal::FileMixedUp.into());
        }
        match mail.state {
            MailState::Receiving => {
                store_mail::put_piece(&mut tx, export, number, bytes).await?;
                Ok(tx.commit().await?)
            }
            // It is there with all the others.
            _ => Ok(()),
        }
    }

    /// Queues the mail once the file is there, and writes that into the audit.
    pub async fn send_mail(&self, caller: &Caller, export: ExportId) -> Result<(), ServiceError> {
        let Some(mailer) = &self.mailer else {
            return Err(ExportRefusal::NoMail.into());
        };
        let mut tx = self.store.stage(caller.account).await?;
        let (request, _) = self.open_export(&mut tx, caller, export).await?;
        let mail = own_mail(&mut tx, caller, export).await?;
        let arrived = store_mail::count_pieces(&mut tx, export).await?;
        if mail.state != MailState::Receiving {
            return Ok(());
        }
        if arrived != u64::from(pieces(mail.bytes)) {
            return Err(ExportRefusal::FileMixedUp.into());
        }
        let now = self.clock.now();
        if store_mail::enqueue(&mut tx, export, now, now + LINK_KEPT).await? {
            let action = Action::Mailed {
                list: AuditedList::from(&request.list),
                format: request.format,
            };
            let author = Author {
                person: caller.person,
                at: now,
            };
            audit::insert(&mut tx, AuditId::new(self.new_id()), &action, author).await?;
        }
        tx.commit().await?;
        mailer.wake();
        Ok(())
    }

    /// What became of the mail of the caller's export.
    pub async fn export_mail(
        &self,
        caller: &Caller,
        export: ExportId,
    ) -> Result<ExportMail, ServiceError> {
        caller.require(Permission::ExportCustomers)?;
        let mut tx = self.store.read(caller.account).await?;
        let mut mail = own_mail(&mut tx, caller, export).await?;
        let now = self.clock.now();
        let there = mail.state != MailState::Receiving;
        mail.kept_until = mail.kept_until.filter(|until| there && *until > now);
        Ok(mail)
    }

    /// A piece of the caller's file, while it is kept.
    pub async fn mailed_piece(
        &self,
        caller: &Caller,
        export: ExportId,
        number: u32,
    ) -> Result<Vec<u8>, ServiceError> {
        if self.export_mail(caller, export).await?.kept_until.is_none() {
            return Err(ExportRefusal::FileGone.into());
        }
        let mut tx = self.store.read(caller.account).await?;
        let piece = store_mail::piece(&mut tx, export, number).await?;
        piece.ok_or_else(|| ExportRefusal::FileGone.into())
    }
}

async fn own_mail(
    tx: &mut AccountTx,
    caller: &Caller,
    export: ExportId,
) -> Result<ExportMail, ServiceError> {
    let mail = store_mail::find(tx, export, caller.person).await?;
    mail.ok_or(ServiceError::NotFound)
}

async fn own_email(tx: &mut AccountTx, caller: &Caller) -> Result<Email, ServiceError> {
    let person = person::find(tx.system(), caller.person).await?;
    person
        .map(|person| person.email)
        .ok_or(ServiceError::NotFound)
}
