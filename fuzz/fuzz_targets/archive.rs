//! Stored archives around parts that the fuzzer makes, so that it reaches what stands behind the packing.

/// Splits the input at bytes FF, which no UTF-8 has, into the contents of the named parts, and packs them uncompressed.
pub(crate) fn archive(names: &[&str], fixed: &[(&str, &[u8])], input: &[u8]) -> Vec<u8> {
    let parts = names
        .iter()
        .copied()
        .zip(input.splitn(names.len(), |byte| *byte == 0xFF));
    stored(fixed.iter().copied().chain(parts))
}

fn stored<'a>(parts: impl Iterator<Item = (&'a str, &'a [u8])>) -> Vec<u8> {
    let (mut bytes, mut directory, mut count) = (Vec::new(), Vec::new(), 0_u16);
    for (name, content) in parts {
        let offset = u32::try_from(bytes.len()).unwrap_or_default();
        let size = u32::try_from(content.len())
            .unwrap_or_default()
            .to_le_bytes();
        let name_len = u16::try_from(name.len()).unwrap_or_default().to_le_bytes();
        let mut common = vec![20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        common.extend(size);
        common.extend(size);
        common.extend(name_len);
        common.extend([0, 0]);
        bytes.extend(b"PK\x03\x04");
        bytes.extend(&common);
        bytes.extend(name.as_bytes());
        bytes.extend(content);
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&common);
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
        count += 1;
    }
    let start = u32::try_from(bytes.len()).unwrap_or_default();
    let size = u32::try_from(directory.len()).unwrap_or_default();
    bytes.extend(directory);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend(count.to_le_bytes());
    bytes.extend(count.to_le_bytes());
    bytes.extend(size.to_le_bytes());
    bytes.extend(start.to_le_bytes());
    bytes.extend([0, 0]);
    bytes
}
