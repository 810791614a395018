//! Whether a keyword is the whole wish of a message: every word of it is the keyword, courtesy, or a plain way to say so.

mod phrases;

use super::{
    Language,
    table::{Entry, Reach, Wish, at_start},
};
use phrases::{COURTESY, LEAD, NAMED, REST, begins};

/// Words besides the keyword that a message may have and still be nothing but a wish.
const SHORT: usize = 12;

/// What a message that is one wish comes to.
#[derive(Debug)]
pub(super) enum Whole {
    /// The keyword, and the language of the words if they have one.
    Certain(&'static Entry, Option<Language>),
    /// A wish to stop, by a word that may be about something else.
    Doubtful,
}

/// The keyword that is the whole wish of a message of these words. Where it has several, the strictest: one that stops.
pub(super) fn whole(words: &[String]) -> Option<Whole> {
    let mut found: Vec<&'static Entry> = Vec::new();
    let mut language = None;
    let (mut courtesy, mut sentence, mut named) = (0, 0, false);
    let mut rest = words;
    while !rest.is_empty() {
        let length = if let Some((entry, length)) = at_start(rest) {
            found.push(entry);
            length
        } else {
            let around = if found.is_empty() {
                begins(&LEAD, rest)
            } else {
                let naming = begins(&NAMED, rest);
                named |= naming.is_some();
                naming.or_else(|| begins(&REST, rest))
            };
            let (of, length) = if let Some(polite) = begins(&COURTESY, rest) {
                courtesy += polite.1;
                polite
            } else {
                let around = around?;
                sentence += around.1;
                around
            };
            language = language.or(of);
            length
        };
        rest = &rest[length..];
    }
    if courtesy + sentence > SHORT {
        return None;
    }
    let stops = found.iter().filter(|entry| entry.wish == Wish::Stop);
    if let Some(entry) = stops.max_by_key(|entry| entry.reach) {
        let certain = sentence == 0 || entry.reach == Reach::Sentence || named;
        return Some(if certain {
            Whole::Certain(entry, entry.language.or(language))
        } else {
            Whole::Doubtful
        });
    }
    let entry = found.iter().max_by_key(|entry| entry.reach)?;
    let one = found.iter().all(|other| other.wish == entry.wish);
    let alone = courtesy == 0 || found.iter().all(|other| other.reach > Reach::Alone);
    (one && sentence == 0 && alone).then(|| Whole::Certain(entry, entry.language.or(language)))
}
