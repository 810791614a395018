//! The items of a collection in one text: `brakes, "tires, winter", oil`.
//!
//! An item that holds a separator or begins with a quote stands in double quotes, with its own quotes doubled, as cells do
//! in CSV (RFC 4180). A quote means nothing elsewhere, nor where it does not enclose a whole item: what a person types is
//! never lost.

use std::{borrow::Cow, fmt};

/// What separates items as [`Value`](crate::value::Value) prints them, and as people type them.
pub const SEPARATORS: &[char] = &[',', '\n'];

/// Prints items so that [`Items`] gives them back.
pub fn print_all<S: AsRef<str>>(out: &mut impl fmt::Write, items: &[S]) -> fmt::Result {
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            out.write_str(", ")?;
        }
        let item = item.as_ref();
        if item.starts_with('"') || item.contains([',', '\n', '\r']) {
            write!(out, "\"{}\"", item.replace('"', "\"\""))?;
        } else {
            out.write_str(item)?;
        }
    }
    Ok(())
}

/// The items of a text, with the blanks around them and blank ones too.
#[derive(Clone, Debug)]
pub struct Items<'a> {
    rest: Option<&'a str>,
    separators: &'a [char],
}

impl<'a> Items<'a> {
    pub const fn new(text: &'a str, separators: &'a [char]) -> Self {
        Self {
            rest: Some(text),
            separators,
        }
    }

    /// The item in quotes with which `text` begins, and what follows the separator after it.
    fn quoted(&self, text: &'a str) -> Option<(Cow<'a, str>, Option<&'a str>)> {
        let is_blank = |c: char| c.is_whitespace() && !self.separators.contains(&c);
        let inside = text.trim_start_matches(is_blank).strip_prefix('"')?;
        let mut from = 0;
        let close = loop {
            let quote = from + inside.get(from..)?.find('"')?;
            if !inside[quote + 1..].starts_with('"') {
                break quote;
            }
            from = quote + 2;
        };
        let after = &inside[close + 1..];
        let after = after.trim_start_matches(is_blank);
        let rest = match after.chars().next() {
            None => None,
            Some(next) if self.separators.contains(&next) => Some(&after[next.len_utf8()..]),
            Some(_) => return None,
        };
        let item = &inside[..close];
        let item = if item.contains('"') {
            Cow::Owned(item.replace("\"\"", "\""))
        } else {
            Cow::Borrowed(item)
        };
        Some((item, rest))
    }
}

impl<'a> Iterator for Items<'a> {
    type Item = Cow<'a, str>;

    fn next(&mut self) -> Option<Self::Item> {
        let text = self.rest.take()?;
        if let Some((item, rest)) = self.quoted(text) {
            self.rest = rest;
            return Some(item);
        }
        match text.split_once(self.separators) {
            Some((item, rest)) => {
                self.rest = Some(rest);
                Some(Cow::Borrowed(item))
            }
            None => Some(Cow::Borrowed(text)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(text: &str) -> Vec<String> {
        Items::new(text, SEPARATORS)
            .map(|item| item.trim().to_owned())
            .collect()
    }

    #[test]
    fn quotes_keep_separators_in_an_item() {
        assert_eq!(
            items("a, \"b, c\" ,\"d\"\"e\n\",f"),
            ["a", "b, c", "d\"e", "f"]
        );
        assert_eq!(items("\"\"\"a\"\"\""), ["\"a\""]);
        assert_eq!(items("\"\", \n\"a\"\nb"), ["", "", "a", "b"]);
    }

    #[test]
    fn a_quote_that_encloses_no_whole_item_is_a_letter() {
        assert_eq!(items("\"a, b"), ["\"a", "b"]);
        assert_eq!(items("\"a\" b, c"), ["\"a\" b", "c"]);
        assert_eq!(items("5\", 6\""), ["5\"", "6\""]);
        assert_eq!(items("\""), ["\""]);
        assert_eq!(items("a, \"b\"\", c"), ["a", "\"b\"\"", "c"]);
    }
}
