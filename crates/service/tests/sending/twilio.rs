//! A server on this machine that speaks Twilio's language, in its own words: what it takes, it keeps, and lists when it is asked.

use ::twilio::{Credentials, Settings, Twilio};
use axum::{
    Router,
    body::{Body, Bytes},
    extract::{Query, State},
    http::{Response, Uri},
    routing::post,
};
use chrono::{DateTime, Utc};
use domain::phone::E164;
use futures::stream;
use serde_json::{Value, json};
use std::{
    collections::{HashMap, VecDeque},
    fmt, io,
    sync::{Arc, Mutex},
};
use tokio::{net::TcpListener, sync::Notify};

pub(crate) const ACCOUNT: &str = "AC0123456789abcdef0123456789abcdef";
pub(crate) const TOKEN: &str = "the-secret-token";
pub(crate) const NUMBER: &str = "+14185550000";
/// The server's pages are small, so that lists have several.
const PAGE: usize = 2;

/// How it deals with a request to send a message.
#[derive(Clone, Debug)]
pub(crate) enum Manner {
    Take,
    /// An error in Twilio's words.
    Refuse {
        status: u16,
        code: u32,
        retry_after: Option<u32>,
    },
    /// An answer that does not say whether it took the message, which it did or did not.
    Vague {
        status: u16,
        takes: bool,
    },
    /// The connection breaks.
    Cut {
        takes: bool,
    },
    /// It does nothing until it is let.
    Held(Arc<Gate>, Box<Manner>),
    /// It never answers; the gate tells that it has come so far.
    Silent {
        takes: bool,
        gate: Arc<Gate>,
    },
}

/// Where a request waits.
#[derive(Debug, Default)]
pub(crate) struct Gate {
    arrived: Notify,
    open: Notify,
}

impl Gate {
    pub(crate) async fn arrived(&self) {
        self.arrived.notified().await;
    }

    pub(crate) fn open(&self) {
        self.open.notify_one();
    }
}

/// A message that it took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Taken {
    pub(crate) sid: String,
    pub(crate) to: String,
    pub(crate) body: String,
    pub(crate) callback: Option<String>,
    pub(crate) created_at: DateTime<Utc>,
    status: &'static str,
}

type Now = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

#[derive(Clone)]
pub(crate) struct Provider {
    pub(crate) address: String,
    now: Now,
    state: Arc<Mutex<Kept>>,
}

impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Provider")
    }
}

#[derive(Default)]
struct Kept {
    taken: Vec<Taken>,
    /// For the requests that come next, one after the other; then it takes what comes.
    manners: VecDeque<Manner>,
    asked: usize,
    lists: usize,
    /// Lists that it refuses to give.
    broken_lists: usize,
    stopped: Vec<String>,
    log: Option<Arc<Mutex<Vec<&'static str>>>>,
}

