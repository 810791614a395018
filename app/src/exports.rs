//! Exporting customers.
