//! Messages that read like a wish to stop without being a plain one. Here a false alarm costs a look by a person, and a wish
//! that is missed costs the customer's trust and breaks the law (FCC, CASL): the patterns reach far, but not into what
//! customers of a shop write every day.

use super::{
    Reason,
    table::{KEYWORDS, Reach, at_start, starts_with},
    whole::{Whole, whole},
    wording,
    words::words as words_of,
};

/// Steps in their order, separated by spaces; a step is words separated by `|`. Between two steps at most `gap` other words
/// may stand, and the whole message has at most `longest` words: what is said in passing of a longer one is about the work.
struct Pattern {
    reason: Reason,
    gap: usize,
    longest: usize,
    steps: &'static [&'static str],
}

const fn pattern(
    reason: Reason,
    gap: usize,
    longest: usize,
    steps: &'static [&'static str],
) -> Pattern {
    Pattern {
        reason,
        gap,
        longest,
        steps,
    }
}

const ANY: usize = usize::MAX;

const PATTERNS: &[Pattern] = &[
    pattern(
        Reason::OffTheList,
        3,
        ANY,
        &[
            "take|remove|delete|scratch|drop|get|erase me|us off|from|out",
            "take|remove|delete|scratch|drop|get|erase my|this number|phone|cell|name|info off|from|out",
        ],
    ),
    pattern(
        Reason::OffTheList,
        1,
        ANY,
        &[
            "remove|erase|delete me|us",
            "remove|erase|delete|lose|loose|forget my|this number|phone",
            "off|from your|this list|lists|database|system",
            "unsubscribe|unsubscribed|unsubscribing|unsub|optout",
            "opt|opting|opted|opts out",
            "enlevez|enlever|enleve|retirez|retirer|retire|supprimez|supprimer|supprime|effacez|effacer|otez|oter|rayez|sortez moi|nous",
            "enlevez|enlever|enleve|retirez|retirer|retire|supprimez|supprimer|supprime|effacez|effacer|otez|oter|rayez mon numero|nom",
            "me enlever|retirer|supprimer|effacer|oter de|des",
            "de votre|vos|ta|tes|cette liste|listes",
            "desabo|desabonner|desabonnez|desabonne|desabonnement|desinscrire|desinscrivez|desinscription",
        ],
    ),
    pattern(Reason::OffTheList, 1, 6, &["be removed", "want out"]),
    pattern(Reason::OffTheList, 0, 2, &["remove|removed"]),
    pattern(
        Reason::StopWriting,
        0,
        ANY,
        &[
            "dont|never text|message|msg|contact|write|email|bother|spam me|us|this|anymore|again|here",
            "do not text|message|msg|contact|write|email|bother|spam me|us|this|anymore|again|here",
            "dont|not ever text|message|contact|call|write|bother me|us|this|anymore|again",
            "dont|not call me|us again|anymore",
            "dont send me|us any|anymore|anything|these|those|texts|messages|more",
            "do not send me|us any|anymore|anything|these|those|texts|messages|more",
            "dont|not want you to text|message|contact",
            "stop getting these|texts|messages",
            "no further contact",
            "m|me|nous ecrivez|ecris|textez|texte|contactez|contacte|envoyez|envoie|appelez|derangez plus",
        ],
    ),
    pattern(
        Reason::StopWriting,
        3,
        ANY,
        &[
            "dont|not want|wish texts|texting|message|messages|messaging|sms|msgs|promotions|promos|ads|marketing|reminders|contacted|texted",
            "dont|not need texts|messages|sms",
            "arretez|arreter|arrete|arretes|arret|cessez|cesser|cesse ecrire|envoyer|texter|contacter|contact|deranger|messages|textos|texto|sms|harceler|publicite|publicites|pub|pubs",
            "veux|veut plus messages|textos|texto|sms|textes|publicite|publicites|pub",
        ],
    ),
    pattern(
        Reason::StopWriting,
        2,
        ANY,
        &[
            "stop|quit|cease|end texting|messaging|sending|contacting|spamming|bothering|harassing|calling|receiving|texts|messages|msgs|sms|promotions",
            "plus ecrire|recevoir|contacter|texter|envoyer|deranger",
        ],
    ),
    pattern(
        Reason::StopWriting,
        1,
        ANY,
        &[
            "no more|further|longer text|texts|message|messages|msgs|sms|promotions|ads|marketing|spam",
            "laissez|laisse|lachez|lache moi|nous tranquille|tranquilles|patience",
            "foutez|fous|foutre moi|nous|la paix",
        ],
    ),
    pattern(
        Reason::StopWriting,
        1,
        8,
        &[
            "enough|many texts|messages|msgs|sms",
            "trop|assez messages|textos|sms",
            "leave me|us alone",
            "fuck|f|piss off",
            "go away",
            "get lost",
        ],
    ),
    pattern(
        Reason::StopWriting,
        1,
        4,
        &[
            "plus messages|textos|sms|publicite",
            "no texts|messages|msgs|sms",
            "do not contact|text|message|disturb",
            "dont contact|disturb",
            "dont|not want these|those",
            "text|txt|reply|texte|send stop|arret",
            "lachez|lache moi",
        ],
    ),
    pattern(
        Reason::StopWriting,
        0,
        3,
        &["no more", "cessez|cesser|cesse|cease|desist"],
    ),
    pattern(
        Reason::NotInterested,
        1,
        8,
        &["not|no interested", "pas interesse|interessee|interesses"],
    ),
    pattern(
        Reason::WrongNumber,
        1,
        8,
        &[
            "wrong number|person|phone|cell",
            "not my number",
            "mauvais|mauvaise|faux numero|personne",
            "pas bon|bonne|mon numero|personne",
            "trompe|trompez de numero",
        ],
    ),
    pattern(
        Reason::Complaint,
        0,
        8,
        &["spam|spamming|spammer|pourriel|pourriels"],
    ),
    pattern(
        Reason::Complaint,
        3,
        ANY,
        &[
            "harassing|harassment|harcelement|harceler|crtc|tcpa|casl",
            "never|didnt|not sign|signed up",
            "never|didnt subscribe|subscribed|consent|consented",
            "never|didnt|not agree|agreed texts|messages|sms|receive|texted|contacted",
            "jamais|pas inscrit|inscrite|abonne|abonnee|consenti",
            "do not call|contact list",
        ],
    ),
];

