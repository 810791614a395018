//! From a text to its template.

use super::{Part, Template, TemplateError, TemplateErrorKind, print::SPECIAL};
use crate::slot::Slot;

/// What no text that is kept can hold: it is left out.
const UNKEPT: char = '\0';

/// The characters of a text, each with whether a backslash stood before it, and where.
struct Characters<'a> {
    rest: std::iter::Peekable<std::iter::Enumerate<std::str::Chars<'a>>>,
}

struct Character {
    at: usize,
    c: char,
    escaped: bool,
}

impl Iterator for Characters<'_> {
    type Item = Character;

    fn next(&mut self) -> Option<Character> {
        let (at, c) = self.rest.next()?;
        let escaped = (c == '\\')
            .then(|| self.rest.next_if(|(_, next)| SPECIAL.contains(next)))
            .flatten();
        Some(match escaped {
            Some((_, c)) => Character {
                at,
                c,
                escaped: true,
            },
            None => Character {
                at,
                c,
                escaped: false,
            },
        })
    }
}

pub(super) fn read(
    text: &str,
    slot: impl Fn(&str) -> Option<Slot>,
) -> Result<Template, TemplateError> {
    let fail = |at, kind| Err(TemplateError { at, kind });
    let mut characters = Characters {
        rest: text.chars().enumerate().peekable(),
    };
    let mut parts = Vec::new();
    let mut plain = String::new();
    while let Some(Character { at, c, escaped }) = characters.next() {
        match c {
            '{' if !escaped => {
                let (name, fallback) = variable(&mut characters, at)?;
                let name = name.trim();
                if name.is_empty() {
                    return fail(at, TemplateErrorKind::Unnamed);
                }
                let Some(slot) = slot(name) else {
                    return fail(at, TemplateErrorKind::Unknown);
                };
                if !plain.is_empty() {
                    parts.push(Part::Text(std::mem::take(&mut plain)));
                }
                parts.push(Part::Variable { slot, fallback });
            }
            '}' if !escaped => return fail(at, TemplateErrorKind::Unopened),
            UNKEPT => {}
            c => plain.push(c),
        }
    }
    if !plain.is_empty() {
        parts.push(Part::Text(plain));
    }
    Ok(Template { parts })
}

/// The name and the fall-back up to the closing brace. `open` is where the variable began.
fn variable(
    characters: &mut Characters<'_>,
    open: usize,
) -> Result<(String, Option<String>), TemplateError> {
    let (mut name, mut fallback) = (String::new(), None::<String>);
    for Character { at, c, escaped } in characters {
        match c {
            '}' if !escaped => {
                let fallback = fallback.filter(|text| !text.trim().is_empty());
                return Ok((name, fallback));
            }
            '{' if !escaped => {
                return Err(TemplateError {
                    at,
                    kind: TemplateErrorKind::Nested,
                });
            }
            '|' if !escaped && fallback.is_none() => fallback = Some(String::new()),
            UNKEPT => {}
            c => fallback.as_mut().unwrap_or(&mut name).push(c),
        }
    }
    Err(TemplateError {
        at: open,
        kind: TemplateErrorKind::Unclosed,
    })
}
