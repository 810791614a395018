//! Exported files that are sent by e-mail: the queue, what arrives, and what is kept how long.

mod queue;

use crate::{
    shop::{EMAIL, Shop},
    smtp::{Reply, Smtp},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::Duration;
use domain::{
    audit::{Action, AuditedList},
    export::{ExportFormat, ExportList, ExportRefusal, ExportRequest},
    ids::ExportId,
    mail::{
        ATTACHMENT_MAX, FileName, MAILED_KEPT_MAX, MAILED_MAX, MailLanguage, MailRequest,
        MailState, Mailing, PIECE_BYTES, Trouble, pieces,
    },
    permission::{Permission, Role},
    slot::{Field, Slot},
};
use service::{Caller, Mailer, Sender, ServiceError, Services, SmtpServer};
use sqlx::PgPool;

const SENDER: &str = "Regulars <crm@regulars.test>";

fn with_mailer(services: &Services, url: &str) -> Services {
    let server = SmtpServer::parse(&url.into()).unwrap();
    let sender = Sender::parse(SENDER).unwrap();
    let page_of = |export| format!("https://crm.test/exports/{export}");
    let mailer = Mailer::new(server, sender, page_of);
    services.clone().with_mailer(mailer)
}

/// A shop with a customer and a mail server.
async fn open(pool: &PgPool) -> (Shop, Smtp) {
    let mut shop = Shop::open(pool).await;
    let smtp = Smtp::start().await;
    shop.services = with_mailer(&shop.services, &smtp.url());
    shop.add_customer(&[(Field::FirstName, "Ana")]).await;
    (shop, smtp)
}

async fn begin_export(shop: &Shop) -> ExportId {
    begin_export_by(shop, &shop.owner).await
}

async fn begin_export_by(shop: &Shop, caller: &Caller) -> ExportId {
    let request = ExportRequest {
        list: ExportList::All,
        columns: vec![Slot::Field(Field::FirstName)],
        format: ExportFormat::Csv,
    };
    let begun = shop.services.begin_export(caller, request).await;
    begun.unwrap().id
}

fn request(export: ExportId, bytes: usize) -> MailRequest {
    MailRequest {
        export,
        file_name: FileName::parse("Customers 2025-10-09.csv").unwrap(),
        bytes: u32::try_from(bytes).unwrap(),
        language: MailLanguage::English,
    }
}

/// Sends a file as the page does.
async fn mail(shop: &Shop, file: &[u8]) -> ExportId {
    mail_by(shop, &shop.owner, file).await
}

async fn mail_by(shop: &Shop, caller: &Caller, file: &[u8]) -> ExportId {
    let export = begin_export_by(shop, caller).await;
    // The audit is in the order of its ids, which know no less than a millisecond.
    shop.clock.advance(Duration::milliseconds(1));
    mail_as(shop, caller, request(export, file.len()), file).await;
    export
}

async fn mail_as(shop: &Shop, caller: &Caller, request: MailRequest, file: &[u8]) {
    let (services, export) = (&shop.services, request.export);
    services.begin_mail(caller, request).await.unwrap();
    for (number, piece) in (0..).zip(file.chunks(PIECE_BYTES as usize)) {
        let put = services.put_mail_piece(caller, export, number, piece);
        put.await.unwrap();
    }
    services.send_mail(caller, export).await.unwrap();
}

async fn state(shop: &Shop, export: ExportId) -> MailState {
    let mail = shop.services.export_mail(&shop.owner, export).await;
    mail.unwrap().state
}

async fn send_next(shop: &Shop) -> bool {
    shop.services.send_next_mail().await.unwrap()
}

async fn kept_pieces(pool: &PgPool) -> i64 {
    sqlx::query_scalar("select count(*) from export_mail_piece")
        .fetch_one(pool)
        .await
        .unwrap()
}

fn refusal<T>(answer: Result<T, ServiceError>) -> Option<ExportRefusal> {
    match answer.err()? {
        ServiceError::Export(refusal) => Some(refusal),
        _ => None,
    }
}

fn header<'a>(mail: &'a str, name: &str) -> &'a str {
    let line = mail.lines().find_map(|line| line.strip_prefix(name));
    line.unwrap().trim_start_matches(':').trim()
}

