//! The contents of an OpenDocument spreadsheet.

#![no_main]

mod archive;
mod check;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let fixed = [(
        "mimetype",
        b"application/vnd.oasis.opendocument.spreadsheet".as_slice(),
    )];
    check::check(
        "fuzz.ods",
        &archive::archive(&["content.xml"], &fixed, bytes),
    );
});
