//! What can happen to a shop, drawn at random.

use proptest::prelude::*;

#[derive(Clone, Debug)]
pub(super) enum Step {
    Create {
        phone: Option<u16>,
        other: Option<u16>,
    },
    Edit {
        customer: usize,
        phone: Option<u16>,
    },
    EditOther {
        customer: usize,
        other: Option<u16>,
    },
    Unsubscribe {
        customer: usize,
    },
    /// From a screen that shows this number, of a profile that is gone.
    UnsubscribeGone {
        phone: u16,
    },
    Delete {
        customer: usize,
    },
    /// Rows about references, with a phone and another one, some of which do not want messages.
    Import {
        rows: Vec<(u16, Option<u16>, Option<u16>, bool)>,
        replace: bool,
    },
    Undo {
        import: usize,
    },
    /// The customer's own words.
    Stop {
        phone: u16,
    },
    Start {
        phone: u16,
    },
    Say {
        phone: u16,
        text: &'static str,
    },
    /// A message that the provider delivers once more, however late.
    Again {
        message: usize,
    },
    /// Somebody of the staff writes, or tries to.
    Send {
        phone: u16,
    },
    /// Somebody decides the first wish that waits.
    Settle {
        stop: bool,
    },
}

/// What means nothing for consent, or nothing certain.
const SAID: &[&str] = &[
    "HELP",
    "is it ready?",
    "please take me off your list",
    "merci",
];

/// Fewer than there are, so that most of a history is about the same ones.
const DRAWN: u16 = 4;

fn number() -> impl Strategy<Value = Option<u16>> {
    prop::option::weighted(0.8, 0..DRAWN)
}

fn other() -> impl Strategy<Value = Option<u16>> {
    prop::option::weighted(0.4, 0..DRAWN)
}

/// Somebody is there who was not.
pub(super) fn arrival() -> impl Strategy<Value = Step> {
    let row = (0..4u16, number(), other(), prop::bool::weighted(0.2));
    prop_oneof![
        (number(), other()).prop_map(|(phone, other)| Step::Create { phone, other }),
        (prop::collection::vec(row, 1..4), any::<bool>())
            .prop_map(|(rows, replace)| Step::Import { rows, replace }),
    ]
}

pub(super) fn step() -> impl Strategy<Value = Step> {
    let which = || 0..8usize;
    prop_oneof![
        6 => arrival(),
        5 => (which(), number()).prop_map(|(customer, phone)| Step::Edit { customer, phone }),
        3 => (which(), other()).prop_map(|(customer, other)| Step::EditOther { customer, other }),
        3 => which().prop_map(|customer| Step::Unsubscribe { customer }),
        1 => (0..DRAWN).prop_map(|phone| Step::UnsubscribeGone { phone }),
        2 => which().prop_map(|customer| Step::Delete { customer }),
        2 => which().prop_map(|import| Step::Undo { import }),
        2 => (0..DRAWN).prop_map(|phone| Step::Stop { phone }),
        3 => (0..DRAWN).prop_map(|phone| Step::Start { phone }),
        2 => (0..DRAWN, prop::sample::select(SAID)).prop_map(|(phone, text)| Step::Say { phone, text }),
        2 => (0..40usize).prop_map(|message| Step::Again { message }),
        5 => (0..DRAWN).prop_map(|phone| Step::Send { phone }),
        1 => any::<bool>().prop_map(|stop| Step::Settle { stop }),
    ]
}
