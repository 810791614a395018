//! The binary `regulars`, as a library so that its tests can hold it: wiring only. What happens is in `service`, what is
//! seen in `app`.

// The types of whole pages are deep, and the server is where they are laid out.
#![recursion_limit = "512"]

mod api;
mod assets;
pub mod cli;
pub mod config;
pub mod demo;
mod health;
mod jobs;
mod origin;
mod page;
mod router;
mod security;
mod serve;
mod state;
mod telemetry;
mod to_the_end;
mod webhooks;

pub use router::router;
pub use state::{AppState, FeedState, Site};
