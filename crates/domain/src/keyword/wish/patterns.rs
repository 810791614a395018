//! The patterns by which a wish to stop is recognised.

use crate::keyword::Reason;

/// Steps in their order, separated by spaces; a step is words separated by `|`. Between two steps at most `gap` other words
/// may stand, and the whole message has at most `longest` words: what is said in passing of a longer one is about the work.
pub(super) struct Pattern {
    pub(super) reason: Reason,
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

pub(super) const PATTERNS: &[Pattern] = &[
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

impl Pattern {
    pub(super) fn is_in(&self, words: &[String]) -> bool {
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
