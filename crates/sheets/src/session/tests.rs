mod properties;
mod rows;
mod suggestions;
mod versions;

use super::*;
use crate::{
    detected::Delimiter,
    mapping::{DateOrder, MappingProblem, NameOrder, Separator},
    preview::{RowState, RowView},
    protocol::{Ask, Reply},
};
use domain::{
    attribute::{AttributeKind, AttributeName},
    import::chunk::{CellReason, Chunk, ImportPlanRequest, RowContent, SkipReason},
    slot::{Field, Slot},
    value::Value,
};
use flate2::read::DeflateDecoder;
use std::io::Read;
use uuid::Uuid;

fn opening() -> Opening {
    Opening {
        file_name: "list.csv".to_owned(),
        kind: ImportKind::Customers,
        country: Country::CANADA,
        account: AccountId::new(Uuid::from_u128(1)),
        attributes: Vec::new(),
        remembered: None,
        corrections: None,
    }
}

fn open_with(csv: &str, opening: Opening) -> Session {
    Session::open(csv.as_bytes().to_vec(), opening, &mut |_| {}).unwrap()
}

fn open(csv: &str) -> Session {
    open_with(csv, opening())
}

fn ask(session: &mut Session, ask: Ask) -> Reply {
    session
        .answer(
            ask,
            &mut || AttributeId::new(Uuid::from_u128(7)),
            &mut |_| {},
        )
        .0
}

fn belongs(session: &Session) -> Vec<Belongs> {
    session
        .mapping()
        .columns
        .into_iter()
        .map(|column| column.belongs)
        .collect()
}

fn states(session: &mut Session) -> Vec<RowState> {
    session
        .window(0, 1_000, RowView::All)
        .rows
        .into_iter()
        .map(|row| row.state)
        .collect()
}

fn attribute(name: &str, kind: AttributeKind, id: u128) -> Attribute {
    Attribute {
        id: AttributeId::new(Uuid::from_u128(id)),
        name: AttributeName::parse(name).unwrap(),
        kind,
        retired: false,
    }
}

fn new(kind: AttributeKind, name: &str) -> Belongs {
    Belongs::New {
        kind,
        name: name.to_owned(),
    }
}

/// Every staged row, through the bytes that the server gets.
fn staged(session: &mut Session) -> (ImportPlanRequest, Vec<domain::import::chunk::StagedRow>) {
    let mut ids = 0;
    let mut new_id = || {
        ids += 1;
        AttributeId::new(Uuid::from_u128(ids))
    };
    let request = session.plan(&mut new_id).unwrap();
    let mut rows = Vec::new();
    for number in 0..request.chunks {
        let mut plain = Vec::new();
        DeflateDecoder::new(session.chunk(number).unwrap().as_slice())
            .read_to_end(&mut plain)
            .unwrap();
        let chunk: Chunk = postcard::from_bytes(&plain).unwrap();
        assert_eq!(chunk.number, number);
        rows.extend(chunk.rows);
    }
    assert_eq!(session.chunk(request.chunks), None);
    (request, rows)
}

const PEOPLE: &str = "Ref,First name,Last name,Cell,Email,Joined,Spent,Tags\n\
    A1,Amélie,Roy,514-844-5599,amelie@example.com,2024-01-31,12.50,vip; fleet\n\
    A2,Noah,Côté,(418) 340-2002,noah@example.com,2024-02-01,7,fleet\n\
    A3,Wei,Chen,123,wei@example.com,2024-02-30,x,senior\n";

#[test]
fn suggestions_come_with_their_reasons() {
    let session = open(PEOPLE);
    assert_eq!(
        belongs(&session),
        [
            Belongs::Field(Field::Reference),
            Belongs::Field(Field::FirstName),
            Belongs::Field(Field::LastName),
            Belongs::Field(Field::CellPhone),
            Belongs::Field(Field::Email),
            new(AttributeKind::Date, "Joined"),
            new(AttributeKind::Text, "Spent"),
            new(AttributeKind::Texts, "Tags"),
        ]
    );
    let columns = session.mapping().columns;
    assert_eq!(
        columns[4].reasons,
        [
            Reason::HeaderAlike {
                title: "Email".to_owned()
            },
            Reason::Contents {
                contents: crate::mapping::Contents::Emails,
                percent: 100
            }
        ]
    );
    assert_eq!(
        columns[7].format,
        Some(CellFormat::Texts(Separator::Semicolon))
    );
    assert_eq!(session.mapping().problems, []);
}

