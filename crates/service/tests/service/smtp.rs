//! A mail server (RFC 5321) that answers as it is told, and keeps what it is sent.

use std::{
    collections::VecDeque,
    net::SocketAddr,
    sync::{Arc, Mutex},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

/// What happens to one mail.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Reply {
    /// The recipient is answered so.
    Recipient(&'static str),
    /// The mail is taken, and the connection lost before that is said.
    LostAnswer,
}

#[derive(Default)]
struct State {
    /// For the mails to come; then each is taken.
    replies: VecDeque<Reply>,
    inbox: Vec<String>,
}

#[derive(Clone)]
pub(crate) struct Smtp {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
}

impl Smtp {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let state = Arc::new(Mutex::new(State::default()));
        let smtp = Self {
            address: listener.local_addr().unwrap(),
            state: state.clone(),
        };
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(talk(stream, state.clone()));
            }
        });
        smtp
    }

    pub(crate) fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    pub(crate) fn reply(&self, times: usize, reply: Reply) {
        let mut state = self.state.lock().unwrap();
        state.replies.extend(std::iter::repeat_n(reply, times));
    }

    /// Everything it took, in the order of arrival.
    pub(crate) fn inbox(&self) -> Vec<String> {
        self.state.lock().unwrap().inbox.clone()
    }
}

/// Whoever hangs up in the middle ends the talk.
async fn talk(stream: TcpStream, state: Arc<Mutex<State>>) -> std::io::Result<()> {
    let (reader, mut writer) = stream.into_split();
    let mut lines = BufReader::new(reader);
    writer.write_all(b"220 mail.test\r\n").await?;
    let mut lost_answer = false;
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let verb = line.get(..4).unwrap_or_default().to_ascii_uppercase();
        let answer = match &*verb {
            "EHLO" => "250-mail.test\r\n250 8BITMIME",
            "RCPT" => {
                let reply = state.lock().unwrap().replies.pop_front();
                lost_answer = matches!(reply, Some(Reply::LostAnswer));
                match reply {
                    Some(Reply::Recipient(answer)) => answer,
                    _ => "250 ok",
                }
            }
            "DATA" => {
                writer.write_all(b"354 go on\r\n").await?;
                let mut mail = String::new();
                loop {
                    let mut line = String::new();
                    lines.read_line(&mut line).await?;
                    if line == ".\r\n" {
                        break;
                    }
                    mail.push_str(line.strip_prefix('.').unwrap_or(&line));
                }
                state.lock().unwrap().inbox.push(mail);
                if lost_answer {
                    return Ok(());
                }
                "250 ok"
            }
            "QUIT" => "221 bye",
            _ => "250 ok",
        };
        writer.write_all(format!("{answer}\r\n").as_bytes()).await?;
    }
}
