//! From a template to its text.

use super::Part;
use crate::slot::Slot;

/// What has a backslash before it when it is meant as itself.
pub(super) const SPECIAL: &[char] = &['{', '}', '|', '\\'];

pub(super) fn print(parts: &[Part], name: impl Fn(Slot) -> String) -> String {
    let mut text = String::new();
    for part in parts {
        match part {
            Part::Text(part) => escape(&mut text, part, &['{', '}', '\\']),
            Part::Variable { slot, fallback } => {
                text.push('{');
                escape(&mut text, name(*slot).trim(), SPECIAL);
                if let Some(fallback) = fallback {
                    text.push('|');
                    escape(&mut text, fallback, &['{', '}', '\\']);
                }
                text.push('}');
            }
        }
    }
    text
}

fn escape(to: &mut String, text: &str, special: &[char]) {
    for c in text.chars() {
        if special.contains(&c) {
            to.push('\\');
        }
        to.push(c);
    }
}
