//! Appending texts of a few letters, as most cells are.

/// Appends bytes, and shows them to `look` in eights, the rest with zeros behind.
///
/// Eight at a time, whatever of them is kept: in WebAssembly a copy of a length that the compiler does not know is a call out of
/// the module, which takes longer than a few letters do.
#[inline]
pub(super) fn push_looking(out: &mut Vec<u8>, bytes: &[u8], mut look: impl FnMut(u64)) {
    let (eights, rest) = bytes.as_chunks::<8>();
    for eight in eights {
        out.extend_from_slice(eight);
        look(u64::from_le_bytes(*eight));
    }
    if rest.is_empty() {
        return;
    }
    let end = out.len() + rest.len();
    let word = match bytes.last_chunk::<8>() {
        Some(last) => u64::from_le_bytes(*last) >> (8 * (8 - rest.len())),
        None => word_of(rest),
    };
    out.extend_from_slice(&word.to_le_bytes());
    out.truncate(end);
    look(word);
}

/// Fewer than eight bytes, the first of them lowest.
#[inline]
fn word_of(bytes: &[u8]) -> u64 {
    // What two pieces share is the same in both.
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        let (first, last) = (u32::from_le_bytes(*first), u32::from_le_bytes(*last));
        return u64::from(first) | u64::from(last) << (8 * (bytes.len() - 4));
    }
    bytes
        .iter()
        .rev()
        .fold(0, |word, byte| word << 8 | u64::from(*byte))
}

#[inline]
pub(super) fn push(out: &mut Vec<u8>, bytes: &[u8]) {
    push_looking(out, bytes, |_| ());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_is_appended_and_looked_at() {
        let bytes: Vec<u8> = (1..=40).collect();
        for len in 0..=bytes.len() {
            let (mut out, mut seen) = (b"x".to_vec(), Vec::new());
            push_looking(&mut out, &bytes[..len], |eight| {
                seen.extend(eight.to_le_bytes());
            });
            seen.retain(|byte| *byte > 0);
            assert_eq!(out[1..], bytes[..len]);
            assert_eq!(seen, bytes[..len]);
        }
    }
}
