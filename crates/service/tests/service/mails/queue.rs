//! What may have changed between a mail being queued and its being sent, and what the mail server thinks of it.

use super::{attachment, header, kept_pieces, mail, mail_by, open, send_next, state};
use crate::{
    shop::{EMAIL, Shop},
    smtp::Reply,
};
use chrono::Duration;
use domain::{
    account::Country,
    ids::ExportId,
    mail::{Carriage, ExportMail, MailState, Trouble},
    permission::Role,
    slot::Field,
};
use sqlx::PgPool;

async fn export_mail(shop: &Shop, export: ExportId) -> ExportMail {
    let mail = shop.services.export_mail(&shop.owner, export).await;
    mail.unwrap()
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn nothing_is_sent_to_who_was_removed_or_may_not_export_any_more(pool: PgPool) {
    let (shop, smtp) = open(&pool).await;
    let removed = shop.hire(Role::Manager, "removed").await;
    let demoted = shop.hire(Role::Manager, "demoted").await;
    let promoted = shop.hire(Role::Manager, "promoted").await;
    for caller in [&removed, &demoted, &promoted] {
        mail_by(&shop, caller, b"Ana").await;
    }
    let (services, owner) = (&shop.services, &shop.owner);
    let removal = services.remove_member(owner, removed.person).await;
    removal.unwrap();
    for (caller, role) in [(&demoted, Role::Advisor), (&promoted, Role::Owner)] {
        let change = services.set_role(owner, caller.person, role).await;
        change.unwrap();
    }
    while send_next(&shop).await {}

    let [arrived] = &smtp.inbox()[..] else {
        panic!("one mail was to arrive")
    };
    assert_eq!(header(arrived, "To"), "promoted@example.com");
    assert_eq!(kept_pieces(&pool).await, 0);
    let ends: Vec<(String, Option<String>)> = sqlx::query_as(
        "select state, trouble #>> '{}' from export_mail join export using (account_id, export_id)
         join person using (person_id) order by email",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    let failed = || ("failed".to_owned(), Some("not_allowed".to_owned()));
    assert_eq!(ends, [failed(), ("sent".to_owned(), None), failed()]);
    shop.clock.advance(Duration::hours(1));
    assert!(!send_next(&shop).await, "it is not tried again");
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_mail_goes_to_the_present_address(pool: PgPool) {
    let (shop, smtp) = open(&pool).await;
    let export = mail(&shop, b"Ana").await;
    assert_eq!(export_mail(&shop, export).await.to.as_str(), EMAIL);
    sqlx::query("update person set email = 'new@example.com'")
        .execute(&pool)
        .await
        .unwrap();
    assert!(send_next(&shop).await);
    assert_eq!(header(&smtp.inbox()[0], "To"), "new@example.com");
    let sent = export_mail(&shop, export).await;
    assert_eq!(sent.to.as_str(), "new@example.com");
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn what_the_mail_server_finds_too_large_comes_as_a_link_at_once(pool: PgPool) {
    let (shop, smtp) = open(&pool).await;
    smtp.reply(1, Reply::Recipient("552 too large"));
    let export = mail(&shop, b"Ana").await;
    assert!(send_next(&shop).await);
    assert_eq!(
        state(&shop, export).await,
        MailState::Waiting { trouble: None }
    );
    assert!(send_next(&shop).await);
    let sent = export_mail(&shop, export).await;
    assert_eq!(
        (sent.state, sent.carriage),
        (MailState::Sent, Carriage::Linked)
    );
    assert!(sent.kept_until.is_some());
    let inbox = smtp.inbox();
    assert!(inbox[0].contains(&format!("https://crm.test/exports/{export}")));
    assert!(!inbox[0].contains("attachment;"));
    let piece = shop.services.mailed_piece(&shop.owner, export, 0).await;
    assert_eq!(piece.unwrap(), b"Ana");
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_link_that_is_too_large_is_given_up(pool: PgPool) {
    let (shop, smtp) = open(&pool).await;
    smtp.reply(2, Reply::Recipient("552 the mailbox is full"));
    let export = mail(&shop, b"Ana").await;
    while send_next(&shop).await {}
    let trouble = Trouble::Refused { code: 552 };
    assert_eq!(state(&shop, export).await, MailState::Failed { trouble });
    assert_eq!(kept_pieces(&pool).await, 0);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_mail_waits_while_the_mail_server_does_not_let_this_one_sign_in(pool: PgPool) {
    let (shop, smtp) = open(&pool).await;
    smtp.reply(1, Reply::Recipient("535 the password was changed"));
    let export = mail(&shop, b"Ana").await;
    assert!(send_next(&shop).await);
    let trouble = Some(Trouble::SignIn { code: 535 });
    assert_eq!(state(&shop, export).await, MailState::Waiting { trouble });
    shop.clock.advance(Duration::seconds(5));
    assert!(send_next(&shop).await);
    assert_eq!(state(&shop, export).await, MailState::Sent);
    assert_eq!(attachment(&smtp.inbox()[0]), b"Ana");
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_mail_that_cannot_be_read_is_given_up_and_stops_no_other(pool: PgPool) {
    let (shop, smtp) = open(&pool).await;
    let broken = mail(&shop, b"Ana").await;
    sqlx::query("update export_mail set language = 'xx'")
        .execute(&pool)
        .await
        .unwrap();
    shop.clock.advance(Duration::seconds(1));
    let sound = mail(&shop, b"Bo").await;
    while send_next(&shop).await {}
    let trouble = Trouble::Unreadable;
    assert_eq!(state(&shop, broken).await, MailState::Failed { trouble });
    assert_eq!(state(&shop, sound).await, MailState::Sent);
    assert_eq!((smtp.inbox().len(), kept_pieces(&pool).await), (1, 0));
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn an_account_whose_mails_cannot_be_taken_stops_no_other(pool: PgPool) {
    let (mut shop, smtp) = open(&pool).await;
    mail(&shop, b"Ana").await;
    sqlx::raw_sql(
        "create function fail() returns trigger language plpgsql as $$ begin raise 'out of order'; end $$;
         create trigger fail before update on export_mail for each row
         when (new.file_bytes = 3) execute function fail()",
    )
    .execute(&pool)
    .await
    .unwrap();
    shop.clock.advance(Duration::seconds(1));
    let (name, zone) = ("Other".to_owned(), "UTC".to_owned());
    let other = shop
        .services
        .create_account(&shop.owner, name, Country::CANADA, zone)
        .await;
    shop.owner.account = other.unwrap();
    shop.add_customer(&[(Field::FirstName, "Bo")]).await;
    let export = mail(&shop, b"Bo").await;
    assert!(send_next(&shop).await);
    assert_eq!(state(&shop, export).await, MailState::Sent);
    assert_eq!(attachment(&smtp.inbox()[0]), b"Bo");
    let rest = shop.services.send_next_mail().await;
    assert!(rest.is_err(), "it is said that some cannot be taken");
}
