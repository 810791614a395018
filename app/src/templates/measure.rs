//! How many segments a text comes to, while it is written.

use crate::{
    i18n::{Locale, use_i18n},
    words,
};
use domain::{
    customer::Values,
    segment::{MESSAGE_MAX, Measure, measure},
    template::Template,
};
use leptos::prelude::*;
use leptos_i18n::td_string;

/// Under the field. A text with variables has at least the segments of what it says to a customer of whom nothing is known.
#[component]
pub fn Segments(#[prop(into)] template: Signal<Template>) -> impl IntoView {
    let i18n = use_i18n();
    let measured = Memo::new(move |_| {
        template.with(|template| {
            let bare = template.render(&Values::default(), |_, _| String::new());
            (measure(&bare), !template.slots().is_empty())
        })
    });
    let too_long = Memo::new(move |_| measured.with(|(measure, _)| measure.excess() > 0));
    let text = move || {
        let locale = i18n.get_locale();
        measured.with(|(measure, varies)| said(locale, measure, *varies))
    };
    let foreign = move || {
        measured.with(|(measure, _)| {
            let letters: String = measure.foreign.iter().take(8).collect();
            (!letters.is_empty() && measure.segments > 1).then(|| {
                td_string!(
                    i18n.get_locale(),
                    messaging.segments_foreign,
                    letters = letters
                )
            })
        })
    };
    view! {
        <p class="text-sm tabular-nums" class:muted=move || !too_long.get() class:text-error=too_long>
            {text}
        </p>
        <p class="muted text-sm empty:hidden">{foreign}</p>
    }
}

fn said(locale: Locale, measure: &Measure, varies: bool) -> String {
    if measure.excess() > 0 {
        return too_long(locale, measure.excess(), MESSAGE_MAX);
    }
    let segments = segments(locale, measure.segments);
    let room = count!(
        locale,
        measure.room as u64,
        messaging.segments_room_one | segments_room_many
    );
    if varies {
        td_string!(locale, messaging.segments_at_least, segments = segments)
    } else {
        td_string!(
            locale,
            messaging.segments_exactly,
            segments = segments,
            room = room
        )
    }
}

pub(crate) fn segments(locale: Locale, segments: usize) -> String {
    count!(
        locale,
        segments as u64,
        messaging.segments_one | segments_many
    )
}

/// That a text has `excess` characters more than `max`.
pub(crate) fn too_long(locale: Locale, excess: usize, max: usize) -> String {
    td_string!(
        locale,
        messaging.segments_too_long,
        excess = words::number(locale, excess as u64),
        max = words::number(locale, max as u64)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said_of(text: &str) -> String {
        said(Locale::en, &measure(text), false)
    }

    #[test]
    fn says_segments_and_room_until_the_text_is_too_long() {
        assert_eq!(said_of("Ready!"), "1 segment, room for 154 more characters");
        assert_eq!(
            said_of(&"a".repeat(161)),
            "2 segments, room for 145 more characters"
        );
        assert_eq!(
            said_of(&"a".repeat(1_603)),
            "3 characters too long: a message has at most 1,600."
        );
    }
}
