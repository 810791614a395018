use super::*;
use crate::segment::{Encoding, measure};
use proptest::prelude::*;

fn keyword(text: &str) -> Option<(Keyword, &'static str)> {
    match understand(text, false, None) {
        Meaning::Stop(heard) => Some((heard.keyword?, "stop")),
        Meaning::Start(heard) => Some((heard.keyword?, "start")),
        Meaning::Help(heard) => Some((heard.keyword?, "help")),
        _ => None,
    }
}

fn stops(text: &str) -> bool {
    matches!(understand(text, false, None), Meaning::Stop(_))
}

const ALONE: &[(&str, Keyword, &str)] = &[
    ("STOP", Keyword::Stop, "stop"),
    ("STOPALL", Keyword::StopAll, "stop"),
    ("STOP ALL", Keyword::StopAll, "stop"),
    ("UNSUBSCRIBE", Keyword::Unsubscribe, "stop"),
    ("CANCEL", Keyword::Cancel, "stop"),
    ("END", Keyword::End, "stop"),
    ("QUIT", Keyword::Quit, "stop"),
    ("REVOKE", Keyword::Revoke, "stop"),
    ("OPTOUT", Keyword::OptOut, "stop"),
    ("OPT OUT", Keyword::OptOut, "stop"),
    ("ARRET", Keyword::Arret, "stop"),
    ("ARRÊT", Keyword::Arret, "stop"),
    ("DÉSABONNER", Keyword::Desabonner, "stop"),
    ("START", Keyword::Start, "start"),
    ("UNSTOP", Keyword::Unstop, "start"),
    ("DEBUT", Keyword::Debut, "start"),
    ("DÉBUT", Keyword::Debut, "start"),
    ("HELP", Keyword::Help, "help"),
    ("INFO", Keyword::Info, "help"),
    ("AIDE", Keyword::Aide, "help"),
];

#[test]
fn every_keyword_alone_is_understood() {
    for &(text, word, wish) in ALONE {
        assert_eq!(keyword(text), Some((word, wish)), "{text}");
    }
}

#[test]
fn what_surrounds_a_keyword_without_being_a_word_does_not_matter() {
    for text in [
        "stop",
        "Stop.",
        "STOP!!",
        "  stop \n",
        "\"STOP\"",
        "“Stop”",
        "'stop'",
        "«\u{a0}STOP\u{a0}»",
        "stop 🙏",
        "🛑STOP🛑",
        "S.T.O.P.",
        "s t o p",
        "S-T-O-P",
        "STOP STOP stop",
        "*STOP*",
        "(stop)",
        "stop...",
        "¡STOP!",
        "#stop",
        "ＳＴＯＰ",
        "ｓｔｏｐ",
        "𝐒𝐓𝐎𝐏",
        "Ⓢⓣⓞⓟ",
        "S\u{200b}T\u{200d}O\u{feff}P",
        "\u{202e}STOP\u{202c}",
        "\u{200f}stop\u{200e}",
        "ST\u{ad}OP",
        "STÓP",
        "S\u{301}TOP",
        "stop\0",
        "STOP\n\nSent from my iPhone",
        "Stop\nEnvoyé de mon iPhone",
        "A\u{302}RRET",
        "ARRE\u{302}T",
        "arrêt!",
        "STOP\u{fe0f}",
        "opt-out",
        "Opt_Out",
        "stop-all",
        "\u{2067}arrêt\u{2069}",
    ] {
        assert!(stops(text), "{text:?}");
    }
}

#[test]
fn a_keyword_as_the_whole_wish_of_a_short_message_is_understood() {
    for text in [
        "stop please",
        "Please stop",
        "STOP, thanks",
        "ok stop",
        "No, stop!",
        "stop it",
        "please stop texting me",
        "Stop sending me messages",
        "stop all of these texts now",
        "unsubscribe me from your list please",
        "I want to unsubscribe",
        "I'd like to opt out",
        "opt me out",
        "Can you stop?",
        "Could you please stop texting my phone",
        "cancel please",
        "Cancel my subscription",
        "end these messages",
        "I revoke my consent",
        "quit texting me!!",
        "Stop all communication",
        "stop contacting me please and thank you",
        "stop svp",
        "Arrêt s'il vous plaît",
        "Bonjour, arrêtez svp. Merci",
        "arrêtez de m'envoyer des messages",
        "Veuillez me désabonner",
        "je veux me désabonner de votre liste",
        "STOP aux textos",
        "désabonnez-moi",
        "stop help",
        "start stop",
        "yes stop",
    ] {
        assert!(stops(text), "{text:?}");
    }
    assert_eq!(keyword("help please"), Some((Keyword::Help, "help")));
    assert_eq!(keyword("Aide svp"), Some((Keyword::Aide, "help")));
    assert_eq!(keyword("START, merci!"), Some((Keyword::Start, "start")));
}

