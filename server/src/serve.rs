//! `regulars serve`

use crate::{
    AppState, cli,
    config::{Config, Mail},
    jobs, router,
    state::{FeedState, Site},
};
use anyhow::Context;
use app::{request::SessionCookie, routes};
use leptos::config::get_configuration;
use service::{Mailer, ProviderConfig, Services};
use std::{net::SocketAddr, sync::Arc, time::Duration};
use store::Store;
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    sync::watch,
    task::JoinSet,
};

/// How long open requests may take after the server was told to stop.
const GRACE: Duration = Duration::from_secs(30);
/// How often an open stream of changes asks whether its session still holds.
const SESSION_CHECKED_EVERY: Duration = Duration::from_mins(1);

pub(crate) async fn serve(config: Config, store: Store, services: Services) -> anyhow::Result<()> {
    let leptos_file = config.leptos_file.to_string_lossy();
    let leptos = get_configuration(Some(&leptos_file))
        .with_context(|| {
            format!("{leptos_file} cannot be read. REGULARS_LEPTOS_FILE says where it is")
        })?
        .leptos_options;
    let listener = TcpListener::bind(config.listen).await.with_context(|| {
        format!(
            "Cannot listen on {}. Is another server running there? REGULARS_LISTEN chooses another",
            config.listen
        )
    })?;

    cli::say(&format!("Regulars is at {}", config.public_url))?;
    if services.setup_needed().await? {
        let link = cli::setup_link(&services, &config).await?;
        cli::say(&format!(
            "There is no account yet. Make the first one with this link, which works once:\n  {link}"
        ))?;
    }

    let live_reload = config
        .live_reload
        .then(|| format!("ws://{}:{}", leptos.site_addr.ip(), leptos.reload_port));
    let site = Site {
        origin: config.public_url.clone(),
        secure: config.secure(),
        behind_proxy: config.behind_proxy,
        live_reload,
    };
    let services = match &config.mail {
        Some(mail) => services.with_mailer(mailer(mail, &config)),
        None => services,
    };
    let services = services.with_providers(provider(&config));
    services.end_simulation().await?;
    let (stop, mut stopping) = watch::channel(false);
    let state = AppState {
        services: services.clone(),
        store: store.clone(),
        leptos,
        cookie: SessionCookie::new(config.secure()),
        site,
        feed: FeedState {
            stopping: stopping.clone(),
            check_every: SESSION_CHECKED_EVERY,
        },
    };
    let feed = tokio::spawn(jobs::relay_feed(store.clone(), stopping.clone()));
    let jobs = tokio::spawn(jobs::run(services.clone(), stopping.clone()));
    let mails = tokio::spawn(jobs::send_mails(services.clone(), stopping.clone()));
    let mut messages = JoinSet::new();
    for _ in 0..jobs::SENDERS {
        messages.spawn(jobs::send_messages(services.clone(), stopping.clone()));
    }
    let app = router(state).into_make_service_with_connect_info::<SocketAddr>();
    let stopped = async move { jobs::stopped(&mut stopping).await };
    let serving = tokio::spawn(
        axum::serve(listener, app)
            .with_graceful_shutdown(stopped)
            .into_future(),
    );

    told_to_stop().await?;
    tracing::info!("stopping: open requests finish first");
    stop.send_replace(true);
    if let Ok(served) = tokio::time::timeout(GRACE, serving).await {
        served
            .context("the server failed")?
            .context("the server failed")?;
    } else {
        tracing::warn!(
            after_seconds = GRACE.as_secs(),
            "requests were still open when the time was up"
        );
    }
    jobs.await.context("a background job failed")?;
    mails.await.context("sending mails failed")?;
    while let Some(ended) = messages.join_next().await {
        ended.context("sending messages failed")?;
    }
    feed.await.context("the feed failed")?;
    store.close().await;
    tracing::info!("stopped");
    Ok(())
}

fn provider(config: &Config) -> ProviderConfig {
    ProviderConfig {
        key: config.secret_key.clone(),
        environment: config.twilio.clone(),
        api: config.twilio_api.clone(),
        site: config.public_url.clone(),
    }
}

fn mailer(mail: &Mail, config: &Config) -> Arc<Mailer> {
    let site = config.public_url.clone();
    let page_of = move |export| format!("{site}{}", routes::exported(export));
    Mailer::new(mail.server.clone(), mail.sender.clone(), page_of)
}

async fn told_to_stop() -> anyhow::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = terminate.recv() => Ok(()),
        pressed = tokio::signal::ctrl_c() => Ok(pressed?),
    }
}
