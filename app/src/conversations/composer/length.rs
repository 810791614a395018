//! Under the field: how long the message is, and how it becomes shorter.

use crate::{
    conversations::view_model::length::Length,
    i18n::{Locale, t, use_i18n},
    templates::{segments, too_long},
    ui::{Button, Icon},
    words,
};
use domain::segment::MESSAGE_MAX;
use icondata_lu::LuWandSparkles;
use leptos::prelude::*;
use leptos_i18n::td_string;

#[component]
pub(super) fn LengthLine(
    #[prop(into)] length: Signal<Length>,
    /// Writes the message with plain letters.
    on_plain: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let text = Memo::new(move |_| length.with(|length| said(i18n.get_locale(), length)));
    let too_long = Memo::new(move |_| length.with(|length| length.measure.excess() > 0));
    let saved = Memo::new(move |_| length.with(|length| length.saved as u64));
    let saved_text = move || {
        count!(
            i18n.get_locale(),
            saved.get(),
            conversations.saves_one | saves_many
        )
    };
    view! {
        <p id="message-length" class="text-sm tabular-nums empty:hidden" class:muted=move || !too_long.get() class:text-error=too_long>
            {text}
        </p>
        <Show when=move || { saved.get() > 0 }>
            <p class="flex flex-wrap items-center gap-2 text-sm">
                <span class="inline-flex items-center gap-1">
                    <Icon icon=LuWandSparkles/>
                    {saved_text}
                </span>
                <Button small=true on:click=move |_| on_plain.run(())>{t!(i18n, conversations.use_plain)}</Button>
            </p>
        </Show>
    }
}

fn said(locale: Locale, length: &Length) -> String {
    let measure = &length.measure;
    let number = |count: usize| words::number(locale, count as u64);
    if measure.segments == 0 {
        return String::new();
    }
    if measure.excess() > 0 {
        return too_long(locale, measure.excess(), MESSAGE_MAX);
    }
    td_string!(
        locale,
        conversations.length,
        segments = segments(locale, measure.segments),
        characters = number(measure.length),
        room = number(measure.room)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversations::view_model::length::length;

    #[test]
    fn says_segments_characters_and_room() {
        let told = |text: &str| said(Locale::en, &length(text, None));
        assert_eq!(told(""), "");
        assert_eq!(told("Ready!"), "1 segment · 6 characters · room for 154");
        assert_eq!(
            told(&"a".repeat(161)),
            "2 segments · 161 characters · room for 145"
        );
        assert_eq!(
            told(&"a".repeat(1_603)),
            "3 characters too long: a message has at most 1,600."
        );
    }
}