#[test]
fn everyday_messages_are_conversation() {
    for text in [
        "",
        " ",
        "?",
        "👍",
        "ok",
        "Yes",
        "yes please",
        "No",
        "Oui",
        "Can you stop by at 5?",
        "CAN YOU STOP BY AT 5?",
        "I'll stop in tomorrow",
        "Does the bus stop near you?",
        "My car won't start",
        "It won't start please help",
        "Can you help me?",
        "I need help with my brakes",
        "Do you have info on winter tires?",
        "At the end of the day",
        "the end",
        "Please cancel my appointment",
        "Cancel my 3pm",
        "Can you cancel the oil change on Friday?",
        "How do I quit the app?",
        "Don't stop",
        "I'm not at work, text me later",
        "You did not call me back",
        "Why didn't you send me the invoice?",
        "Remove the old tires please",
        "Can you take it from my driveway",
        "Je peux m'arrêter à 17 h?",
        "L'arrêt d'autobus est devant",
        "Vous pouvez retirer mes pneus",
        "Le prix de la liste",
        "Pouvez-vous m'envoyer plus d'info?",
        "J'ai besoin d'aide",
        "L'auto ne part plus, pouvez-vous m'aider?",
        "Au début de la semaine",
        "Laissez-moi un message",
        "Start the work",
        "unstoppable",
        "stopped",
        "Nonstop noise",
        "Quick question: is it done?",
        "I got your message, no problem",
        "step",
        "shop",
        "subscribe",
        "don't call me, text me",
        "I'm not interested in financing but please book me",
        "I got too many messages on my phone and can't find yours",
        "I never signed the form",
        "I didn't agree to that price",
        "je n'ai plus de messages d'erreur au tableau",
        "no longer need contact lenses",
        "do not send me this by mail",
        "I don't want to text while driving",
        "Retirez les pneus de la facture",
        "stop by tomorrow",
        "Je vais arrêter au garage demain",
        "Arrêtez la réparation",
        "Liked “Joe's: hello. Reply STOP to unsubscribe, HELP for help.”",
        "A aimé «Répondez ARRET pour vous désabonner, AIDE pour de l'aide.»",
        "Reacted 👍 to “stop texting me”",
        "> Reply STOP to unsubscribe, HELP for help.\nSee you at 5",
        "Reply STOP to unsubscribe, HELP for help.",
    ] {
        assert_eq!(
            understand(text, false, None),
            Meaning::Conversation,
            "{text:?}"
        );
    }
}

#[test]
fn what_reads_like_a_wish_to_stop_goes_to_people() {
    for (text, reason) in [
        ("please take me off your list", Reason::OffTheList),
        ("Remove me", Reason::OffTheList),
        ("delete my number", Reason::OffTheList),
        ("how do I unsubscribe from this thing", Reason::OffTheList),
        ("I already opted out twice!", Reason::OffTheList),
        ("Retirez-moi de votre liste svp", Reason::OffTheList),
        ("enlevez mon numéro", Reason::OffTheList),
        ("Pouvez-vous me retirer de la liste", Reason::OffTheList),
        ("comment faire pour me désabonner de ça", Reason::OffTheList),
        ("Don't text me", Reason::StopWriting),
        ("do not contact me again", Reason::StopWriting),
        ("I don’t want any more messages", Reason::StopWriting),
        ("no more texts", Reason::StopWriting),
        (
            "why can't you guys stop messaging my wife",
            Reason::StopWriting,
        ),
        ("too many messages", Reason::StopWriting),
        ("leave me alone", Reason::StopWriting),
        ("Ne m'écrivez plus", Reason::StopWriting),
        ("je ne veux plus recevoir de textos", Reason::StopWriting),
        ("Cessez de me texter", Reason::StopWriting),
        ("laissez-moi tranquille", Reason::StopWriting),
        ("Please remove", Reason::OffTheList),
        ("I'd like to be removed", Reason::OffTheList),
        ("Do not contact", Reason::StopWriting),
        ("No texts please", Reason::StopWriting),
        ("how do i stop getting these", Reason::StopWriting),
        ("reply stop", Reason::StopWriting),
        ("go away", Reason::StopWriting),
        ("cessez", Reason::StopWriting),
        ("plus de textos svp", Reason::StopWriting),
        ("foutez-moi la paix", Reason::StopWriting),
        ("not my number", Reason::WrongNumber),
        ("Stop 418", Reason::KeywordInSentence),
        ("STOOOPPP", Reason::Misspelt),
        ("not interested", Reason::NotInterested),
        ("Pas intéressée, merci", Reason::NotInterested),
        ("Wrong number", Reason::WrongNumber),
        ("vous avez le mauvais numéro", Reason::WrongNumber),
        ("this is spam", Reason::Complaint),
        ("I never signed up for this", Reason::Complaint),
        ("je me suis jamais inscrit à ça", Reason::Complaint),
        ("I want to cancel", Reason::KeywordInSentence),
        ("Stop. I sold the car", Reason::KeywordInSentence),
        (
            "I sold it months ago, please stop",
            Reason::KeywordInSentence,
        ),
        ("will you people STOP already", Reason::KeywordInSentence),
        ("🛑", Reason::KeywordInSentence),
        ("sotp", Reason::Misspelt),
        ("unsuscribe", Reason::Misspelt),
        ("pls unsubcribe me", Reason::Misspelt),
        ("désaboner", Reason::Misspelt),
    ] {
        assert_eq!(
            understand(text, false, None),
            Meaning::UncertainWish(reason),
            "{text:?}"
        );
    }
}

