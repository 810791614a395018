//! What happens when the answer does not come, or is none.

use super::fake::{Answer, Fake, MESSAGE, client, send, send_with};
use std::time::Duration;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};
use twilio::{Doubt, SendError};

const LONG: Duration = Duration::from_mins(1);

/// A server that takes one request, writes `answer` and closes the connection.
async fn cut_after(answer: &'static [u8]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = Vec::new();
        // The last field ends the request.
        while !request.ends_with(b"m%3D1") {
            stream.read_buf(&mut request).await.unwrap();
        }
        stream.write_all(answer).await.unwrap();
    });
    address
}

#[tokio::test]
async fn an_error_of_the_server_leaves_it_open_whether_the_message_was_sent() {
    for status in [500, 502, 503, 504, 408, 302] {
        let answer = send(Answer::error(status, 20500).with("location", "http://127.0.0.1:1/"))
            .await
            .unwrap_err();
        assert_eq!(answer, SendError::Unknown(Doubt::Status(status)));
        assert!(answer.may_have_been_sent() && !answer.is_passing());
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed_with_the_secret() {
    let other = Fake::start(Answer::new(200, "")).await;
    let location: &'static str = Box::leak(other.address.clone().into_boxed_str());
    let answer = send(Answer::new(307, "").with("location", location)).await;
    assert_eq!(answer, Err(SendError::Unknown(Doubt::Status(307))));
    assert_eq!(other.asked(), []);
}

#[tokio::test]
async fn an_answer_that_is_not_understood_leaves_it_open() {
    let long = format!(
        r#"{{"sid": "{MESSAGE}", "body": "{}"}}"#,
        "x".repeat(100_000)
    );
    for body in [
        "",
        "{",
        "<html></html>",
        "[]",
        r#"{"status": "queued"}"#,
        r#"{"sid": "SM1"}"#,
        long.as_str(),
    ] {
        assert_eq!(
            send(Answer::new(201, body)).await,
            Err(SendError::Unknown(Doubt::Garbled)),
            "{body:.40}"
        );
    }
}

#[tokio::test]
async fn a_server_that_does_not_answer_in_time_leaves_it_open() {
    // Takes the connection, and says nothing as long as the test runs.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let answer = send_with(&client(&address, Duration::from_millis(50))).await;
    assert_eq!(answer, Err(SendError::Unknown(Doubt::Timeout)));
}

#[tokio::test]
async fn a_connection_that_breaks_leaves_it_open() {
    for answer in [
        &b""[..],
        b"HTTP/1.1 201 Crea",
        b"HTTP/1.1 201 Created\r\ncontent-length: 100\r\n\r\n{\"sid\":",
    ] {
        let address = cut_after(answer).await;
        assert_eq!(
            send_with(&client(&address, LONG)).await,
            Err(SendError::Unknown(Doubt::Cut)),
            "{answer:?}"
        );
    }
}

#[tokio::test]
async fn a_refusal_whose_reason_is_cut_off_is_a_refusal() {
    let address =
        cut_after(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 100\r\n\r\n{\"code\":").await;
    let answer = send_with(&client(&address, LONG)).await.unwrap_err();
    assert!(!answer.may_have_been_sent());
}

#[tokio::test]
async fn without_a_connection_nothing_is_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let answer = send_with(&client(&address, LONG)).await.unwrap_err();
    assert_eq!(answer, SendError::Unreachable);
    assert!(answer.is_passing() && !answer.may_have_been_sent());
}
