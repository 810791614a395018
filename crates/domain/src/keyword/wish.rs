//! Messages that read like a wish to stop without being a plain one. Here a false alarm costs a look by a person, and a wish
//! that is missed costs the customer's trust and breaks the law (FCC, CASL): the patterns reach far, but not into what
//! customers of a shop write every day.

use super::{
    Reason,
    table::{KEYWORDS, Reach, starts_with},
    whole::{Whole, whole},
    wording,
    words::words as words_of,
};

/// Steps in their order, separated by spaces; a step is words separated by `|`. Between two steps at most `gap` other words
/// may stand.
struct Pattern {
    reason: Reason,
    gap: usize,
    steps: &'static [&'static str],
}

const PATTERNS: &[Pattern] = &[
    Pattern {
        reason: Reason::OffTheList,
        gap: 3,
        steps: &[
            "take|remove|delete|scratch|drop|get|erase me|us off|from|out",
            "take|remove|delete|scratch|drop|get|erase my|this number|phone|cell|name|info off|from|out",
        ],
    },
    Pattern {
        reason: Reason::OffTheList,
        gap: 1,
        steps: &[
            "remove|erase|delete me|us",
            "remove|erase|delete|lose|loose|forget my|this number|phone",
            "off|from your|this list|lists|database|system",
            "unsubscribe|unsubscribed|unsubscribing|unsub|optout",
            "opt|opting|opted|opts out",
            "enlevez|enlever|enleve|retirez|retirer|retire|supprimez|supprimer|supprime|effacez|effacer|otez|oter|rayez|sortez moi|nous",
            "enlevez|enlever|enleve|retirez|retirer|retire|supprimez|supprimer|supprime|effacez|effacer|otez|oter|rayez mon numero|nom",
            "me enlever|retirer|supprimer|effacer|oter de|des",
            "de votre|vos|ta|tes|cette liste|listes",
            "desabonner|desabonnez|desabonne|desabonnement|desinscrire|desinscrivez|desinscription",
        ],
    },
    Pattern {
        reason: Reason::StopWriting,
        gap: 0,
        steps: &[
            "dont|never text|message|msg|contact|call|write|email|bother|spam me|us|this|anymore|again|here",
            "do not text|message|msg|contact|call|write|email|bother|spam me|us|this|anymore|again|here",
            "dont|not ever text|message|contact|call|write|bother me|us|this|anymore|again",
            "dont send me|us any|anymore|anything|these|those|texts|messages|more|this|that",
            "do not send me|us any|anymore|anything|these|those|texts|messages|more|this|that",
            "m|me|nous ecrivez|ecris|textez|texte|contactez|contacte|envoyez|envoie|appelez|derangez plus",
        ],
    },
    Pattern {
        reason: Reason::StopWriting,
        gap: 3,
        steps: &[
            "dont|not want|wish|need text|texts|texting|message|messages|messaging|sms|msgs|promotions|promos|ads|marketing|reminders|contacted|texted",
            "arretez|arreter|arrete|arretes|arret|cessez|cesser|cesse ecrire|envoyer|texter|contacter|deranger|messages|textos|texto|sms|harceler|publicite|publicites|pub|pubs",
        ],
    },
    Pattern {
        reason: Reason::StopWriting,
        gap: 2,
        steps: &[
            "stop|quit|cease|end texting|messaging|sending|contacting|spamming|bothering|harassing|calling|texts|messages|msgs|sms|promotions",
            "plus ecrire|recevoir|contacter|texter|envoyer|deranger|messages|textos|texto|sms|courriels|publicite|publicites",
        ],
    },
    Pattern {
        reason: Reason::StopWriting,
        gap: 1,
        steps: &[
            "no more|further|longer text|texts|message|messages|msgs|sms|promotions|ads|marketing|spam|contact",
            "enough|many texts|messages|msgs|sms",
            "trop|assez messages|textos|sms",
            "leave me|us alone",
            "laissez|laisse|lachez|lache moi|nous tranquille|tranquilles|patience",
        ],
    },
    Pattern {
        reason: Reason::NotInterested,
        gap: 1,
        steps: &["not|no interested", "pas interesse|interessee|interesses"],
    },
    Pattern {
        reason: Reason::WrongNumber,
        gap: 1,
        steps: &[
            "wrong number|person|phone|cell",
            "mauvais|mauvaise|faux numero|personne",
            "pas bon|bonne numero|personne",
            "trompe|trompez de numero",
        ],
    },
    Pattern {
        reason: Reason::Complaint,
        gap: 2,
        steps: &[
            "spam|spamming|spammer|pourriel|pourriels|harassing|harassment|harcelement|harceler|crtc|tcpa|casl",
            "never|didnt|not sign|signed|subscribe|subscribed|agree|agreed|consent|consented|opt|opted",
            "jamais|pas inscrit|inscrite|abonne|abonnee|autorise|consenti",
            "do not call|contact list",
        ],
    },
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
        let plain = own.len() == words.len() && (has_clause_of_its_own(text) || is_shouted(text));
        plain.then_some(Reason::KeywordInSentence)
    };
    let misspelt = || is_misspelt(&own).then_some(Reason::Misspelt);
    pattern().or_else(keyword).or_else(misspelt)
}

impl Pattern {
    fn is_in(&self, words: &[String]) -> bool {
        self.steps.iter().any(|steps| {
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
    let slip = |word: &String| MISSPELT.contains(&word.as_str());
    words.iter().any(near) || (words.len() <= 3 && words.iter().any(slip))
}
