//! Appending texts of a few letters, as most cells are.

/// Appends bytes, and shows them to `look` in eights, the rest with zeros behind.
///
/// Piece by piece, each of a length that the compiler knows: in WebAssembly a copy of any other length is a call out of the
/// module, which takes longer than a few letters do.
#[inline]
pub(super) fn push_looking(out: &mut Vec<u8>, bytes: &[u8], mut look: impl FnMut(u64)) {
    let mut rest = bytes;
    while let Some((piece, after)) = rest.split_first_chunk() {
        out.extend_from_slice(piece);
        look(u64::from_le_bytes(*piece));
        rest = after;
    }
    if let Some((piece, after)) = rest.split_first_chunk() {
        out.extend_from_slice(piece);
        look(u32::from_le_bytes(*piece).into());
        rest = after;
    }
    if let Some((piece, after)) = rest.split_first_chunk() {
        out.extend_from_slice(piece);
        look(u16::from_le_bytes(*piece).into());
        rest = after;
    }
    if let [last] = rest {
        out.push(*last);
        look((*last).into());
    }
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