impl Provider {
    pub(crate) async fn start(now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let provider = Self {
            address: format!("http://{}", listener.local_addr().unwrap()),
            now: Arc::new(now),
            state: Arc::default(),
        };
        let path = format!("/2010-04-01/Accounts/{ACCOUNT}/Messages.json");
        let router = Router::new()
            .route(&path, post(create).get(list))
            .with_state(provider.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        provider
    }

    /// How it deals with the next requests.
    pub(crate) fn next(&self, manners: impl IntoIterator<Item = Manner>) {
        self.state.lock().unwrap().manners.extend(manners);
    }

    /// The next request waits at the gate that is given back.
    pub(crate) fn hold_next(&self, then: Manner) -> Arc<Gate> {
        let gate = Arc::new(Gate::default());
        self.next([Manner::Held(Arc::clone(&gate), Box::new(then))]);
        gate
    }

    /// The next request is never answered; the gate tells when it has come.
    pub(crate) fn silence_next(&self, takes: bool) -> Arc<Gate> {
        let gate = Arc::new(Gate::default());
        let silent = Manner::Silent {
            takes,
            gate: Arc::clone(&gate),
        };
        self.next([silent]);
        gate
    }

    /// Forgets how it was to deal with requests that have not come.
    pub(crate) fn be_usual(&self) {
        self.state.lock().unwrap().manners.clear();
    }

    /// To whom it refused to send because they wrote STOP to it, since it was asked last.
    pub(crate) fn refused_by_stop(&self) -> Vec<String> {
        std::mem::take(&mut self.state.lock().unwrap().stopped)
    }

    pub(crate) fn break_lists(&self, lists: usize) {
        self.state.lock().unwrap().broken_lists = lists;
    }

    /// Notes down when it takes a message.
    pub(crate) fn log_to(&self, log: &Arc<Mutex<Vec<&'static str>>>) {
        self.state.lock().unwrap().log = Some(Arc::clone(log));
    }

    pub(crate) fn taken(&self) -> Vec<Taken> {
        self.taken_since(0)
    }

    /// What came behind the first `before`.
    pub(crate) fn taken_since(&self, before: usize) -> Vec<Taken> {
        self.state.lock().unwrap().taken[before..].to_vec()
    }

    pub(crate) fn bodies(&self) -> Vec<String> {
        self.taken().into_iter().map(|taken| taken.body).collect()
    }

    /// How many requests to send a message came.
    pub(crate) fn asked(&self) -> usize {
        self.state.lock().unwrap().asked
    }

    pub(crate) fn lists(&self) -> usize {
        self.state.lock().unwrap().lists
    }

    /// Somebody else sends from the same number.
    pub(crate) fn take_from_elsewhere(&self, to: &E164, body: &str) {
        let fields = [("To", to.as_str()), ("Body", body)];
        let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
        self.take(&HashMap::from(fields));
    }

    fn take(&self, fields: &HashMap<String, String>) -> Taken {
        let created_at = (self.now)();
        let mut state = self.state.lock().unwrap();
        let taken = Taken {
            sid: format!("SM{:032x}", state.taken.len() + 1),
            to: fields["To"].clone(),
            body: fields["Body"].clone(),
            callback: fields.get("StatusCallback").cloned(),
            status: "queued",
            created_at,
        };
        if let Some(log) = &state.log {
            log.lock().unwrap().push("taken");
        }
        state.taken.push(taken.clone());
        taken
    }
}

/// A client of it. What waits for an answer waits for long: nothing here is decided by how fast this machine is.
pub(crate) fn client(address: &str) -> Twilio {
    let credentials = Credentials::AuthToken(TOKEN.into());
    let mut settings = Settings::new(ACCOUNT.parse().unwrap(), credentials).unwrap();
    settings.base_url = address.parse().unwrap();
    settings.timeout = std::time::Duration::from_mins(5);
    Twilio::new(settings).unwrap()
}

async fn create(State(provider): State<Provider>, body: Bytes) -> Response<Body> {
    let fields: HashMap<String, String> = form_urlencoded::parse(&body).into_owned().collect();
    let mut manner = {
        let mut state = provider.state.lock().unwrap();
        state.asked += 1;
        state.manners.pop_front().unwrap_or(Manner::Take)
    };
    while let Manner::Held(gate, then) = manner {
        gate.arrived.notify_one();
        gate.open.notified().await;
        manner = *then;
    }
    match manner {
        Manner::Take | Manner::Held(..) => answer(201, None, &resource(&provider.take(&fields))),
        Manner::Refuse {
            status,
            code,
            retry_after,
        } => {
            if code == 21610 {
                let mut state = provider.state.lock().unwrap();
                state.stopped.push(fields["To"].clone());
            }
            answer(status, retry_after, &error(status, code))
        }
        Manner::Silent { takes, gate } => {
            if takes {
                provider.take(&fields);
            }
            gate.arrived.notify_one();
            std::future::pending().await
        }
        Manner::Vague { status, takes } => {
            if takes {
                provider.take(&fields);
            }
            answer(status, None, &json!("<html>"))
        }
        Manner::Cut { takes } => {
            if takes {
                provider.take(&fields);
            }
            let broken = stream::iter([Err::<Bytes, _>(io::Error::other("cut"))]);
            Response::builder()
                .status(201)
                .body(Body::from_stream(broken))
                .unwrap()
        }
    }
}

async fn list(
    State(provider): State<Provider>,
    uri: Uri,
    Query(query): Query<HashMap<String, String>>,
) -> Response<Body> {
    let mut state = provider.state.lock().unwrap();
    state.lists += 1;
    if state.broken_lists > 0 {
        state.broken_lists -= 1;
        return answer(500, None, &error(500, 20500));
    }
    let mut found: Vec<&Taken> = state
        .taken
        .iter()
        .filter(|taken| query.get("To").is_none_or(|to| *to == taken.to))
        .collect();
    found.reverse();
    let page: usize = query.get("Page").map_or(0, |page| page.parse().unwrap());
    let size = query["PageSize"].parse::<usize>().unwrap().min(PAGE);
    let messages: Vec<Value> = found
        .iter()
        .skip(page * size)
        .take(size)
        .map(|taken| resource(taken))
        .collect();
    let more = found.len() > (page + 1) * size;
    let next = more.then(|| {
        let to = &query["To"];
        let to: String = form_urlencoded::byte_serialize(to.as_bytes()).collect();
        format!(
            "{}?To={to}&PageSize={size}&Page={}&PageToken=PASM{page}",
            uri.path(),
            page + 1
        )
    });
    let body = json!({
        "messages": messages,
        "page": page,
        "page_size": size,
        "start": page * size,
        "end": page * size + messages.len(),
        "uri": uri.to_string(),
        "first_page_uri": uri.to_string(),
        "previous_page_uri": null,
        "next_page_uri": next,
    });
    answer(200, None, &body)
}

fn resource(taken: &Taken) -> Value {
    let date = taken.created_at.to_rfc2822();
    json!({
        "account_sid": ACCOUNT,
        "api_version": "2010-04-01",
        "body": taken.body,
        "date_created": date,
        "date_sent": null,
        "date_updated": date,
        "direction": "outbound-api",
        "error_code": null,
        "error_message": null,
        "from": NUMBER,
        "messaging_service_sid": null,
        "num_media": "0",
        "num_segments": "1",
        "price": null,
        "price_unit": "USD",
        "sid": taken.sid,
        "status": taken.status,
        "subresource_uris": {"media": format!("/2010-04-01/Accounts/{ACCOUNT}/Messages/{}/Media.json", taken.sid)},
        "to": taken.to,
        "uri": format!("/2010-04-01/Accounts/{ACCOUNT}/Messages/{}.json", taken.sid),
    })
}

fn error(status: u16, code: u32) -> Value {
    json!({
        "code": code,
        "message": "What is wrong, in words.",
        "more_info": format!("https://www.twilio.com/docs/errors/{code}"),
        "status": status,
    })
}

fn answer(status: u16, retry_after: Option<u32>, body: &Value) -> Response<Body> {
    let mut response = Response::builder()
        .status(status)
        .header("content-type", "application/json");
    if let Some(seconds) = retry_after {
        response = response.header("retry-after", seconds.to_string());
    }
    response.body(Body::from(body.to_string())).unwrap()
}
