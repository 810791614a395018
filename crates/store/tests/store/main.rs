//! The database against what the house rules promise, on a real PostgreSQL.

mod lists;
mod migrations;
mod revs;
mod samples;
mod tenancy;
mod texts;