#[test]
fn an_existing_attribute_is_used_with_its_type() {
    let mut opening = opening();
    opening.attributes = vec![attribute("JOINED", AttributeKind::Date, 9)];
    let session = open_with(PEOPLE, opening);
    let joined = &session.mapping().columns[5];
    assert_eq!(
        joined.belongs,
        Belongs::Attribute(AttributeId::new(Uuid::from_u128(9)))
    );
    assert_eq!(
        joined.reasons,
        [Reason::ExistingAttribute {
            name: "JOINED".to_owned()
        }]
    );
    assert_eq!(
        joined.format,
        Some(CellFormat::Dates(DateOrder::YearMonthDay))
    );
}

#[test]
fn problems_are_found_by_cell_and_fixed_in_place() {
    let mut session = open(PEOPLE);
    ask(
        &mut session,
        Ask::SetColumn {
            column: 6,
            belongs: new(AttributeKind::Number, "Spent"),
        },
    );
    let window = session.window(0, 10, RowView::OnlyProblems);
    assert_eq!((window.total, window.rows[0].line), (1, 4));
    let problems: Vec<usize> = (0..8)
        .filter(|column| window.rows[0].cells[*column].problem.is_some())
        .collect();
    assert_eq!(problems, [3, 5, 6]);
    assert_eq!(session.window(0, 10, RowView::Line(4)), window);
    assert_eq!(session.window(0, 10, RowView::Line(400)).total, 0);
    for (column, text) in [(3, "514-844-5598"), (5, "2024-02-29"), (6, "")] {
        assert!(matches!(
            ask(
                &mut session,
                Ask::Fix {
                    line: 4,
                    column,
                    text: text.to_owned()
                }
            ),
            Reply::Edited { changed: 1, .. }
        ));
    }
    assert_eq!(states(&mut session), [RowState::Ready; 3]);
    assert_eq!(session.summary().fixed, 3);
    ask(&mut session, Ask::Unfix { line: 4, column: 3 });
    assert_eq!(session.summary().failed, 1);
    ask(&mut session, Ask::ClearProblems { column: 3 });
    assert_eq!(session.summary().failed, 0);
}

#[test]
fn fixes_outlive_a_changed_mapping_and_another_way_of_reading() {
    let mut session = open(PEOPLE);
    ask(
        &mut session,
        Ask::Fix {
            line: 4,
            column: 3,
            text: "514-844-5598".to_owned(),
        },
    );
    ask(&mut session, Ask::ClearProblems { column: 5 });
    ask(
        &mut session,
        Ask::SetColumn {
            column: 3,
            belongs: Belongs::Ignore,
        },
    );
    ask(
        &mut session,
        Ask::SetColumn {
            column: 3,
            belongs: Belongs::Field(Field::CellPhone),
        },
    );
    ask(
        &mut session,
        Ask::Reread {
            overrides: Overrides::default(),
        },
    );
    let row = &session.window(2, 1, RowView::All).rows[0];
    assert_eq!(
        (row.state, row.cells[3].fixed.as_deref()),
        (RowState::Ready, Some("514-844-5598"))
    );
    assert_eq!(row.cells[3].values, ["(514) 844-5598"]);
}

#[test]
fn corrections_of_cells_that_are_cut_otherwise_are_dropped() {
    let mut session = open(PEOPLE);
    let fix = Ask::Fix {
        line: 4,
        column: 3,
        text: "514-844-5598".to_owned(),
    };
    ask(&mut session, fix);
    let overrides = Overrides {
        delimiter: Some(Delimiter::Pipe),
        ..Overrides::default()
    };
    ask(&mut session, Ask::Reread { overrides });
    assert_eq!(session.summary().fixed, 0);
}

