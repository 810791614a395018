//! What was said in the demo shop: who wrote what when, in both languages. `{vehicle}` and the fields' keys are variables.

use super::past::When::{self, Ago, Day};

/// With whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum With {
    /// The next customer who has a phone and a car, and this language.
    Customer(&'static str),
    /// A number that the shop does not know.
    Stranger(&'static str),
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Act {
    /// The customer writes.
    Writes(&'static str),
    /// The shop answers, and has read what was there.
    Answers(&'static str),
    Notes(&'static str),
    Takes,
    Closes,
}

use Act::{Answers, Closes, Notes, Takes, Writes};
use With::{Customer, Stranger};

pub(super) type Told = (With, &'static [(When, Act)]);

pub(super) const CONVERSATIONS: &[Told] = &[
    (
        Customer("fr"),
        &[
            (
                Day(13, 14, 5),
                Answers(
                    "Bonjour {first_name}, c’est le temps des pneus d’hiver pour votre {vehicle|véhicule}. Voulez-vous un rendez-vous ?",
                ),
            ),
            (Day(13, 15, 32), Writes("Oui svp, jeudi matin si possible")),
            (
                Day(13, 15, 40),
                Answers("Jeudi 8 h 30, c’est noté. À bientôt !"),
            ),
            (Day(13, 15, 41), Closes),
        ],
    ),
    (
        Customer("en"),
        &[
            (
                Day(12, 18, 10),
                Answers(
                    "Hi {first_name}, our fall check-up is on until the end of the month. Shall we book your {vehicle|car}?",
                ),
            ),
            (
                Day(12, 18, 55),
                Writes("Please take me off your list, we sold that car last summer"),
            ),
        ],
    ),
    (
        Customer("fr"),
        &[
            (
                Day(9, 13, 20),
                Answers(
                    "Bonjour {first_name}, votre {vehicle|véhicule} est prêt. Nous sommes ouverts jusqu’à 18 h.",
                ),
            ),
            (
                Day(9, 13, 48),
                Writes("Parfait, j’arrive vers 17 h. Merci !"),
            ),
            (Day(9, 13, 50), Closes),
        ],
    ),
    (
        Customer("en"),
        &[
            (
                Day(8, 15, 2),
                Writes("Hi, how much for a brake inspection?"),
            ),
            (
                Day(8, 15, 20),
                Answers(
                    "Hello {first_name}! The inspection is $49, and free when we do the repair. Would Tuesday suit you?",
                ),
            ),
            (Day(8, 15, 31), Writes("Tuesday after 3 works")),
            (
                Day(8, 15, 35),
                Answers("Booked: Tuesday at 3:30. See you then."),
            ),
        ],
    ),
    (
        Customer("fr"),
        &[
            (
                Day(7, 16, 0),
                Answers(
                    "Bonjour {first_name}, la pièce commandée est arrivée. Quand pouvez-vous passer ?",
                ),
            ),
            (Day(7, 16, 45), Writes("ARRET")),
        ],
    ),
    (
        Customer("en"),
        &[
            (
                Day(6, 14, 30),
                Answers("Hi {first_name}, your winter tires are mounted and the car is ready."),
            ),
            (Day(6, 14, 42), Writes("STOP")),
            (Day(6, 17, 3), Writes("START")),
            (
                Day(6, 17, 5),
                Writes("Sorry, wrong button! I’ll pick it up at 5."),
            ),
            (Day(6, 17, 12), Answers("No problem, see you at 5.")),
        ],
    ),
    (
        Customer("fr"),
        &[
            (
                Day(5, 13, 15),
                Writes("Bonjour, le voyant du moteur vient de s’allumer. Est-ce grave ?"),
            ),
            (
                Day(5, 13, 26),
                Answers(
                    "Bonjour {first_name}. S’il ne clignote pas, vous pouvez rouler doucement jusqu’ici. Pouvez-vous passer aujourd’hui ?",
                ),
            ),
            (Day(5, 13, 33), Writes("Je peux être là à 15 h")),
            (Day(5, 13, 35), Takes),
            (
                Day(5, 13, 36),
                Notes(
                    "Prévoir la lecture des codes dès l’arrivée. Déjà venue pour la sonde d’oxygène au printemps.",
                ),
            ),
            (Day(5, 13, 37), Answers("Nous vous attendons.")),
        ],
    ),
    (
        Customer("en"),
        &[
            (
                Day(4, 19, 5),
                Writes("Do you have a courtesy car for Friday?"),
            ),
            (
                Day(4, 19, 22),
                Notes("All three courtesy cars are out until noon on Friday."),
            ),
            (
                Day(4, 19, 25),
                Answers("Hi {first_name}, we have one from noon on. Does that work for you?"),
            ),
            (Day(4, 19, 41), Writes("Yes, noon is great")),
        ],
    ),
    (
        Customer("fr"),
        &[
            (Day(3, 15, 10), Writes("AIDE")),
            (
                Day(3, 15, 14),
                Writes("À quelle heure ouvrez-vous le samedi ?"),
            ),
            (
                Day(3, 15, 30),
                Answers("Le samedi de 8 h à 13 h. Bonne journée !"),
            ),
            (Day(3, 15, 31), Closes),
        ],
    ),
    (
        Customer("fr"),
        &[
            (
                Day(2, 17, 45),
                Answers(
                    "Bonjour {first_name}, l’estimation pour l’antirouille est de 179 $ plus taxes.",
                ),
            ),
            (
                Day(2, 18, 20),
                Writes("Ne m’écrivez plus pour ça svp, je vous appellerai"),
            ),
        ],
    ),
    (
        Customer("en"),
        &[
            (
                Day(1, 15, 50),
                Answers(
                    "Hi {first_name}, a reminder: your {vehicle|car} is booked for tomorrow at 9.",
                ),
            ),
            (
                Day(1, 16, 12),
                Writes("Can you stop by at 5 to pick up the keys?"),
            ),
            (
                Day(1, 16, 13),
                Writes("I mean could I drop them off the night before"),
            ),
        ],
    ),
    (
        Stranger("+15145550199"),
        &[(
            Ago(95),
            Writes(
                "Hello, a friend gave me your number. Do you take new customers? It’s for an oil change on a 2019 Civic.",
            ),
        )],
    ),
    (
        Customer("fr"),
        &[
            (
                Ago(50),
                Writes("Bonjour, ma voiture ne démarre plus ce matin. Faites-vous le remorquage ?"),
            ),
            (Ago(48), Writes("Je suis stationnée au métro Longueuil")),
        ],
    ),
];

/// Title and text.
pub(super) const REPLIES: [(&str, &str); 5] = [
    (
        "Prêt à être ramassé",
        "Bonjour {first_name}, votre {vehicle|véhicule} est prêt. Nous sommes ouverts jusqu’à 18 h.",
    ),
    (
        "Ready for pick-up",
        "Hi {first_name|there}, your {vehicle|car} is ready. We are open until 6.",
    ),
    (
        "Heures d’ouverture",
        "Nous sommes ouverts du lundi au vendredi de 7 h 30 à 18 h, et le samedi de 8 h à 13 h.",
    ),
    (
        "Opening hours",
        "We are open Monday to Friday from 7:30 to 6, and on Saturday from 8 to 1.",
    ),
    (
        "Demande de photo",
        "Pouvez-vous nous envoyer une photo du voyant du tableau de bord ?",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        conversation::ReplyTitle,
        customer::Values,
        keyword::{Meaning, understand},
        segment::measure,
        template::Template,
    };

    fn told() -> impl Iterator<Item = (With, Act)> {
        CONVERSATIONS
            .iter()
            .flat_map(|(with, acts)| acts.iter().map(|(_, act)| (*with, *act)))
    }

    #[test]
    fn has_a_dozen_conversations_in_both_languages_and_one_with_a_stranger() {
        let count = |wanted: fn(&With) -> bool| {
            CONVERSATIONS
                .iter()
                .filter(|(with, _)| wanted(with))
                .count()
        };
        assert!(CONVERSATIONS.len() >= 12);
        assert!(count(|with| *with == Customer("fr")) >= 5);
        assert!(count(|with| *with == Customer("en")) >= 5);
        assert_eq!(count(|with| matches!(with, Stranger(_))), 1);
    }

    #[test]
    fn shows_what_messages_can_mean() {
        let meanings: Vec<Meaning> = told()
            .filter_map(|(_, act)| match act {
                Writes(text) => Some(understand(text, false, None)),
                _ => None,
            })
            .collect();
        let count = |wanted: fn(&Meaning) -> bool| meanings.iter().filter(|m| wanted(m)).count();
        assert_eq!(count(|m| matches!(m, Meaning::Stop(_))), 2);
        assert_eq!(count(|m| matches!(m, Meaning::Start(_))), 1);
        assert_eq!(count(|m| matches!(m, Meaning::Help(_))), 1);
        assert_eq!(count(|m| matches!(m, Meaning::UncertainWish(_))), 2);
    }

    #[test]
    fn what_the_shop_writes_can_be_sent() {
        let answers = told().filter_map(|(_, act)| match act {
            Answers(text) => Some(text),
            _ => None,
        });
        for text in answers.chain(REPLIES.map(|(_, text)| text)) {
            let text = text.replace("{vehicle", "{company");
            let template: Template = text.parse().unwrap();
            let said = template.render(&Values::default(), |_, _| String::new());
            assert_eq!(measure(&said).excess(), 0, "{text}");
        }
        for (title, _) in REPLIES {
            assert!(ReplyTitle::parse(title).is_ok(), "{title}");
        }
    }

    #[test]
    fn each_conversation_goes_forward_in_time() {
        for now in ["2026-11-26T00:00:00Z", "2026-11-26T23:59:59Z"] {
            let now = now.parse().unwrap();
            for (_, acts) in CONVERSATIONS {
                let times: Vec<_> = acts.iter().map(|(when, _)| when.before(now)).collect();
                assert!(times.is_sorted() && times.iter().all(|at| *at < now));
            }
        }
    }
}
