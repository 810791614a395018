//! `regulars migrate | serve | demo | setup-link | verify-ledger`

// The types of whole pages are deep, and the server is where they are laid out.
#![recursion_limit = "512"]

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    server::cli::run().await
}
