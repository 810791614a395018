//! Columns: what they belong to, why, and what is wrong with that.

use crate::{customers::wording as customers, i18n::Locale};
use domain::{
    attribute::Attribute, attribute::AttributeKind, attribute::AttributeName,
    import::merge::MergeRule,
};
use leptos_i18n::td_string;
use sheets::mapping::{
    Belongs, Column, Contents, DateOrder, DecimalMark, Evidence, MappingProblem, NameOrder, Reason,
    Separator,
};

/// `A`, `B`, … `Z`, `AA`, as spreadsheets call the column of that index.
pub(crate) fn letter(column: u32) -> String {
    let (mut rest, mut letters) = (column, Vec::new());
    loop {
        letters.push(char::from(
            b'A' + u8::try_from(rest % 26).unwrap_or_default(),
        ));
        match rest / 26 {
            0 => break,
            more => rest = more - 1,
        }
    }
    letters.iter().rev().collect()
}

pub(crate) fn belongs(locale: Locale, belongs: &Belongs, attributes: &[Attribute]) -> String {
    match belongs {
        Belongs::Field(field) => customers::field(locale, *field).to_owned(),
        Belongs::FullName(NameOrder::FirstLast) => {
            td_string!(locale, imports.full_name_first_last).to_owned()
        }
        Belongs::FullName(NameOrder::LastFirst) => {
            td_string!(locale, imports.full_name_last_first).to_owned()
        }
        Belongs::Attribute(id) => attributes
            .iter()
            .find(|attribute| attribute.id == *id)
            .map_or_else(
                || td_string!(locale, imports.attribute_gone).to_owned(),
                |attribute| attribute.name.to_string(),
            ),
        Belongs::New { kind, name } if name.is_empty() => new_kind(locale, *kind).to_owned(),
        Belongs::New { name, .. } => name.clone(),
        Belongs::Unsubscribe => td_string!(locale, imports.unsubscribed).to_owned(),
        Belongs::Version => td_string!(locale, imports.version).to_owned(),
        Belongs::Ignore | Belongs::Appointment(_) | Belongs::NewOfAppointment { .. } => {
            td_string!(locale, imports.ignore).to_owned()
        }
    }
}

pub(crate) fn new_kind(locale: Locale, kind: AttributeKind) -> &'static str {
    match kind {
        AttributeKind::Text => td_string!(locale, imports.new_string),
        AttributeKind::Number => td_string!(locale, imports.new_number),
        AttributeKind::Date => td_string!(locale, imports.new_date),
        AttributeKind::Texts => td_string!(locale, imports.new_texts),
    }
}

pub(crate) fn rule(locale: Locale, rule: MergeRule) -> &'static str {
    match rule {
        MergeRule::FillBlanks => td_string!(locale, imports.rule_fill_blanks),
        MergeRule::Replace => td_string!(locale, imports.rule_replace),
        MergeRule::ReplaceAndErase => td_string!(locale, imports.rule_replace_and_erase),
        MergeRule::Never => td_string!(locale, imports.rule_never),
        MergeRule::Add => td_string!(locale, imports.rule_add),
    }
}

pub(crate) fn format_date(locale: Locale, order: DateOrder) -> &'static str {
    match order {
        DateOrder::YearMonthDay => td_string!(locale, imports.date_ymd),
        DateOrder::DayMonthYear => td_string!(locale, imports.date_dmy),
        DateOrder::MonthDayYear => td_string!(locale, imports.date_mdy),
    }
}

pub(crate) fn decimal_mark(locale: Locale, mark: DecimalMark) -> &'static str {
    match mark {
        DecimalMark::Point => td_string!(locale, imports.decimal_point),
        DecimalMark::Comma => td_string!(locale, imports.decimal_comma),
    }
}

pub(crate) fn separator(locale: Locale, separator: Separator) -> &'static str {
    match separator {
        Separator::Comma => td_string!(locale, imports.separator_comma),
        Separator::Semicolon => td_string!(locale, imports.separator_semicolon),
        Separator::Bar => td_string!(locale, imports.separator_bar),
        Separator::Slash => td_string!(locale, imports.separator_slash),
        Separator::LineBreak => td_string!(locale, imports.separator_line_break),
    }
}

/// Why a column is thought to belong where it does. `header` names a column by its index.
pub(crate) fn reason(locale: Locale, reason: &Reason, header: impl Fn(u32) -> String) -> String {
    match reason {
        Reason::ChosenLastTime => td_string!(locale, imports.why_last_time).to_owned(),
        Reason::HeaderAlike { title } => {
            td_string!(locale, imports.why_header, title = title.clone())
        }
        Reason::ExistingAttribute { name } => {
            td_string!(locale, imports.why_attribute, name = name.clone())
        }
        Reason::Contents { contents, percent } => {
            td_string!(
                locale,
                imports.why_contents,
                percent = *percent,
                contents = self::contents(locale, *contents)
            )
        }
        Reason::Empty => td_string!(locale, imports.why_empty).to_owned(),
        Reason::Repeated { percent } => {
            td_string!(locale, imports.why_repeated, percent = *percent)
        }
        Reason::TakenBy { column } => {
            td_string!(locale, imports.why_taken, column = header(*column))
        }
        Reason::RetiredAttribute { name } => {
            td_string!(locale, imports.why_retired, name = name.clone())
        }
        Reason::OtherAccount => td_string!(locale, imports.why_other_account).to_owned(),
    }
}

