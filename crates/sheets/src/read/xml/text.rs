//! What characters and digits of XML stand for.

use std::borrow::Cow;

/// A whole number without a sign.
#[inline]
pub(in crate::read) fn number(digits: &[u8]) -> Option<u32> {
    if digits.is_empty() {
        return None;
    }
    digits.iter().try_fold(0_u32, |number, digit| {
        let digit = u32::from(digit.checked_sub(b'0').filter(|digit| *digit < 10)?);
        number.checked_mul(10)?.checked_add(digit)
    })
}

/// The text that `raw` stands for: entities replaced, line ends unified. Bytes that are no UTF-8 become `�`.
pub(in crate::read) fn unescaped(raw: &[u8]) -> Cow<'_, str> {
    replaced(raw, entity)
}

/// As [`unescaped`], with entities of another language.
pub(in crate::read) fn replaced(raw: &[u8], entity: impl Fn(&str) -> Option<char>) -> Cow<'_, str> {
    let text = String::from_utf8_lossy(raw);
    if memchr::memchr2(b'&', b'\r', raw).is_none() {
        return text;
    }
    let mut plain = String::with_capacity(text.len());
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut rest = text.as_str();
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        match rest
            .find(';')
            .filter(|end| *end <= 10)
            .and_then(|end| Some((entity(&rest[..end])?, end)))
        {
            Some((letter, end)) => {
                plain.push(letter);
                rest = &rest[end + 1..];
            }
            None => plain.push('&'),
        }
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// What an entity of XML stands for.
pub(in crate::read) fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|letter| *letter != '\0')
        }
    }
}
