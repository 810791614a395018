//! `regulars migrate | serve | demo | setup-link`

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    server::cli::run().await
}