#[test]
fn a_format_that_a_person_chose_outlives_a_closed_tab() {
    let list = "Ref,Cell,Last visit\nA,514-844-5599,25/03/2024\nB,514-844-5598,03/04/2024\n";
    let mut session = open(list);
    let format = CellFormat::Dates(DateOrder::MonthDayYear);
    ask(&mut session, Ask::SetFormat { column: 2, format });
    let (request, rows) = staged(&mut session);
    let mut again = opening();
    again.remembered = Some(request.mapping.clone());
    again.corrections = Some(request.corrections.clone());
    assert_eq!(staged(&mut open_with(list, again)), (request, rows));
}

#[test]
fn one_fix_mends_every_cell_that_says_the_same() {
    let mut session =
        open("Ref,Cell\nA,unlisted\nB,unlisted\nC,514-844-5599\nD,514-844-5598\nE,514-844-5597\n");
    let groups = session.summary().problems;
    assert_eq!(
        (groups.len(), groups[0].cells, groups[0].first_line),
        (1, 2, 2)
    );
    let fix = Ask::FixEverywhere {
        column: 1,
        from_text: "unlisted".to_owned(),
        to_text: String::new(),
    };
    let Reply::Edited { changed, summary } = ask(&mut session, fix) else {
        panic!("not edited")
    };
    assert_eq!((changed, summary.ready), (2, 5));
}

#[test]
fn rows_are_skipped_and_taken_back() {
    let mut session = open("Ref,Cell\nA,1\nB,514-844-5599\nC,514-844-5598\n");
    ask(
        &mut session,
        Ask::SkipRow {
            line: 3,
            skip: true,
        },
    );
    ask(&mut session, Ask::SkipProblemRows);
    assert_eq!(
        states(&mut session)[..2],
        [RowState::Skipped(SkipReason::ByPerson); 2]
    );
    ask(
        &mut session,
        Ask::SkipRow {
            line: 3,
            skip: false,
        },
    );
    assert_eq!(states(&mut session)[1], RowState::Ready);
    assert_eq!(
        ask(
            &mut session,
            Ask::SkipRow {
                line: 99,
                skip: true
            }
        ),
        Reply::NoSuchThing
    );
}

#[test]
fn the_same_person_is_folded_into_the_first_row_which_takes_what_was_blank() {
    let mut session = open(
        "Ref,First name,Last name,Cell,Tags\n\
         A1,Amélie,,514-844-5599,vip; fleet\n\
         a1 ,,Roy,,senior; vip\n\
         ,Amy,,5148445599,\n\
         B2,Noah,,514 844 5599,\n\
         B3,Wei,Chen,,vip\n",
    );
    let (ready, failed) = (RowState::Ready, RowState::Failed);
    let folded = RowState::Skipped(SkipReason::FoldedInto(2));
    assert_eq!(states(&mut session), [ready, folded, folded, failed, ready]);
    assert_eq!(
        session.problems_of(3),
        [(3, CellReason::PhoneOfLine { line: 2 })]
    );
    let (request, rows) = staged(&mut session);
    let RowContent::Values { values, .. } = &rows[0].content else {
        panic!("no values")
    };
    let slots: Vec<Slot> = request.columns.iter().map(|column| column.slot).collect();
    let value = |field| {
        values[slots
            .iter()
            .position(|slot| *slot == Slot::Field(field))
            .unwrap()]
        .clone()
    };
    assert_eq!(value(Field::LastName), Some(Value::Text("Roy".to_owned())));
    assert_eq!(
        value(Field::FirstName),
        Some(Value::Text("Amélie".to_owned()))
    );
    assert_eq!(values[4], Value::texts(["vip", "fleet", "senior"]));
    ask(&mut session, Ask::ClearProblems { column: 3 });
    assert_eq!(states(&mut session)[3], ready);
}

/// Or a wish not to be contacted on the second row would lose its number.
#[test]
fn another_cell_phone_of_the_same_person_becomes_another_phone() {
    for (other_phones, expected) in [
        ("", vec!["+15148445598"]),
        ("418-340-2002", vec!["+14183402002", "+15148445598"]),
    ] {
        let title = if other_phones.is_empty() {
            "Notes"
        } else {
            "Other phones"
        };
        let mut session = open(&format!(
            "Ref,Cell,Unsubscribed,{title}\nA1,514-844-5599,N,{other_phones}\nA1,514-844-5598,Yes,\nA1,514-844-5599,N,\nB2,514-844-5597,N,\nB3,514-844-5596,N,\nB4,514-844-5595,N,\n"
        ));
        let (request, rows) = staged(&mut session);
        let RowContent::Values {
            values,
            unsubscribe,
            ..
        } = &rows[0].content
        else {
            panic!("no values")
        };
        assert!(unsubscribe);
        let value = |field| {
            let slot = Slot::Field(field);
            values[request.columns.iter().position(|c| c.slot == slot).unwrap()].clone()
        };
        assert_eq!(
            value(Field::CellPhone),
            Some(Value::Text("+15148445599".to_owned()))
        );
        assert_eq!(value(Field::OtherPhones), Value::texts(expected));
    }
}

