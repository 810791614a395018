//! From a message to its words, without anything that does not matter.

use crate::fold::fold;
use unicode_normalization::UnicodeNormalization;

/// Characters that nobody sees: they are dropped, so that a word they stand in stays one word. Zero-width spaces and joiners,
/// marks of direction, the soft hyphen, selectors of variants, the byte order mark.
pub(super) const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{17b4}'
            | '\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

const APOSTROPHES: &[char] = &['\'', '’', '‘', '`', '´', 'ʼ'];

/// What English writes behind an apostrophe, without which it is one word: `dont`, `im`, `id`.
const CONTRACTED: &[&str] = &["t", "m", "d", "ll", "re", "ve"];

/// The words, folded: letters of any width and style, case and accents aside. English contractions are one word, a French
/// elision is a word of its own. Where every word is one letter, they spell one word: `S.T.O.P.`
pub(super) fn words(text: &str) -> Vec<String> {
    // Before decomposing, which turns some apostrophes into blanks, and after it, which makes others out of letters.
    let plain = |c: char| if APOSTROPHES.contains(&c) { '\'' } else { c };
    let visible = text.chars().filter(|c| !is_invisible(*c)).map(plain);
    let folded = fold(&visible.nfkd().map(plain).collect::<String>());
    let mut words: Vec<String> = Vec::new();
    for written in folded.split(|c: char| !c.is_alphanumeric() && c != '\'') {
        let mut parts = written.split('\'').filter(|part| !part.is_empty());
        let Some(first) = parts.next() else { continue };
        words.push(first.to_owned());
        for part in parts {
            match words.last_mut() {
                Some(last) if CONTRACTED.contains(&part) && (last.len() > 1 || last == "i") => {
                    last.push_str(part);
                }
                _ => words.push(part.to_owned()),
            }
        }
    }
    let spelled = words.len() > 2 && words.iter().all(|word| word.chars().count() == 1);
    if spelled { vec![words.concat()] } else { words }
}

/// What phones and mail programs put under a message, folded.
const SIGNATURES: &[&str] = &[
    "sent from my",
    "sent from mail",
    "sent via",
    "get outlook",
    "envoye de mon",
    "envoye depuis mon",
    "envoye a partir",
    "telecharger outlook",
];

/// The message without its signature.
pub(super) fn without_signature(text: &str) -> String {
    let is_signature = |line: &&str| {
        let line = words(line).join(" ");
        SIGNATURES.iter().any(|start| line.starts_with(start))
    };
    match text.lines().rev().find(|line| !line.trim().is_empty()) {
        Some(last) if is_signature(&last) => text
            .trim_end()
            .strip_suffix(last.trim_end())
            .unwrap_or(text)
            .to_owned(),
        _ => text.to_owned(),
    }
}

/// What phones write before the message that somebody reacted to with a sign.
const REACTIONS: &[&str] = &[
    "Liked",
    "Loved",
    "Disliked",
    "Emphasized",
    "Questioned",
    "Laughed at",
    "A aimé",
    "A adoré",
    "N’a pas aimé",
    "A mis l’accent sur",
    "A ri de",
];

/// Whether the message only says that somebody reacted to one of ours, which it quotes, keywords and all:
/// `Liked “… Reply STOP to unsubscribe, HELP for help.”`
pub(super) fn is_reaction(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || is_invisible(c));
    let quoted = |rest: &str| rest.trim_start().starts_with(['“', '"', '«']);
    REACTIONS
        .iter()
        .any(|reaction| text.strip_prefix(reaction).is_some_and(quoted))
        || text
            .strip_prefix("Reacted ")
            .and_then(|rest| rest.split_once(" to "))
            .is_some_and(|(sign, rest)| !sign.contains(char::is_alphabetic) && quoted(rest))
}
