//! Whole files of any kind.

#![no_main]

mod check;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| check::check("fuzz.xlsx", bytes));
