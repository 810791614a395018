//! Puts text into a field where the person was typing.

use crate::templates::utf16_offset;
use domain::{
    slot::Slot,
    template::{Names, Template},
};
use leptos::{html, prelude::*};

/// A variable as it is typed, with what stands there for who has nothing: `{First name|there}`.
pub(super) fn variable(slot: Slot, instead: &str, names: &Names) -> String {
    format!("{{{slot}|{instead}}}")
        .parse::<Template>()
        .map(|template| template.print(names))
        .unwrap_or_default()
}

/// What is inserted replaces the selection. The part of it that is to be typed over is selected afterwards.
pub(super) fn insert(
    node: NodeRef<html::Textarea>,
    value: RwSignal<String>,
    text: &str,
    over: Option<&str>,
) {
    let Some(area) = node.try_get_untracked().flatten() else {
        value.update(|value| value.push_str(text));
        return;
    };
    let from = area.selection_start().ok().flatten();
    let to = area.selection_end().ok().flatten();
    let end = utf16_offset(&area.value(), usize::MAX);
    let (from, to) = (from.unwrap_or(end), to.unwrap_or(end));
    if area
        .set_range_text_with_start_and_end(text, from, to)
        .is_err()
    {
        return;
    }
    value.set(area.value());
    let length = utf16_offset(text, usize::MAX);
    let (first, last) = over
        .and_then(|over| {
            let at = text.rfind(over)?;
            let first = utf16_offset(&text[..at], usize::MAX);
            Some((first, first + utf16_offset(over, usize::MAX)))
        })
        .unwrap_or((length, length));
    // After a menu or a dialog that gives the focus back.
    request_animation_frame(move || {
        drop(area.focus());
        drop(area.set_selection_range(from + first, from + last));
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::slot::Field;

    #[test]
    fn a_variable_is_typed_with_its_name_and_what_stands_there_instead() {
        let slot = Slot::Field(Field::FirstName);
        let names: Names = [("First {name}", slot)].into_iter().collect();
        let typed = variable(slot, "there", &names);
        assert_eq!(typed, "{First \\{name\\}|there}");
        assert_eq!(
            Template::parse(&typed, &names).map(|template| template.slots()),
            Ok(vec![slot])
        );
    }
}