/// The bytes of the attachment, which is the last part.
fn attachment(mail: &str) -> Vec<u8> {
    let (_, part) = mail.split_once("Content-Disposition: attachment").unwrap();
    let (_, rest) = part.split_once("\r\n\r\n").unwrap();
    let (encoded, _) = rest.split_once("\r\n--").unwrap();
    STANDARD.decode(encoded.replace("\r\n", "")).unwrap()
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_file_arrives_byte_for_byte_and_is_erased(pool: PgPool) {
    let (shop, smtp) = open(&pool).await;
    let file: Vec<u8> = (0..PIECE_BYTES + 7)
        .map(|n| u8::try_from(n * 31 % 251).unwrap())
        .collect();
    let export = mail(&shop, &file).await;
    assert_eq!(
        state(&shop, export).await,
        MailState::Waiting { trouble: None }
    );
    assert_eq!(kept_pieces(&pool).await, 2);
    shop.services.mail_queued().await;

    assert!(send_next(&shop).await);
    assert_eq!(state(&shop, export).await, MailState::Sent);
    assert!(!send_next(&shop).await, "it is sent once");
    let [mail] = &smtp.inbox()[..] else {
        panic!("one mail was to arrive")
    };
    assert_eq!(attachment(mail), file);
    assert_eq!(header(mail, "To"), EMAIL);
    assert_eq!(header(mail, "From"), "Regulars <crm@regulars.test>");
    assert_eq!(
        header(mail, "Message-ID"),
        format!("<{export}@regulars.test>")
    );
    assert!(mail.contains("Customers 2025-10-09.csv") && mail.contains("Content-Type: text/csv"));
    assert_eq!(kept_pieces(&pool).await, 0);
    let sent = shop
        .services
        .export_mail(&shop.owner, export)
        .await
        .unwrap();
    assert_eq!((sent.to.as_str(), sent.kept_until), (EMAIL, None));

    let audit = shop.services.audit(&shop.owner, None).await.unwrap().rows;
    let mailed = Action::Mailed {
        list: AuditedList::All,
        format: ExportFormat::Csv,
    };
    assert_eq!((audit.len(), &audit[0].action), (2, &mailed));
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_mail_is_in_the_language_of_who_exported(pool: PgPool) {
    let (shop, smtp) = open(&pool).await;
    let export = begin_export(&shop).await;
    let french = MailRequest {
        file_name: FileName::parse("Clients désabonnés 2025-10-09.csv").unwrap(),
        language: MailLanguage::French,
        ..request(export, 1)
    };
    mail_as(&shop, &shop.owner, french, b"x").await;
    assert!(send_next(&shop).await);
    let mail = &smtp.inbox()[0];
    // The subject and the name are not ASCII: RFC 2047, RFC 2231.
    assert!(mail.contains("Subject: Clients =?utf-8?b?"), "{mail}");
    assert!(mail.contains("filename*0*=utf-8''Clients%20d"), "{mail}");
    assert!(
        mail.contains("Elle contient des donn=C3=A9es personnelles."),
        "{mail}"
    );
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_mail_server_that_is_busy_is_asked_again_after_seconds(pool: PgPool) {
    let (shop, smtp) = open(&pool).await;
    smtp.reply(1, Reply::Recipient("451 not now"));
    let export = mail(&shop, b"Ana").await;
    assert!(send_next(&shop).await);
    let trouble = Some(Trouble::Busy { code: 451 });
    assert_eq!(state(&shop, export).await, MailState::Waiting { trouble });
    assert!(!send_next(&shop).await, "not at once");
    shop.clock.advance(Duration::seconds(5));
    assert!(send_next(&shop).await);
    assert_eq!(state(&shop, export).await, MailState::Sent);
    assert_eq!(smtp.inbox().len(), 1);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_mail_server_that_is_down_for_an_hour_gets_the_mail_in_the_end(pool: PgPool) {
    let (mut shop, smtp) = open(&pool).await;
    let up = shop.services.clone();
    // Nobody listens on the port of a listener that is gone.
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("smtp://{}", gone.local_addr().unwrap());
    drop(gone);
    shop.services = with_mailer(&shop.services, &url);
    let export = mail(&shop, b"Ana").await;
    let mut tries = 0;
    for _ in 0..60 {
        tries += usize::from(send_next(&shop).await);
        shop.clock.advance(Duration::minutes(1));
    }
    let trouble = Some(Trouble::Unreachable);
    assert_eq!(state(&shop, export).await, MailState::Waiting { trouble });
    assert!((5..15).contains(&tries), "{tries} tries");
    shop.services = up;
    shop.clock.advance(Duration::minutes(30));
    assert!(send_next(&shop).await);
    assert_eq!(state(&shop, export).await, MailState::Sent);
    assert_eq!(attachment(&smtp.inbox()[0]), b"Ana");
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_mail_is_given_up_after_a_day_and_its_file_erased(pool: PgPool) {
    let (shop, smtp) = open(&pool).await;
    smtp.reply(1_000, Reply::Recipient("421 closed"));
    let export = mail(&shop, b"Ana").await;
    let trouble = Trouble::Busy { code: 421 };
    for half_hours in 0.. {
        send_next(&shop).await;
        if state(&shop, export).await == (MailState::Failed { trouble }) {
            assert!((44..=48).contains(&half_hours), "{half_hours} half hours");
            break;
        }
        shop.clock.advance(Duration::minutes(30));
    }
    assert_eq!(kept_pieces(&pool).await, 0);
    shop.clock.advance(Duration::hours(1));
    assert!(!send_next(&shop).await);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn what_the_mail_server_refuses_for_good_is_not_tried_again(pool: PgPool) {
    let (shop, smtp) = open(&pool).await;
    smtp.reply(1, Reply::Recipient("550 nobody here"));
    let export = mail(&shop, b"Ana").await;
    assert!(send_next(&shop).await);
    let trouble = Trouble::Refused { code: 550 };
    assert_eq!(state(&shop, export).await, MailState::Failed { trouble });
    assert_eq!(kept_pieces(&pool).await, 0);
    shop.clock.advance(Duration::hours(1));
    assert!(!send_next(&shop).await);
    assert_eq!(smtp.inbox().len(), 0);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_mail_whose_answer_was_lost_comes_again_under_the_same_id(pool: PgPool) {
    let (shop, smtp) = open(&pool).await;
    smtp.reply(1, Reply::LostAnswer);
    mail(&shop, b"Ana").await;
    assert!(send_next(&shop).await);
    shop.clock.advance(Duration::seconds(5));
    assert!(send_next(&shop).await);
    let inbox = smtp.inbox();
    assert_eq!(inbox.len(), 2);
    assert_eq!(
        header(&inbox[0], "Message-ID"),
        header(&inbox[1], "Message-ID")
    );
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn two_servers_send_each_mail_once(pool: PgPool) {
    let (shop, smtp) = open(&pool).await;
    for _ in 0..6 {
        mail(&shop, b"Ana").await;
    }
    let other = with_mailer(&shop.services, &smtp.url());
    let drain = async |services: &Services| {
        while services.send_next_mail().await.unwrap() {}
    };
    tokio::join!(drain(&shop.services), drain(&other));
    let inbox = smtp.inbox();
    let mut ids: Vec<_> = inbox
        .iter()
        .map(|mail| header(mail, "Message-ID"))
        .collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!((ids.len(), inbox.len()), (6, 6));
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_large_file_is_a_link_for_its_owner_that_ends_after_a_week(pool: PgPool) {
    let (shop, smtp) = open(&pool).await;
    let size = ATTACHMENT_MAX as usize + 1;
    let file = vec![b'x'; size];
    let export = mail(&shop, &file).await;
    assert!(send_next(&shop).await);
    assert_eq!(state(&shop, export).await, MailState::Sent);
    let mail = &smtp.inbox()[0];
    assert!(mail.len() < 2_000 && mail.contains(&format!("https://crm.test/exports/{export}")));

    let services = &shop.services;
    let found = services.export_mail(&shop.owner, export).await.unwrap();
    assert!(found.kept_until.is_some());
    let mut downloaded = Vec::new();
    for number in 0..pieces(found.bytes) {
        let piece = services.mailed_piece(&shop.owner, export, number).await;
        downloaded.extend(piece.unwrap());
    }
    assert!(downloaded == file);
    let colleague = shop.hire(Role::Manager, "colleague").await;
    let not_theirs = services.mailed_piece(&colleague, export, 0).await;
    assert!(matches!(not_theirs, Err(ServiceError::NotFound)));
    let elsewhere = services
        .create_account(
            &shop.owner,
            "Other".to_owned(),
            domain::account::Country::CANADA,
            "UTC".to_owned(),
        )
        .await
        .unwrap();
    let mut elsewhere_owner = shop.owner.clone();
    elsewhere_owner.account = elsewhere;
    let not_there = services.mailed_piece(&elsewhere_owner, export, 0).await;
    assert!(matches!(not_there, Err(ServiceError::NotFound)));

    shop.clock.advance(Duration::days(7) - Duration::seconds(1));
    services.sweep_exports().await.unwrap();
    assert!(services.mailed_piece(&shop.owner, export, 0).await.is_ok());
    shop.clock.advance(Duration::seconds(1));
    let late = services.mailed_piece(&shop.owner, export, 0).await;
    assert_eq!(refusal(late), Some(ExportRefusal::FileGone));
    assert_eq!(kept_pieces(&pool).await, i64::from(pieces(found.bytes)));
    services.sweep_exports().await.unwrap();
    assert_eq!(kept_pieces(&pool).await, 0);
    let over = services.export_mail(&shop.owner, export).await.unwrap();
    assert_eq!((over.state, over.kept_until), (MailState::Sent, None));
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_file_that_never_arrives_whole_is_erased_after_a_day(pool: PgPool) {
    let (shop, _) = open(&pool).await;
    let export = begin_export(&shop).await;
    let services = &shop.services;
    let size = PIECE_BYTES as usize + 1;
    services
        .begin_mail(&shop.owner, request(export, size))
        .await
        .unwrap();
    let piece = vec![b'x'; PIECE_BYTES as usize];
    services
        .put_mail_piece(&shop.owner, export, 0, &piece)
        .await
        .unwrap();
    let early = services.mailed_piece(&shop.owner, export, 0).await;
    assert_eq!(refusal(early), Some(ExportRefusal::FileGone));
    shop.clock.advance(Duration::days(1));
    services.sweep_exports().await.unwrap();
    assert_eq!(kept_pieces(&pool).await, 0);
    let trouble = Trouble::FileGone;
    assert_eq!(state(&shop, export).await, MailState::Failed { trouble });
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_file_must_arrive_as_it_was_announced(pool: PgPool) {
    let (shop, _) = open(&pool).await;
    let (services, owner, export) = (&shop.services, &shop.owner, begin_export(&shop).await);
    let mixed_up = Some(ExportRefusal::FileMixedUp);
    let workbook = MailRequest {
        file_name: FileName::parse("Customers.xlsx").unwrap(),
        ..request(export, 3)
    };
    assert_eq!(
        refusal(services.begin_mail(owner, workbook).await),
        mixed_up
    );
    let empty = services.begin_mail(owner, request(export, 0)).await;
    assert_eq!(refusal(empty), mixed_up);
    let too_large = services
        .begin_mail(owner, request(export, MAILED_MAX as usize + 1))
        .await;
    assert!(matches!(too_large, Err(ServiceError::TooLarge)));

    services
        .begin_mail(owner, request(export, 3))
        .await
        .unwrap();
    services
        .begin_mail(owner, request(export, 3))
        .await
        .unwrap();
    let other_size = services.begin_mail(owner, request(export, 4)).await;
    assert_eq!(refusal(other_size), mixed_up);
    for (number, bytes) in [(0, &b"xx"[..]), (0, b"xxxx"), (1, b"x"), (u32::MAX, b"x")] {
        let put = services.put_mail_piece(owner, export, number, bytes).await;
        assert_eq!(refusal(put), mixed_up, "{number}");
    }
    assert_eq!(refusal(services.send_mail(owner, export).await), mixed_up);
    for _ in 0..2 {
        services
            .put_mail_piece(owner, export, 0, b"Ana")
            .await
            .unwrap();
    }
    for _ in 0..2 {
        services.send_mail(owner, export).await.unwrap();
        services
            .put_mail_piece(owner, export, 0, b"Ana")
            .await
            .unwrap();
    }
    let audit = services.audit(owner, None).await.unwrap().rows;
    assert_eq!(audit.len(), 2, "what is asked for again is one mail");
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn no_more_than_a_gigabyte_is_kept_of_a_person(pool: PgPool) {
    let (shop, _) = open(&pool).await;
    let colleague = shop.hire(Role::Manager, "colleague").await;
    let begin = async |caller: &Caller, export, bytes| {
        let request = request(export, bytes);
        shop.services.begin_mail(caller, request).await
    };
    let [largest, mut left] =
        [u64::from(MAILED_MAX), MAILED_KEPT_MAX].map(|bytes| usize::try_from(bytes).unwrap());
    while left >= largest {
        let export = begin_export(&shop).await;
        begin(&shop.owner, export, largest).await.unwrap();
        left -= largest;
    }
    let last = begin_export(&shop).await;
    let refused = begin(&shop.owner, last, left + 1).await;
    assert_eq!(refusal(refused), Some(ExportRefusal::TooMuchKept));
    for _ in 0..2 {
        // The second time after a lost answer.
        begin(&shop.owner, last, left).await.unwrap();
    }
    let theirs = begin_export_by(&shop, &colleague).await;
    begin(&colleague, theirs, largest).await.unwrap();

    shop.clock.advance(Duration::days(1));
    shop.services.sweep_exports().await.unwrap();
    let export = begin_export(&shop).await;
    begin(&shop.owner, export, largest).await.unwrap();
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn nobody_sends_what_another_exported_or_may_not_export(pool: PgPool) {
    let (shop, _) = open(&pool).await;
    let (services, export) = (&shop.services, begin_export(&shop).await);
    services
        .begin_mail(&shop.owner, request(export, 1))
        .await
        .unwrap();
    for role in Role::ALL {
        let caller = shop.hire(*role, &format!("new-{}", role.key())).await;
        let may = role.may(Permission::ExportCustomers);
        assert_eq!(services.mailing(&caller).await.is_ok(), may, "{role:?}");
        for answer in [
            services.begin_mail(&caller, request(export, 1)).await.err(),
            services
                .put_mail_piece(&caller, export, 0, b"x")
                .await
                .err(),
            services.send_mail(&caller, export).await.err(),
            services.export_mail(&caller, export).await.err(),
            services.mailed_piece(&caller, export, 0).await.err(),
        ] {
            let refused = if may {
                matches!(answer, Some(ServiceError::NotFound))
            } else {
                matches!(answer, Some(ServiceError::Forbidden))
            };
            assert!(refused, "{role:?}: {answer:?}");
        }
    }
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn it_is_said_beforehand_that_no_mail_can_be_sent(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    shop.add_customer(&[(Field::FirstName, "Ana")]).await;
    let export = begin_export(&shop).await;
    let plain = &shop.services;
    assert_eq!(plain.mailing(&shop.owner).await.unwrap(), Mailing::NotSetUp);
    let refused = plain.begin_mail(&shop.owner, request(export, 1)).await;
    assert_eq!(refusal(refused), Some(ExportRefusal::NoMail));
    assert!(!plain.send_next_mail().await.unwrap());

    let services = with_mailer(plain, "smtp://127.0.0.1:1");
    assert_eq!(
        services.mailing(&shop.owner).await.unwrap(),
        Mailing::Possible
    );
    sqlx::query("update person set email = 'owner..@example.com'")
        .execute(&pool)
        .await
        .unwrap();
    assert_eq!(
        services.mailing(&shop.owner).await.unwrap(),
        Mailing::BadAddress
    );
    let refused = services.begin_mail(&shop.owner, request(export, 1)).await;
    assert_eq!(refusal(refused), Some(ExportRefusal::MailAddress));
}