/// Slips that turn STOP into no other word of everyday messages.
const MISSPELT: &[&str] = &[
    "sotp", "stpo", "tsop", "sopt", "stopp", "sttop", "sstop", "stoop", "stopt", "stob", "stip",
    "stiop", "st0p", "dtop", "atop", "ztop", "arert", "aret", "arrt",
];

/// Signs that say it without a word.
const SIGNS: &[char] = &['🛑', '🚫', '⛔'];

/// Why a message that is no plain wish reads like one. `words` are those of `text`.
pub(super) fn uncertain(text: &str, words: &[String]) -> Option<Reason> {
    if words.is_empty() {
        return text.contains(SIGNS).then_some(Reason::KeywordInSentence);
    }
    let own = without_offers(words);
    if own.is_empty() {
        return None;
    }
    let pattern = || {
        PATTERNS
            .iter()
            .find(|pattern| pattern.is_in(&own))
            .map(|pattern| pattern.reason)
    };
    // Whoever quotes our offer writes the keyword as it stands there.
    let keyword = || {
        let whole = own.len() == words.len();
        let says = is_numbered(words) || has_clause_of_its_own(text) || is_shouted(text);
        (whole && says).then_some(Reason::KeywordInSentence)
    };
    let misspelt = || is_misspelt(&own).then_some(Reason::Misspelt);
    pattern().or_else(keyword).or_else(misspelt)
}

impl Pattern {
    fn is_in(&self, words: &[String]) -> bool {
        words.len() <= self.longest
            && self.steps.iter().any(|steps| {
                let steps: Vec<&str> = steps.split(' ').collect();
                (0..words.len()).any(|at| follows(&steps, &words[at..], 0, self.gap))
            })
    }
}

/// Whether `words` begins with the steps, the first of them at most `skip` words away.
fn follows(steps: &[&str], words: &[String], skip: usize, gap: usize) -> bool {
    let Some((step, rest)) = steps.split_first() else {
        return true;
    };
    words.iter().take(skip + 1).enumerate().any(|(at, word)| {
        step.split('|').any(|one| one == word) && follows(rest, &words[at + 1..], gap, gap)
    })
}

/// The words without the offer that our own messages carry, which people quote.
fn without_offers(words: &[String]) -> Vec<String> {
    let offers = wording::OFFERS.map(|offer| words_of(offer).join(" "));
    let mut own = Vec::new();
    let mut rest = words;
    while let Some((first, others)) = rest.split_first() {
        if let Some(length) = offers.iter().find_map(|offer| starts_with(rest, offer)) {
            rest = &rest[length..];
        } else {
            own.push(first.clone());
            rest = others;
        }
    }
    own
}

/// "Stop. I sold the car.": a clause that is a plain wish, beside others.
fn has_clause_of_its_own(text: &str) -> bool {
    text.split(['.', '!', '?', ';', ',', ':', '\n', '…'])
        .any(|clause| {
            matches!(
                whole(&words_of(clause)),
                Some(Whole::Certain(entry, _)) if entry.reach == Reach::Sentence
            )
        })
}

/// "Please STOP this": a keyword in capitals in a message that is not.
fn is_shouted(text: &str) -> bool {
    let shouts = |word: &str| {
        let word_in_capitals =
            word.chars().any(char::is_uppercase) && !word.chars().any(char::is_lowercase);
        word_in_capitals
            && KEYWORDS.iter().any(|entry| {
                entry.reach == Reach::Sentence
                    && entry.spellings.contains(&words_of(word).join(" ").as_str())
            })
    };
    text.chars().any(char::is_lowercase) && text.split(|c: char| !c.is_alphanumeric()).any(shouts)
}

fn is_misspelt(words: &[String]) -> bool {
    /// Shorter words are too near to others.
    const LONG: usize = 9;
    let near = |word: &String| {
        KEYWORDS
            .iter()
            .filter(|entry| entry.reach == Reach::Sentence)
            .flat_map(|entry| entry.spellings)
            .any(|spelling| {
                spelling.len() >= LONG
                    && word.len().abs_diff(spelling.len()) <= 1
                    && strsim::osa_distance(word, spelling) == 1
            })
    };
    let slip = |word: &String| MISSPELT.contains(&word.as_str()) || is_drawn_out(word);
    words.iter().any(near) || (words.len() <= 3 && words.iter().any(slip))
}

/// "stoooppp".
fn is_drawn_out(word: &str) -> bool {
    let mut letters: Vec<char> = word.chars().collect();
    letters.dedup();
    word.len() > 4 && letters == ['s', 't', 'o', 'p']
}

/// "Stop 418": a keyword, and numbers.
fn is_numbered(words: &[String]) -> bool {
    at_start(words).is_some_and(|(entry, length)| {
        let is_number = |word: &String| word.bytes().all(|b| b.is_ascii_digit());
        entry.reach == Reach::Sentence && words[length..].iter().all(is_number)
    })
}