#[test]
fn yes_subscribes_only_alone_and_after_a_stop() {
    let heard = Heard {
        keyword: Some(Keyword::Yes),
        language: Some(Language::English),
    };
    assert_eq!(understand("Yes!", true, None), Meaning::Start(heard));
    assert_eq!(understand("yes", false, None), Meaning::Conversation);
    assert_eq!(understand("yes please", true, None), Meaning::Conversation);
    assert_eq!(
        understand("yes", false, Some(Verdict::Start)),
        Meaning::Conversation
    );
}

#[test]
fn of_our_reading_and_the_providers_the_stricter_wins() {
    let all = [
        None,
        Some(Verdict::Stop),
        Some(Verdict::Start),
        Some(Verdict::Help),
    ];
    let reading = |text: &str| {
        all.map(|verdict| match understand(text, true, verdict) {
            Meaning::Stop(_) => "stop",
            Meaning::Start(_) => "start",
            Meaning::Help(_) => "help",
            Meaning::UncertainWish(_) => "uncertain",
            Meaning::Conversation => "conversation",
        })
    };
    assert_eq!(reading("STOP"), ["stop"; 4]);
    assert_eq!(reading("START"), ["start", "stop", "start", "help"]);
    assert_eq!(reading("HELP"), ["help", "stop", "help", "help"]);
    assert_eq!(
        reading("Remove me"),
        ["uncertain", "stop", "uncertain", "uncertain"]
    );
    assert_eq!(
        reading("See you"),
        ["conversation", "stop", "conversation", "help"]
    );
}

#[test]
fn the_answer_is_in_the_language_of_the_words_where_they_have_one() {
    let language = |text: &str| match understand(text, false, None) {
        Meaning::Stop(heard) | Meaning::Start(heard) | Meaning::Help(heard) => heard.language,
        other => panic!("{text}: {other:?}"),
    };
    assert_eq!(language("STOP"), None);
    assert_eq!(language("ARRET"), Some(Language::French));
    assert_eq!(language("stop svp"), Some(Language::French));
    assert_eq!(language("stop please"), Some(Language::English));
    assert_eq!(language("HELP"), Some(Language::English));
    assert_eq!(language("info"), None);
    assert_eq!(language("stop messages"), None);
}

#[test]
fn one_answer_is_due_to_a_keyword_and_none_where_the_provider_gave_it() {
    for (text, reply) in [
        ("STOP", Some(Reply::Stopped)),
        ("START", Some(Reply::Started)),
        ("HELP", Some(Reply::Help)),
        ("remove me", None),
        ("hello", None),
    ] {
        let meaning = understand(text, false, None);
        assert_eq!(Reply::due(meaning, None), reply, "{text}");
        assert_eq!(Reply::due(meaning, Some(Verdict::Stop)), None, "{text}");
    }
}

#[test]
fn answers_name_the_shop_and_fit_one_segment_of_gsm_letters() {
    let shop = Shop {
        name: "Garage Tremblay",
        number: "(418) 555-1234",
    };
    for reply in [Reply::Stopped, Reply::Started, Reply::Help] {
        for language in [Language::English, Language::French] {
            let text = reply.text(shop, language);
            assert!(
                text.contains(shop.name) && text.contains(shop.number),
                "{text}"
            );
            let measure = measure(&text);
            assert_eq!(
                (measure.encoding, measure.segments),
                (Encoding::Gsm7, 1),
                "{} {text}",
                measure.units
            );
        }
    }
}

