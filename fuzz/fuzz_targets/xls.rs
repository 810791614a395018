//! The container of old Office files, and the records within it.

#![no_main]

mod check;

const MAGIC: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    check::check("fuzz.xls", bytes);
    check::check("fuzz.xls", &workbook(bytes));
});

/// A compound file of one stream, the records that the fuzzer makes.
fn workbook(records: &[u8]) -> Vec<u8> {
    const SECTOR: usize = 512;
    // At least the size from which a stream has sectors of its own.
    let len = records.len().max(4096);
    let sectors = len.div_ceil(SECTOR).min(100);
    let mut file = vec![0; SECTOR * (3 + sectors)];
    let mut put = |at: usize, bytes: &[u8]| file[at..at + bytes.len()].copy_from_slice(bytes);
    put(0, MAGIC);
    put(30, &[9, 0, 6, 0]);
    put(44, &1_u32.to_le_bytes());
    put(48, &1_u32.to_le_bytes());
    put(56, &4096_u32.to_le_bytes());
    put(60, &[0xFE, 0xFF, 0xFF, 0xFF]);
    put(68, &[0xFE, 0xFF, 0xFF, 0xFF]);
    put(76, &0_u32.to_le_bytes());
    put(80, &[0xFF; 432]);
    put(SECTOR, &[0xFD, 0xFF, 0xFF, 0xFF, 0xFE, 0xFF, 0xFF, 0xFF]);
    for sector in 0..sectors {
        let next = if sector + 1 == sectors {
            0xFFFF_FFFE
        } else {
            u32::try_from(sector + 3).unwrap_or_default()
        };
        put(SECTOR + (2 + sector) * 4, &next.to_le_bytes());
    }
    for (at, name, kind, first, size) in [
        (0, "Root Entry", 5, 0xFFFF_FFFE, 0),
        (128, "Workbook", 2, 2_u32, sectors * SECTOR),
    ] {
        let entry = SECTOR * 2 + at;
        for (index, unit) in name.encode_utf16().enumerate() {
            put(entry + index * 2, &unit.to_le_bytes());
        }
        put(
            entry + 64,
            &[
                u8::try_from(name.len() * 2 + 2).unwrap_or_default(),
                0,
                kind,
            ],
        );
        put(entry + 116, &first.to_le_bytes());
        put(
            entry + 120,
            &u32::try_from(size).unwrap_or_default().to_le_bytes(),
        );
    }
    put(SECTOR * 3, &records[..records.len().min(sectors * SECTOR)]);
    file
}
