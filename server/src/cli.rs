//! The command line.

use crate::{config::Config, demo, serve, telemetry};
use anyhow::Context;
use clap::{Parser, Subcommand};
use secrecy::ExposeSecret;
use service::{Services, SystemClock};
use std::{
    io::{self, Write},
    process::ExitCode,
    sync::Arc,
};
use store::Store;

/// Regulars keeps the customer profiles of a service shop. Its settings come from the environment; `regulars settings`
/// lists them.
#[derive(Debug, Parser)]
#[command(name = "regulars", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Clone, Copy, Debug, Subcommand)]
enum Command {
    /// Bring the database up to date
    Migrate,
    /// Serve the app
    Serve,
    /// Load a demo shop with 500 customers, unless there is an account already
    Demo,
    /// Print a new one-time link for the first owner, while there is no account
    SetupLink,
    /// Check the ledger of consent of every account: that no event is missing or changed, and that what screens and sending go
    /// by is what the events come to
    VerifyLedger,
    /// List the settings and what each means
    Settings,
}

/// Parses the command line and runs it.
pub async fn run() -> ExitCode {
    let command = Arguments::parse().command;
    match execute(command).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Standard error is closed: nobody is left to tell.
            writeln!(io::stderr(), "{error:#}").ok();
            ExitCode::FAILURE
        }
    }
}

async fn execute(command: Command) -> anyhow::Result<()> {
    if matches!(command, Command::Settings) {
        return say(Config::DESCRIPTION);
    }
    let config = Config::from_env()?;
    telemetry::start(&config);
    let store = Store::connect(
        config.database_url.expose_secret(),
        config.database_connections,
    )
    .await
    .context("The database cannot be reached. DATABASE_URL says where it is")?;
    if matches!(command, Command::Migrate) {
        return store
            .migrate()
            .await
            .context("The database could not be brought up to date");
    }
    anyhow::ensure!(
        store
            .is_current()
            .await
            .context("The database cannot be read")?,
        "The database is not up to date. Run: regulars migrate"
    );
    let services = Services::new(store.clone(), Arc::new(SystemClock));
    match command {
        Command::Serve => serve::serve(config, store, services).await,
        Command::Demo => say(&demo::load(store, &services, &config).await?),
        Command::SetupLink => say(&setup_link(&services, &config).await?),
        Command::VerifyLedger => verify_ledger(&services).await,
        Command::Migrate | Command::Settings => Ok(()),
    }
}

/// The link that makes the first owner; an error once there is an account.
pub(crate) async fn setup_link(services: &Services, config: &Config) -> anyhow::Result<String> {
    let token = services
        .new_setup_link()
        .await?
        .context("There is an account already. Its owners invite people in Settings → People")?;
    Ok(config.link(&app::routes::setup(&token)))
}

/// Says how each ledger is; an error when one does not hold.
async fn verify_ledger(services: &Services) -> anyhow::Result<()> {
    let mut flaws = 0;
    for (account, verified) in services.verify_ledgers().await? {
        say(&format!(
            "{account}: {} events about {} contact points",
            verified.events, verified.contact_points
        ))?;
        for flaw in &verified.flaws {
            say(&format!("{account}: {flaw}"))?;
        }
        flaws += verified.flaws.len();
    }
    anyhow::ensure!(
        flaws == 0,
        "The ledger does not hold. Keep this database as it is, and compare it with a backup"
    );
    say("Every ledger holds")
}

pub(crate) fn say(text: &str) -> anyhow::Result<()> {
    let mut out = io::stdout();
    writeln!(out, "{text}")?;
    Ok(out.flush()?)
}
