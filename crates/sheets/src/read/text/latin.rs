//! Tells the encodings of western Europe apart: one byte a letter, each program its own bytes.

use crate::detected::Encoding;

/// The upper half of IBM code page 850: what DOS programs of shops still write.
const IBM850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{AD}±‗¾¶§÷¸°¨·¹³²■\u{A0}";

pub(super) fn from_ibm850(bytes: &[u8]) -> String {
    let upper: Vec<char> = IBM850.chars().collect();
    let letter = |byte: &u8| match upper.get(usize::from(byte.wrapping_sub(0x80))) {
        Some(letter) if *byte >= 0x80 => *letter,
        _ => char::from(*byte),
    };
    bytes.iter().map(letter).collect()
}

/// Mac Roman or IBM 850 instead of `guess` if that clearly reads better: the guesser knows neither.
pub(super) fn likelier(sample: &[u8], guess: Encoding) -> Encoding {
    let reads = |encoding: Encoding| {
        likeness(
            sample,
            &super::encoding::decode(sample, Some(encoding)).text,
        )
    };
    let (mac, dos) = (reads(Encoding::MacRoman), reads(Encoding::Ibm850));
    let (best, rival) = if mac >= dos {
        (mac, Encoding::MacRoman)
    } else {
        (dos, Encoding::Ibm850)
    };
    // A guess of several bytes a letter shortens the text and cannot be weighed: only words of plain sense outweigh it.
    if best > reads(guess) + 0.5 && best > 0.5 {
        rival
    } else {
        guess
    }
}

/// How well the letters beyond ASCII sit in their words, on average: above 0 well, below badly.
fn likeness(sample: &[u8], text: &str) -> f64 {
    let letters: Vec<char> = text.chars().collect();
    let (mut sum, mut count) = (0_i32, 0_i32);
    for (at, letter) in letters.iter().enumerate() {
        if letter.is_ascii() {
            continue;
        }
        let before = at
            .checked_sub(1)
            .and_then(|at| letters.get(at))
            .copied()
            .unwrap_or(' ');
        let after = letters.get(at + 1).copied().unwrap_or(' ');
        sum = sum.saturating_add(fit(before, *letter, after));
        count = count.saturating_add(1);
    }
    if count == 0 || letters.len() * 2 < sample.len() {
        0.0
    } else {
        f64::from(sum) / f64::from(count)
    }
}

fn fit(before: char, letter: char, after: char) -> i32 {
    let in_word = before.is_ascii_alphabetic() || after.is_ascii_alphabetic();
    match letter {
        'é' | 'è' | 'ê' | 'à' | 'ç' | 'ô' | 'î' | 'ë' | 'ï' | 'û' | 'â' | 'ü' | 'ö' | 'ä' | 'ñ'
        | 'á' | 'í' | 'ó' | 'ù' | 'ú'
            if in_word =>
        {
            2
        }
        // A capital after a small letter.
        _ if letter.is_uppercase() && before.is_lowercase() => -3,
        'É' | 'À' | 'È' | 'Ç' | 'Ô' | 'Î' | 'Ê' | 'Â' | 'Ö' | 'Ü' | 'Ñ' | 'Á' if in_word => {
            2
        }
        // Alone: the French word.
        'à' | 'À' if before == ' ' && after == ' ' => 2,
        '’' if before.is_alphabetic() && after.is_alphabetic() => 2,
        '’' | '“' | '”' | '«' | '»' | '–' | '—' | '…' | '€' | '£' | '°' | 'º' | 'ª' | '\u{A0}' => {
            i32::from(!(before.is_alphabetic() && after.is_alphabetic()))
        }
        _ if letter.is_alphabetic() && in_word => 1,
        _ if letter.is_alphabetic() => 0,
        _ => -3,
    }
}
