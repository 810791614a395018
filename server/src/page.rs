//! Pages: who may see one, and rendering it.

use crate::{security, state::AppState};
use app::{
    app::App,
    request::{Chain, ClientAddress},
    routes,
    shell::shell,
};
use axum::{
    extract::{OriginalUri, Request, State},
    http::{StatusCode, Uri, header},
    response::{IntoResponse, Redirect, Response},
};
use domain::person::Me;
use leptos::prelude::provide_context;
use service::{Caller, ServiceError};
use tokio::runtime;

/// Every page of the app, found or not. Strangers are led to sign-in before anything is rendered.
pub(crate) async fn page(
    State(state): State<AppState>,
    OriginalUri(uri): OriginalUri,
    mut request: Request,
) -> Response {
    let wanted = uri
        .path_and_query()
        .map_or(uri.path(), |whole| whole.as_str());
    let visitor = match visitor(&state, state.cookie.read(request.headers())).await {
        Ok(visitor) => visitor,
        Err(cause) => return failed(&cause),
    };
    let Some((caller, me)) = visitor else {
        return if routes::is_public(uri.path()) {
            render(state, None, request).await
        } else {
            Redirect::to(&routes::sign_in_then(wanted)).into_response()
        };
    };
    if uri.path() == routes::SIGN_IN {
        return Redirect::to(routes::safe_next(next(&uri).as_deref())).into_response();
    }
    if uri.path() == "/" {
        return Redirect::to(routes::HOME).into_response();
    }
    request.extensions_mut().insert(caller);
    render(state, Some(me), request).await
}

/// For addresses that are neither a page nor a file: a page that says so to people, a bare status to everything else.
pub(crate) async fn missing(
    state: State<AppState>,
    uri: OriginalUri,
    request: Request,
) -> Response {
    let reads_pages = request
        .headers()
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"));
    if reads_pages {
        page(state, uri, request).await
    } else {
        StatusCode::NOT_FOUND.into_response()
    }
}

async fn visitor(
    state: &AppState,
    token: Option<String>,
) -> Result<Option<(Caller, Me)>, ServiceError> {
    let Some(token) = token else { return Ok(None) };
    let Some(caller) = state.services.caller(&token).await? else {
        return Ok(None);
    };
    let me = state.services.me(&caller).await?;
    Ok(Some((caller, me)))
}

fn next(uri: &Uri) -> Option<String> {
    let query = uri.query()?;
    let encoded = query
        .split('&')
        .find_map(|pair| pair.strip_prefix("next="))?;
    let mut decoded = Vec::with_capacity(encoded.len());
    let mut bytes = encoded.bytes();
    while let Some(byte) = bytes.next() {
        decoded.push(if byte == b'%' {
            let digits = [bytes.next()?, bytes.next()?];
            u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?
        } else {
            byte
        });
    }
    String::from_utf8(decoded).ok()
}

async fn render(state: AppState, me: Option<Me>, request: Request) -> Response {
    let address = request
        .extensions()
        .get::<ClientAddress>()
        .cloned()
        .unwrap_or_default();
    let context = {
        let state = state.clone();
        move || {
            provide_context(state.services.clone());
            provide_context(state.cookie);
            provide_context(address.clone());
            provide_context(me.clone());
            security::protect_page(state.site.live_reload.as_deref());
        }
    };
    let options = state.leptos;
    let render =
        leptos_axum::render_app_to_stream_with_context(context, move || shell(options.clone()));
    render(request).await
}

/// When not even the session can be read. Plain text in both languages, for nothing else can be known of the reader.
fn failed(cause: &ServiceError) -> Response {
    let cause = Chain(cause);
    tracing::error!(%cause, "a page could not be prepared");
    let text = "Regulars cannot reach its database at the moment. Nothing was lost. Please reload in a minute.\n\
                Regulars ne peut joindre sa base de données en ce moment. Rien n’est perdu. Rechargez dans une minute.\n";
    (
        StatusCode::SERVICE_UNAVAILABLE,
        [(header::RETRY_AFTER, "30")],
        text,
    )
        .into_response()
}

/// The addresses of the app's own pages.
///
/// The app is run once to find them, and gone at once. What it starts meanwhile goes to a runtime that never runs it: it would
/// read what is not there any more, and panic.
pub(crate) fn listings() -> Vec<leptos_axum::AxumRouteListing> {
    let Ok(never_run) = runtime::Builder::new_current_thread().build() else {
        return leptos_axum::generate_route_list(App);
    };
    let listings = {
        let _entered = never_run.enter();
        leptos_axum::generate_route_list(App)
    };
    never_run.shutdown_background();
    listings
}