#[test]
fn a_shop_without_a_number_reads_well() {
    let shop = Shop {
        name: "Garage Tremblay",
        number: "",
    };
    for reply in [Reply::Stopped, Reply::Started, Reply::Help] {
        for language in [Language::English, Language::French] {
            let text = reply.text(shop, language);
            assert!(text.ends_with('.') && !text.contains("  "), "{text}");
            for dangling in ["Questions", "call", "appelez"] {
                assert!(!text.contains(dangling), "{text}");
            }
            assert_eq!(measure(&text).segments, 1, "{text}");
            assert!(!stops(&text) || reply == Reply::Stopped, "{text}");
        }
    }
}

#[test]
fn our_own_messages_are_no_wish_when_they_come_back() {
    let shop = Shop {
        name: "Joe's",
        number: "(418) 555-1234",
    };
    for language in [Language::English, Language::French] {
        let first = with_offer("Hello Ana, your car is ready.", language);
        assert_eq!(with_offer(&first, language), first);
        assert_eq!(
            understand(&first, false, None),
            Meaning::Conversation,
            "{first}"
        );
        assert!(!stops(&Reply::Help.text(shop, language)));
        let started = Reply::Started.text(shop, language);
        assert_eq!(with_offer(&started, language), started, "it offers already");
    }
}

#[test]
fn a_very_long_text_is_read_whole() {
    assert!(stops(&"STOP ".repeat(50_000)));
    let long = "the car is fine and so are we. ".repeat(20_000);
    assert_eq!(understand(&long, false, None), Meaning::Conversation);
    assert!(matches!(
        understand(&format!("{long} take me off your list"), false, None),
        Meaning::UncertainWish(_)
    ));
}

/// A way to write a word that means the same: case, accents, marks nobody sees.
fn disguised(word: &'static str) -> impl Strategy<Value = String> {
    let marks = prop::sample::select(vec![
        "", "", "", "\u{301}", "\u{302}", "\u{200b}", "\u{200f}", "\u{ad}", "\u{feff}",
    ]);
    let letters: Vec<char> = word.chars().collect();
    prop::collection::vec((any::<bool>(), any::<bool>(), marks), letters.len()).prop_map(
        move |ways| {
            let mut text = String::new();
            for (letter, (lower, wide, mark)) in letters.iter().zip(ways) {
                let letter = if lower {
                    letter.to_lowercase().next().unwrap()
                } else {
                    *letter
                };
                let full_width = char::from_u32(u32::from(letter) + 0xfee0)
                    .filter(|_| wide && letter.is_ascii_alphabetic());
                text.push(full_width.unwrap_or(letter));
                text.push_str(mark);
            }
            text
        },
    )
}

proptest! {
    #[test]
    fn any_way_to_write_a_keyword_means_the_same(
        (text, expected) in prop::sample::select(ALONE.to_vec())
            .prop_flat_map(|(text, word, wish)| (disguised(text), Just((word, wish)))),
        before in "[ \\n\"'“«(*.!¡#🛑🙏\u{200b}]{0,6}",
        after in "[ \\n\"'”»)*.!?,;:…🛑🙏\u{200e}]{0,6}",
    ) {
        let written = format!("{before}{text}{after}");
        prop_assert_eq!(keyword(&written), Some(expected), "{:?}", written);
    }

    #[test]
    fn any_text_is_read_and_its_words_read_the_same_again(text in any::<String>(), stopped in any::<bool>()) {
        let _ = understand(&text, stopped, None);
        let once = words::words(&text);
        prop_assert_eq!(words::words(&once.join(" ")), once);
    }

    #[test]
    fn nothing_but_the_words_for_it_subscribes(
        said in prop::collection::vec(prop::sample::select(vec![
            "start", "unstop", "début", "yes", "stop", "help", "please", "merci", "car", "don't", "again", "ok",
        ]), 1..4),
        stopped in any::<bool>(),
    ) {
        let text = said.join(" ");
        if let Meaning::Start(_) = understand(&text, stopped, Some(Verdict::Start)) {
            let only = |words: &[&str]| said.iter().all(|word| words.contains(word));
            let has_word = ["start", "unstop", "début"].iter().any(|word| said.contains(word));
            prop_assert!(
                only(&["start", "unstop", "début", "please", "merci", "ok"])
                    || only(&["start", "unstop", "début", "yes"]) && (has_word || stopped),
                "{}", text
            );
        }
    }
}
