//! What Twilio answers, and what it is asked.

use super::fake::{ACCOUNT, Answer, Fake, MESSAGE, TOKEN, client, send, send_with};
use domain::phone::E164;
use std::time::Duration;
use twilio::{
    Credentials, MessageStatus, Outgoing, SendError, Sender, Sent, SetUpError, Settings, Trouble,
    Twilio,
};

/// The resource as Twilio writes it.
fn created(status: &str) -> Answer {
    Answer::new(
        201,
        format!(
            r#"{{"account_sid": "{ACCOUNT}", "api_version": "2010-04-01", "body": "Your car is ready", "date_created": "Thu, 26 Nov 2026 13:38:40 +0000",
            "date_sent": null, "direction": "outbound-api", "error_code": null, "error_message": null, "from": "+14185550000", "messaging_service_sid": null,
            "num_media": "0", "num_segments": "1", "price": null, "price_unit": null, "sid": "{MESSAGE}", "status": "{status}",
            "subresource_uris": {{"media": "/2010-04-01/Accounts/{ACCOUNT}/Messages/{MESSAGE}/Media.json"}}, "to": "+14185551234",
            "uri": "/2010-04-01/Accounts/{ACCOUNT}/Messages/{MESSAGE}.json"}}"#
        ),
    )
}

fn sent(status: Option<MessageStatus>) -> Sent {
    Sent {
        sid: MESSAGE.parse().unwrap(),
        status,
    }
}

#[tokio::test]
async fn a_message_is_posted_as_twilio_wants_it() {
    let fake = Fake::start(created("queued")).await;
    let client = client(&fake.address, Duration::from_mins(1));
    assert_eq!(
        send_with(&client).await,
        Ok(sent(Some(MessageStatus::Queued)))
    );
    let asked = fake.asked();
    assert_eq!(asked.len(), 1);
    assert_eq!(
        asked[0].path,
        format!("/2010-04-01/Accounts/{ACCOUNT}/Messages.json")
    );
    assert_eq!(asked[0].content_type, "application/x-www-form-urlencoded");
    // AC0123456789abcdef0123456789abcdef:the-secret-token
    assert_eq!(
        asked[0].authorization,
        "Basic QUMwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZjp0aGUtc2VjcmV0LXRva2Vu"
    );
    assert_eq!(
        asked[0].body,
        "From=%2B14185550000&To=%2B14185551234&Body=Your+car+is+ready+%26+clean%2C+Zo%C3%A9+%2B+1\
         &StatusCallback=https%3A%2F%2Fshop.example%2Fhooks%2Fstatus%3Fm%3D1"
    );
}

#[tokio::test]
async fn a_service_sends_and_a_key_signs_in() {
    let fake = Fake::start(created("accepted")).await;
    let credentials = Credentials::ApiKey {
        sid: "SKkey".to_owned(),
        secret: "s".into(),
    };
    let mut settings = Settings::new(ACCOUNT.parse().unwrap(), credentials).unwrap();
    settings.base_url = fake.address.parse().unwrap();
    let client = Twilio::new(settings).unwrap();
    let sender = Sender::Service("MG0123456789abcdef0123456789abcdef".parse().unwrap());
    let to = E164::new("+14185551234").unwrap();
    let message = Outgoing {
        sender: &sender,
        to: &to,
        text: "Hi",
        status_callback: None,
    };
    assert_eq!(
        client.send(&message).await,
        Ok(sent(Some(MessageStatus::Accepted)))
    );
    let asked = fake.asked();
    assert_eq!(
        asked[0].body,
        "MessagingServiceSid=MG0123456789abcdef0123456789abcdef&To=%2B14185551234&Body=Hi"
    );
    // SKkey:s
    assert_eq!(asked[0].authorization, "Basic U0trZXk6cw==");
}

#[tokio::test]
async fn a_status_that_is_not_known_is_still_a_message_that_was_taken() {
    assert_eq!(send(created("pondering")).await, Ok(sent(None)));
}

#[tokio::test]
async fn a_refusal_says_what_is_wrong_with_the_message() {
    for (code, trouble) in [
        (21610, Trouble::Unsubscribed),
        (21211, Trouble::InvalidNumber),
        (21614, Trouble::NotMobile),
        (21408, Trouble::Country),
        (21606, Trouble::Sender),
        (21608, Trouble::Trial),
        (21617, Trouble::Text),
        (30002, Trouble::Account),
        (29999, Trouble::Other(Some(29999))),
    ] {
        let answer = send(Answer::error(400, code)).await.unwrap_err();
        assert_eq!(answer, SendError::Refused(trouble));
        assert!(!answer.may_have_been_sent() && !answer.is_passing());
        assert!(!format!("{answer} {answer:?}").contains("+1"));
    }
    let bare = send(Answer::new(404, "<html>not found</html>")).await;
    assert_eq!(bare, Err(SendError::Refused(Trouble::Other(None))));
}

#[tokio::test]
async fn who_sends_too_fast_is_told_when_to_come_back() {
    let slow_down = Answer::error(429, 20429).with("retry-after", "7");
    let answer = send(slow_down).await.unwrap_err();
    assert_eq!(
        answer,
        SendError::TooFast {
            retry_after: Some(Duration::from_secs(7))
        }
    );
    assert!(answer.is_passing() && !answer.may_have_been_sent());
    for answer in [
        Answer::new(429, ""),
        Answer::error(429, 20429).with("retry-after", "soon"),
        Answer::error(400, 14107),
    ] {
        assert_eq!(
            send(answer).await,
            Err(SendError::TooFast { retry_after: None })
        );
    }
}

#[tokio::test]
async fn wrong_credentials_are_said_to_be_wrong() {
    for answer in [
        Answer::error(401, 20003),
        Answer::error(403, 20003),
        Answer::new(401, ""),
    ] {
        assert_eq!(send(answer).await, Err(SendError::Unauthorized));
    }
}

#[test]
fn secrets_and_messages_are_not_printed() {
    let client = client("http://127.0.0.1:1", Duration::from_secs(1));
    let to = E164::new("+14185551234").unwrap();
    let sender = Sender::Service("MG0123456789abcdef0123456789abcdef".parse().unwrap());
    let message = Outgoing {
        sender: &sender,
        to: &to,
        text: "private words",
        status_callback: None,
    };
    let printed = format!("{client:?} {message:?}");
    assert!(
        !printed.contains(TOKEN) && !printed.contains("private") && !printed.contains("5551234"),
        "{printed}"
    );
}

#[test]
fn an_address_without_encryption_is_refused_but_on_this_machine() {
    let made = |url: &str| {
        let mut settings = Settings::new(
            ACCOUNT.parse().unwrap(),
            Credentials::AuthToken(TOKEN.into()),
        )
        .unwrap();
        settings.base_url = url.parse().unwrap();
        Twilio::new(settings).map(|_| ())
    };
    assert_eq!(made("http://api.twilio.com"), Err(SetUpError::Insecure));
    assert_eq!(
        made("http://127.0.0.1.example.com"),
        Err(SetUpError::Insecure)
    );
    for url in [
        "https://api.twilio.com",
        "http://127.0.0.1:9",
        "http://[::1]:9",
        "http://localhost:9",
    ] {
        assert_eq!(made(url), Ok(()), "{url}");
    }
    assert_eq!(made("data:text/plain,x"), Err(SetUpError::Insecure));
}