#[test]
fn phones_beside_the_cell_phone_are_staged_as_other_phones() {
    let mut session =
        open("Ref,Cell\nA,514-844-5599\nB,H: 418-340-2002 / C: 514-844-5598\nC,514-844-5597\n");
    let (request, rows) = staged(&mut session);
    assert_eq!(
        request
            .columns
            .last()
            .map(|column| (column.slot, column.source)),
        Some((Slot::Field(Field::OtherPhones), 1))
    );
    let RowContent::Values { values, .. } = &rows[1].content else {
        panic!("no values")
    };
    assert_eq!(
        values[1..],
        [
            Some(Value::Text("+15148445598".to_owned())),
            Value::texts(["+14183402002"])
        ]
    );
}

#[test]
fn a_date_column_that_cannot_tell_asks_and_blocks() {
    let mut session =
        open("Ref,Cell,Last visit\nA,514-844-5599,01/02/2024\nB,514-844-5598,03/04/2024\n");
    assert_eq!(session.mapping().columns[2].format, None);
    assert_eq!(
        session.mapping().problems,
        [MappingProblem::DateOrderNeeded { column: 2 }]
    );
    assert!(matches!(ask(&mut session, Ask::Plan), Reply::Blocked(_)));
    ask(
        &mut session,
        Ask::SetFormat {
            column: 2,
            format: CellFormat::Dates(DateOrder::DayMonthYear),
        },
    );
    assert_eq!(session.mapping().problems, []);
    assert_eq!(
        session.window(0, 1, RowView::All).rows[0].cells[2].values,
        ["2024-02-01"]
    );
}

#[test]
fn dates_that_contradict_each_other_ask_too() {
    let session =
        open("Ref,Cell,Last visit\nA,514-844-5599,25/03/2024\nB,514-844-5598,03/25/2024\n");
    assert_eq!(session.mapping().columns[2].format, None);
    assert!(matches!(
        session.mapping().columns[2].evidence,
        Some(Evidence::Contradictory {
            day_first_line: 2,
            month_first_line: 3,
            ..
        })
    ));
}

#[test]
fn a_mapping_that_cannot_be_imported_says_why() {
    let mut opening = opening();
    opening.attributes = vec![attribute("Vehicle", AttributeKind::Text, 1)];
    let mut session = open_with(
        "Name,City,Colour\nAmélie Roy,Lévis,red\nNoah Côté,Laval,blue\n",
        opening,
    );
    assert_eq!(
        belongs(&session)[0],
        Belongs::FullName(NameOrder::FirstLast)
    );
    assert_eq!(session.mapping().problems, [MappingProblem::NoKey]);
    ask(
        &mut session,
        Ask::SetColumn {
            column: 2,
            belongs: new(AttributeKind::Text, "véhicle"),
        },
    );
    ask(
        &mut session,
        Ask::SetColumn {
            column: 1,
            belongs: Belongs::Field(Field::LastName),
        },
    );
    let problems = session.mapping().problems;
    assert_eq!(
        problems,
        [
            MappingProblem::AttributeExists {
                column: 2,
                attribute: AttributeId::new(Uuid::from_u128(1)),
                kind: AttributeKind::Text
            },
            MappingProblem::ColumnsCollide {
                columns: vec![0, 1]
            },
            MappingProblem::NoKey,
        ]
    );
    for column in 0..3 {
        ask(
            &mut session,
            Ask::SetColumn {
                column,
                belongs: Belongs::Ignore,
            },
        );
    }
    assert_eq!(session.mapping().problems, [MappingProblem::NothingMapped]);
    ask(
        &mut session,
        Ask::SetColumn {
            column: 0,
            belongs: new(AttributeKind::Text, " "),
        },
    );
    assert_eq!(
        session.mapping().problems[0],
        MappingProblem::AttributeNeedsName { column: 0 }
    );
}

