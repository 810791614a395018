//! Delimited text of any bytes.

#![no_main]

mod check;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| check::check("fuzz.csv", bytes));
