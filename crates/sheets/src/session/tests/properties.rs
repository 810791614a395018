//! What holds for every file and every series of corrections.

use super::*;
use proptest::prelude::*;

const CHOICES: &[fn() -> Belongs] = &[
    || Belongs::Ignore,
    || Belongs::Field(Field::Reference),
    || Belongs::Field(Field::CellPhone),
    || Belongs::Field(Field::OtherPhones),
    || Belongs::Field(Field::Email),
    || Belongs::Field(Field::Notes),
    || Belongs::FullName(NameOrder::LastFirst),
    || Belongs::Unsubscribe,
    || new(AttributeKind::Number, "Number"),
    || new(AttributeKind::Date, "Date"),
    || new(AttributeKind::Texts, "Texts"),
    || Belongs::Field(Field::BirthDate),
];

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "[ab]{1,2}",
        "[0-9]{1,3}([.,][0-9]{1,2})?",
        "51484455[0-9]{2}",
        "[a-c]@[a-c]\\.ca",
        "[0-3][0-9]/[01][0-9]/20[0-2][0-9]",
        "yes|no|n/a|#N/A",
        "[a-c]; [a-c]",
    ]
}

prop_compose! {
    fn file()(columns in 1_usize..6)(
        rows in prop::collection::vec(prop::collection::vec(cell(), columns), 1..25),
        titles in prop::collection::vec("Ref|Cell|Name|Email|Date|Tags|Phone|Nom|Prénom|x|Total", columns),
    ) -> String {
        let mut text = titles.join(",") + "\n";
        for row in rows {
            let quoted: Vec<String> = row.iter().map(|cell| format!("\"{cell}\"")).collect();
            text += &(quoted.join(",") + "\n");
        }
        text
    }
}

#[derive(Clone, Debug)]
enum Edit {
    Belongs(u32, usize),
    Fix(u32, u32, String),
    Skip(u32),
    Clear(u32),
    Everywhere(u32, String),
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        (0_u32..6, 0..CHOICES.len()).prop_map(|(column, choice)| Edit::Belongs(column, choice)),
        (1_u32..27, 0_u32..6, cell())
            .prop_map(|(line, column, text)| Edit::Fix(line, column, text)),
        (1_u32..27).prop_map(Edit::Skip),
        (0_u32..6).prop_map(Edit::Clear),
        (0_u32..6, cell()).prop_map(|(column, text)| Edit::Everywhere(column, text)),
    ]
}

fn apply(session: &mut Session, edit: Edit) {
    let asked = match edit {
        Edit::Belongs(column, choice) => Ask::SetColumn {
            column,
            belongs: CHOICES[choice](),
        },
        Edit::Fix(line, column, text) => Ask::Fix { line, column, text },
        Edit::Skip(line) => Ask::SkipRow { line, skip: true },
        Edit::Clear(column) => Ask::ClearProblems { column },
        Edit::Everywhere(column, text) => Ask::FixEverywhere {
            column,
            from_text: text,
            to_text: "a".to_owned(),
        },
    };
    ask(session, asked);
}

/// Everything that a person sees.
fn seen(session: &mut Session) -> (crate::preview::RowWindow, crate::preview::Summary) {
    (session.window(0, 1_000, RowView::All), session.summary())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn every_row_ends_as_exactly_one_thing(text in file(), edits in prop::collection::vec(edit(), 0..12)) {
        let Ok(mut session) = Session::open(text.into_bytes(), opening(), &mut |_| {}) else { return Ok(()) };
        for edit in edits {
            apply(&mut session, edit);
            let summary = session.summary();
            prop_assert_eq!(summary.rows, summary.ready + summary.failed + summary.skipped);
            prop_assert_eq!(summary.rows, session.opened().detected.data_rows);
            prop_assert_eq!(session.window(0, 1, RowView::OnlyProblems).total, summary.failed);
            for column in &summary.columns {
                prop_assert_eq!(column.filled + column.blank + column.problems, summary.rows);
            }
        }
    }

    #[test]
    fn looking_often_or_once_shows_the_same(text in file(), edits in prop::collection::vec(edit(), 0..12)) {
        let Ok(mut often) = Session::open(text.clone().into_bytes(), opening(), &mut |_| {}) else { return Ok(()) };
        let mut once = open(&text);
        for edit in edits {
            apply(&mut often, edit.clone());
            seen(&mut often);
            apply(&mut once, edit);
        }
        prop_assert_eq!(seen(&mut often), seen(&mut once));
    }

    #[test]
    fn undoing_a_fix_restores_everything(text in file(), line in 1_u32..27, column in 0_u32..6, fix in cell()) {
        let Ok(mut session) = Session::open(text.into_bytes(), opening(), &mut |_| {}) else { return Ok(()) };
        let before = seen(&mut session);
        ask(&mut session, Ask::Fix { line, column, text: fix });
        ask(&mut session, Ask::Unfix { line, column });
        prop_assert_eq!(seen(&mut session), before);
    }

    #[test]
    fn no_two_columns_are_suggested_for_one_field(text in file()) {
        let Ok(session) = Session::open(text.into_bytes(), opening(), &mut |_| {}) else { return Ok(()) };
        let collide = session.mapping_problems().iter().any(|problem| matches!(problem, MappingProblem::ColumnsCollide { .. }));
        prop_assert!(!collide, "{:?}", belongs(&session));
    }

    #[test]
    fn chunks_carry_every_row_once_and_in_order(text in file(), edits in prop::collection::vec(edit(), 0..6)) {
        let Ok(mut session) = Session::open(text.into_bytes(), opening(), &mut |_| {}) else { return Ok(()) };
        for edit in edits {
            apply(&mut session, edit);
        }
        let summary = session.summary();
        if session.mapping_problems().iter().any(MappingProblem::blocks) {
            return Ok(());
        }
        let (request, rows) = staged(&mut session);
        prop_assert_eq!(rows.iter().map(|row| row.line).collect::<Vec<_>>(), session.lines.clone());
        let (mut ready, mut failed, mut unsubscribes) = (0, 0, 0);
        for row in &rows {
            match &row.content {
                RowContent::Values { values, unsubscribe, .. } => {
                    ready += 1;
                    unsubscribes += u32::from(*unsubscribe);
                    prop_assert_eq!(values.len(), request.columns.len());
                }
                RowContent::Failed { problems, .. } => {
                    failed += 1;
                    prop_assert!(!problems.is_empty());
                }
                RowContent::Skipped(_) => {}
            }
        }
        prop_assert_eq!((ready, failed, unsubscribes), (summary.ready, summary.failed, summary.unsubscribes));
    }
}