fn contents(locale: Locale, contents: Contents) -> &'static str {
    match contents {
        Contents::Emails => td_string!(locale, imports.contents_emails),
        Contents::Phones => td_string!(locale, imports.contents_phones),
        Contents::Dates => td_string!(locale, imports.contents_dates),
        Contents::Times => td_string!(locale, imports.contents_times),
        Contents::Numbers => td_string!(locale, imports.contents_numbers),
        Contents::Collections => td_string!(locale, imports.contents_collections),
        Contents::YesOrNo => td_string!(locale, imports.contents_yes_or_no),
        Contents::PostalCodes => td_string!(locale, imports.contents_postal_codes),
        Contents::Countries => td_string!(locale, imports.contents_countries),
        Contents::Languages => td_string!(locale, imports.contents_languages),
        Contents::Formulas => td_string!(locale, imports.contents_formulas),
        Contents::Texts => td_string!(locale, imports.contents_texts),
        Contents::Versions => td_string!(locale, imports.contents_versions),
    }
}

/// What the cells say about the format of the column.
pub(crate) fn evidence(locale: Locale, evidence: &Evidence) -> String {
    match evidence {
        Evidence::DatesAreClear => td_string!(locale, imports.dates_are_clear).to_owned(),
        Evidence::DayFirst { line, text } => {
            td_string!(locale, imports.day_first, line = *line, text = text.clone())
        }
        Evidence::MonthFirst { line, text } => {
            td_string!(
                locale,
                imports.month_first,
                line = *line,
                text = text.clone()
            )
        }
        Evidence::YearFirst { line, text } => {
            td_string!(
                locale,
                imports.year_first,
                line = *line,
                text = text.clone()
            )
        }
        Evidence::CannotTell { line, text } => {
            td_string!(
                locale,
                imports.cannot_tell,
                line = *line,
                text = text.clone()
            )
        }
        Evidence::LikelySwapped { line, text } => {
            td_string!(
                locale,
                imports.likely_swapped,
                line = *line,
                text = text.clone()
            )
        }
        Evidence::Contradictory {
            day_first_line,
            day_first,
            month_first_line,
            month_first,
        } => td_string!(
            locale,
            imports.contradictory,
            day_line = *day_first_line,
            day = day_first.clone(),
            month_line = *month_first_line,
            month = month_first.clone()
        ),
        Evidence::Decimal {
            mark: DecimalMark::Comma,
            line,
            text,
        } => {
            td_string!(
                locale,
                imports.decimal_comma_seen,
                line = *line,
                text = text.clone()
            )
        }
        Evidence::Decimal {
            mark: DecimalMark::Point,
            line,
            text,
        } => {
            td_string!(
                locale,
                imports.decimal_point_seen,
                line = *line,
                text = text.clone()
            )
        }
        Evidence::OneTextEach => td_string!(locale, imports.one_text_each).to_owned(),
        Evidence::DecimalByHabit => td_string!(locale, imports.decimal_by_habit).to_owned(),
        Evidence::Separated { line, text, .. } => {
            td_string!(locale, imports.separated, line = *line, text = text.clone())
        }
    }
}

/// What is wrong with a column as it is mapped; `None` for what is wrong with others.
pub(crate) fn column_problem(
    locale: Locale,
    problem: &MappingProblem,
    column: u32,
    columns: &[Column],
    attributes: &[Attribute],
) -> Option<String> {
    let text = match problem {
        MappingProblem::ColumnsCollide { columns: colliding } if colliding.contains(&column) => {
            let others: Vec<_> = colliding
                .iter()
                .filter(|other| **other != column)
                .filter_map(|other| columns.get(*other as usize))
                .map(|other| format!("“{}”", other.header))
                .collect();
            let target = columns
                .get(column as usize)
                .map(|column| belongs(locale, &column.belongs, attributes));
            let others = others.join(", ");
            td_string!(
                locale,
                imports.problem_collide,
                others = others,
                target = target.unwrap_or_default()
            )
        }
        MappingProblem::DateOrderNeeded { column: asked } if *asked == column => {
            td_string!(locale, imports.problem_date_order).to_owned()
        }
        MappingProblem::AttributeExists {
            column: named,
            attribute,
            kind,
        } if *named == column => {
            let name = attributes
                .iter()
                .find(|known| known.id == *attribute)
                .map(|known| known.name.to_string());
            let (name, kind) = (
                name.unwrap_or_default(),
                customers::kind(locale, *kind).to_lowercase(),
            );
            td_string!(locale, imports.problem_exists, name = name, kind = kind)
        }
        MappingProblem::AttributeNeedsName { column: named } if *named == column => {
            td_string!(locale, imports.problem_needs_name).to_owned()
        }
        MappingProblem::AttributeNameTooLong { column: named } if *named == column => {
            td_string!(
                locale,
                imports.problem_name_too_long,
                max = AttributeName::MAX
            )
        }
        MappingProblem::AttributeGone { column: gone } if *gone == column => {
            td_string!(locale, imports.problem_gone).to_owned()
        }
        _ => return None,
    };
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_letters_of_a_spreadsheet() {
        let letters = [0, 25, 26, 51, 52, 701, 702].map(letter);
        assert_eq!(letters, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }

    #[test]
    fn a_collision_is_said_at_each_of_its_columns_and_nowhere_else() {
        let problem = MappingProblem::ColumnsCollide {
            columns: vec![1, 2],
        };
        let said = |column| column_problem(Locale::en, &problem, column, &[], &[]).is_some();
        assert_eq!([0, 1, 2].map(said), [false, true, true]);
    }
}
