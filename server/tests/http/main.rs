//! The server over a real database, asked without a network.

mod operation;
mod pages;
mod sessions;
mod support;
