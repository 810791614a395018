//! Work goes on to its end when the client leaves. What is dropped half-way leaves others to cope with it: a page's
//! reactive values go while another thread still renders with them.

use axum::{
    body::{Body, Bytes},
    extract::Request,
    http::header,
    middleware::Next,
    response::Response,
};
use futures::{SinkExt, StreamExt, channel::mpsc};
use tracing::Instrument;

/// Parts of a page that may wait for a slow client.
const AHEAD: usize = 4;

/// Runs the handler in a task of its own, and a page to the end of its stream.
pub(crate) async fn to_the_end(request: Request, next: Next) -> Response {
    let work = async move { next.run(request).await }.in_current_span();
    match tokio::spawn(work).await {
        Ok(response) if is_page(&response) => response.map(keep_reading),
        Ok(response) => response,
        Err(failure) => std::panic::resume_unwind(failure.into_panic()),
    }
}

fn is_page(response: &Response) -> bool {
    response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}

fn keep_reading(page: Body) -> Body {
    let (mut client, parts) = mpsc::channel::<Result<Bytes, axum::Error>>(AHEAD);
    let mut page = page.into_data_stream();
    let reading = async move {
        while let Some(part) = page.next().await {
            // A client that left takes nothing any more.
            client.send(part).await.ok();
        }
    };
    tokio::spawn(reading.in_current_span());
    Body::from_stream(parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::{Router, middleware::from_fn, response::Html, routing::get};
    use futures::{FutureExt, channel::oneshot, stream};
    use std::sync::{Arc, Mutex};
    use tower::ServiceExt;

    type Once<T> = Arc<Mutex<Option<T>>>;

    fn once<T>(value: T) -> Once<T> {
        Arc::new(Mutex::new(Some(value)))
    }

    fn take<T>(once: &Once<T>) -> T {
        once.lock().unwrap().take().unwrap()
    }

    fn served(handler: axum::routing::MethodRouter) -> Router {
        Router::new().route("/", handler).layer(from_fn(to_the_end))
    }

    fn request() -> Request {
        Request::new(Body::empty())
    }

    #[tokio::test]
    async fn a_call_goes_on_when_its_client_left() {
        let (go_on, told) = oneshot::channel::<()>();
        let (finish, finished) = oneshot::channel::<()>();
        let (told, finish) = (once(told), once(finish));
        let app = served(get(async move || {
            let (told, finish) = (take(&told), take(&finish));
            told.await.unwrap();
            finish.send(()).unwrap();
        }));
        let mut answer = Box::pin(app.oneshot(request()));
        assert!(answer.as_mut().now_or_never().is_none());
        drop(answer);
        go_on.send(()).unwrap();
        finished.await.unwrap();
    }

    #[tokio::test]
    async fn a_page_is_rendered_to_its_end_when_its_client_left() {
        let (finish, finished) = oneshot::channel::<()>();
        let finish = once(finish);
        let app = served(get(async move || {
            let finish = take(&finish);
            let parts = stream::iter(0..100).map(|part| Ok::<_, axum::Error>(part.to_string()));
            let end = stream::once(async move {
                finish.send(()).unwrap();
                Ok(String::from("end"))
            });
            Html(Body::from_stream(parts.chain(end)))
        }));
        drop(app.oneshot(request()).await.unwrap());
        finished.await.unwrap();
    }

    #[tokio::test]
    async fn a_page_arrives_whole() {
        let app = served(get(async || {
            let parts = stream::iter(0..100).map(|part| Ok::<_, axum::Error>(part.to_string()));
            Html(Body::from_stream(parts))
        }));
        let answer = app.oneshot(request()).await.unwrap();
        let body = axum::body::to_bytes(answer.into_body(), usize::MAX)
            .await
            .unwrap();
        let whole: String = (0..100).map(|part| part.to_string()).collect();
        assert_eq!(body, whole.as_bytes());
    }

    #[tokio::test]
    async fn what_is_no_page_ends_with_its_client() {
        let (keep, dropped) = oneshot::channel::<()>();
        let keep = once(keep);
        let app = served(get(async move || {
            let keep = take(&keep);
            let endless = stream::repeat_with(move || {
                let _kept = &keep;
                Ok::<_, axum::Error>("tick")
            });
            Body::from_stream(endless)
        }));
        drop(app.oneshot(request()).await.unwrap());
        assert!(dropped.await.is_err());
    }
}
