//! Use cases on a real PostgreSQL, refusals included.

mod attributes;
mod customers;
mod erasure;
mod invites;
mod members;
mod push;
mod set_up;
mod shop;
mod sign_in;
mod two_shops;