#[test]
fn what_was_chosen_last_time_comes_back_for_such_a_file() {
    let mut session = open(PEOPLE);
    ask(
        &mut session,
        Ask::SetColumn {
            column: 6,
            belongs: Belongs::Ignore,
        },
    );
    ask(
        &mut session,
        Ask::SetColumn {
            column: 5,
            belongs: new(AttributeKind::Date, "Since"),
        },
    );
    ask(
        &mut session,
        Ask::SetRule {
            column: 4,
            rule: MergeRule::Replace,
        },
    );
    let (request, _) = staged(&mut session);
    let made = &request.new_attributes;
    let mut again = opening();
    again.remembered = Some(request.mapping.clone());
    again.attributes = made
        .iter()
        .map(|new| Attribute {
            id: new.id,
            name: new.name.clone(),
            kind: new.kind,
            retired: false,
        })
        .collect();
    let session = open_with(
        "JOINED,tags,Spent,Extra,E-mail\n2024-01-31,a,1,x,a@b.ca\n",
        again,
    );
    let columns = session.mapping().columns;
    assert_eq!(columns[0].belongs, Belongs::Attribute(made[0].id));
    assert_eq!(columns[0].reasons, [Reason::ChosenLastTime]);
    assert_eq!(columns[2].belongs, Belongs::Ignore);
    assert_eq!(columns[3].belongs, new(AttributeKind::Text, "Extra"));
    let email = "E-mail and Email are one title";
    assert_eq!(
        (&columns[4].belongs, columns[4].rule),
        (&Belongs::Field(Field::Email), MergeRule::Replace),
        "{email}"
    );
}

#[test]
fn an_import_goes_on_after_a_closed_tab_exactly_as_it_was() {
    let mut session = open(PEOPLE);
    ask(
        &mut session,
        Ask::Fix {
            line: 4,
            column: 3,
            text: "514-844-5598".to_owned(),
        },
    );
    ask(
        &mut session,
        Ask::SkipRow {
            line: 3,
            skip: true,
        },
    );
    let (request, rows) = staged(&mut session);
    let mut again = opening();
    again.remembered = Some(request.mapping.clone());
    again.corrections = Some(request.corrections.clone());
    let mut session = open_with(PEOPLE, again);
    assert_eq!(staged(&mut session), (request, rows));
}

#[test]
fn a_do_not_contact_column_unsubscribes_on_yes_only() {
    let mut session = open(
        "Phone,Unsubscribed\n514-844-5599,Yes\n514-844-5598,N\n514-844-5597,\n514-844-5598,oui\n",
    );
    assert_eq!(
        belongs(&session),
        [Belongs::Field(Field::CellPhone), Belongs::Unsubscribe]
    );
    assert_eq!(session.summary().unsubscribes, 2);
    let (_, rows) = staged(&mut session);
    let unsubscribed: Vec<bool> = rows
        .iter()
        .map(|row| {
            matches!(
                row.content,
                RowContent::Values {
                    unsubscribe: true,
                    ..
                }
            )
        })
        .collect();
    assert_eq!(unsubscribed, [true, true, false, false]);
}

#[test]
fn a_change_after_the_plan_makes_a_new_plan_necessary() {
    let mut session = open(PEOPLE);
    staged(&mut session);
    ask(
        &mut session,
        Ask::SkipRow {
            line: 3,
            skip: true,
        },
    );
    assert_eq!(
        ask(&mut session, Ask::Chunk { number: 0 }),
        Reply::NoSuchThing
    );
}

#[test]
fn an_appointment_file_is_mapped_and_not_yet_imported() {
    let mut opening = opening();
    opening.kind = ImportKind::Appointments;
    let mut session = open_with(
        "Customer reference,Date,Time,Loaner car\nA,2026-12-01,14h30,yes\n",
        opening,
    );
    assert_eq!(
        session.window(0, 1, RowView::All).rows[0].cells[2].values,
        ["14:30"]
    );
    assert_eq!(
        ask(&mut session, Ask::Plan),
        Reply::Blocked(vec![MappingProblem::AppointmentsLater])
    );
}
