//! Which messages Twilio says that it has.

use super::fake::{ACCOUNT, Answer, Fake, MESSAGE, TEXT, client};
use chrono::{DateTime, Utc};
use domain::phone::E164;
use serde_json::{Value, json};
use std::time::Duration;
use twilio::{CannotSay, Doubt, Listed, MessageStatus, Sender, Trouble};

const SERVICE: &str = "MG0123456789abcdef0123456789abcdef";

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn message(body: &str, from: &str, created: &str) -> Value {
    json!({
        "account_sid": ACCOUNT,
        "body": body,
        "date_created": created,
        "date_sent": null,
        "error_code": null,
        "from": from,
        "messaging_service_sid": null,
        "sid": MESSAGE,
        "status": "queued",
        "to": "+14185551234",
    })
}

fn page(messages: &[Value], next: Option<&str>) -> Answer {
    let page = json!({"messages": messages, "next_page_uri": next, "page": 0, "page_size": 200});
    Answer::new(200, page.to_string())
}

async fn find_with(answer: Answer, sender: &str) -> (Fake, Result<Vec<Listed>, CannotSay>) {
    let fake = Fake::start(answer).await;
    let sender = sender
        .parse()
        .map_or_else(|_| Sender::From(sender.parse().unwrap()), Sender::Service);
    let to = E164::new("+14185551234").unwrap();
    let found = client(&fake.address, Duration::from_mins(1))
        .find(&sender, &to, at("2026-11-26T15:00:00Z"))
        .await;
    (fake, found)
}

async fn find(answer: Answer) -> Result<Vec<Listed>, CannotSay> {
    find_with(answer, "+14185550000").await.1
}

#[tokio::test]
async fn messages_of_the_sender_since_are_found() {
    let created = "Thu, 26 Nov 2026 15:00:00 +0000";
    let mut failed = message(TEXT, "+14185550000", "Thu, 26 Nov 2026 10:00:01 -0500");
    failed["status"] = "failed".into();
    failed["error_code"] = 30003.into();
    let messages = [
        message(TEXT, "+14185550000", created),
        failed,
        message(TEXT, "+14185559999", created),
        message(TEXT, "+14185550000", "Thu, 26 Nov 2026 14:59:59 +0000"),
    ];
    let (fake, found) = find_with(page(&messages, None), "+14185550000").await;
    let found = found.unwrap();
    assert_eq!(found.len(), 2);
    assert_eq!(
        (found[0].sid.as_str(), found[0].status),
        (MESSAGE, Some(MessageStatus::Queued))
    );
    assert_eq!(found[0].created_at, at("2026-11-26T15:00:00Z"));
    assert_eq!(found[1].created_at, at("2026-11-26T15:00:01Z"));
    assert_eq!(
        (found[1].status, found[1].trouble),
        (Some(MessageStatus::Failed), Some(Trouble::OutOfReach))
    );
    let [asked] = &fake.asked()[..] else {
        panic!("one page is asked for")
    };
    assert_eq!(
        asked.path,
        format!("/2010-04-01/Accounts/{ACCOUNT}/Messages.json?To=%2B14185551234&PageSize=200")
    );
    assert!(asked.authorization.starts_with("Basic "));
    assert!(
        !format!("{found:?}").contains("ready"),
        "texts are personal"
    );
}

#[tokio::test]
async fn messages_of_a_service_are_known_by_it() {
    let created = "Thu, 26 Nov 2026 15:00:00 +0000";
    let mut of_service = message("One", "+14185551111", created);
    of_service["messaging_service_sid"] = SERVICE.into();
    let other = message("Two", "+14185551111", created);
    let (_, found) = find_with(page(&[other, of_service], None), SERVICE).await;
    let found = found.unwrap();
    assert!(found.len() == 1 && found[0].says("One"));
}

#[tokio::test]
async fn a_text_is_known_however_twilio_wrote_it() {
    let created = "Thu, 26 Nov 2026 15:00:00 +0000";
    let text = "L’auto est prête… à 5 h\u{a0}– Zoé ";
    for body in [
        text,
        "L'auto est prête... à 5 h - Zoé",
        "Sent from your Twilio trial account - L'auto est prête... à 5 h - Zoé",
    ] {
        let found = find(page(&[message(body, "+14185550000", created)], None)).await;
        assert!(found.unwrap()[0].says(text), "{body}");
    }
    for body in [
        "L'auto est prête",
        "",
        "Re: L'auto est prête... à 5 h - Zoé",
    ] {
        let found = find(page(&[message(body, "+14185550000", created)], None)).await;
        assert!(!found.unwrap()[0].says(text), "{body}");
    }
}

#[tokio::test]
async fn what_is_no_list_says_nothing() {
    let undated = message(TEXT, "+14185550000", "yesterday");
    let garbled = CannotSay::Answer(Doubt::Garbled);
    for (answer, expected) in [
        (
            Answer::error(401, 20003),
            CannotSay::Answer(Doubt::Status(401)),
        ),
        (
            Answer::error(429, 20429),
            CannotSay::Answer(Doubt::Status(429)),
        ),
        (
            Answer::error(500, 20500),
            CannotSay::Answer(Doubt::Status(500)),
        ),
        (Answer::new(200, "<html>"), garbled),
        (Answer::new(200, "{}"), garbled),
        (page(&[undated], None), garbled),
    ] {
        assert_eq!(find(answer).await, Err(expected));
    }
}

#[tokio::test]
async fn pages_are_not_followed_elsewhere_with_the_secret() {
    let other = Fake::start(page(&[], None)).await;
    let found = find(page(&[], Some(&format!("{}/next", other.address)))).await;
    assert_eq!(found, Err(CannotSay::Answer(Doubt::Garbled)));
    assert_eq!(other.asked(), []);
}

#[tokio::test]
async fn a_list_without_end_is_given_up() {
    let created = "Thu, 26 Nov 2026 15:00:00 +0000";
    let messages = [message("Other", "+14185550000", created)];
    let (fake, found) = find_with(page(&messages, Some("/next")), "+14185550000").await;
    assert_eq!(found, Err(CannotSay::TooMany));
    assert_eq!(fake.asked().len(), 10);
}

#[tokio::test]
async fn pages_end_where_all_is_older() {
    let messages = [message(
        TEXT,
        "+14185550000",
        "Tue, 24 Nov 2026 15:00:00 +0000",
    )];
    let (fake, found) = find_with(page(&messages, Some("/next")), "+14185550000").await;
    assert_eq!(found, Ok(Vec::new()));
    assert_eq!(fake.asked().len(), 1);
}
