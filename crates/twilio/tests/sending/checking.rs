//! Whether the account can be worked with.

use super::fake::{ACCOUNT, Answer, Fake, client};
use std::time::Duration;
use tokio::net::TcpListener;
use twilio::CheckError;

const LONG: Duration = Duration::from_mins(1);

async fn check(answer: Answer) -> Result<(), CheckError> {
    let fake = Fake::start(answer).await;
    client(&fake.address, LONG).check().await
}

fn account(status: &str) -> Answer {
    Answer::new(
        200,
        format!(
            r#"{{"sid": "{ACCOUNT}", "friendly_name": "Garage", "status": "{status}", "type": "Full"}}"#
        ),
    )
}

#[tokio::test]
async fn an_account_is_asked_for_as_itself() {
    let fake = Fake::start(account("active")).await;
    assert_eq!(client(&fake.address, LONG).check().await, Ok(()));
    let asked = fake.asked();
    assert_eq!(asked.len(), 1);
    assert_eq!(
        asked[0].path,
        format!("/2010-04-01/Accounts/{ACCOUNT}.json")
    );
    // AC0123456789abcdef0123456789abcdef:the-secret-token
    assert_eq!(
        asked[0].authorization,
        "Basic QUMwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZjp0aGUtc2VjcmV0LXRva2Vu"
    );
    assert_eq!(asked[0].body, "");
}

#[tokio::test]
async fn what_twilio_does_not_accept_is_refused() {
    for answer in [
        Answer::error(401, 20003),
        Answer::error(403, 20003),
        Answer::error(404, 20404),
        account("suspended"),
        account("closed"),
    ] {
        assert_eq!(
            check(answer.clone()).await,
            Err(CheckError::Refused),
            "{answer:?}"
        );
    }
}

#[tokio::test]
async fn without_an_answer_nothing_is_known() {
    for answer in [
        Answer::error(500, 20500),
        Answer::error(429, 20429),
        Answer::new(302, "").with("location", "http://127.0.0.1:1/"),
        Answer::new(200, "<html></html>"),
        Answer::new(200, "{}"),
    ] {
        assert_eq!(
            check(answer.clone()).await,
            Err(CheckError::Unreachable),
            "{answer:?}"
        );
    }
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    assert_eq!(
        client(&address, LONG).check().await,
        Err(CheckError::Unreachable)
    );
}
