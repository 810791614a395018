//! The parts of an XLSB.

#![no_main]

mod archive;
mod check;

/// One sheet of the name S behind the relation rId1.
const WORKBOOK: &[u8] = b"\x9C\x01\x1A\0\0\0\0\x01\0\0\0\x04\0\0\0r\0I\0d\x001\0\x01\0\0\0S\0";
const RELATIONS: &[u8] = br#"<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.bin"/><Relationship Id="rId2" Type="x/sharedStrings" Target="sharedStrings.bin"/><Relationship Id="rId3" Type="x/styles" Target="styles.bin"/></Relationships>"#;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let names = [
        "xl/worksheets/sheet1.bin",
        "xl/sharedStrings.bin",
        "xl/styles.bin",
    ];
    let fixed = [
        ("xl/workbook.bin", WORKBOOK),
        ("xl/_rels/workbook.bin.rels", RELATIONS),
    ];
    check::check("fuzz.xlsb", &archive::archive(&names, &fixed, bytes));
});
