//! Which rows are customers.

use super::*;
use crate::detected::Repair;

fn lines(session: &mut Session) -> Vec<u32> {
    let rows = session.window(0, 1_000, RowView::All).rows;
    rows.into_iter().map(|row| row.line).collect()
}

const THREE: &str = "Ref;Name;Cell\nA1;Amélie Roy;514-844-5599\nA2;Luc Côté;514-844-5598\n";

#[test]
fn what_reports_print_below_the_data_is_no_customer() {
    for footer in [
        "\nTotal: 2 clients\n",
        "\n(2 rows affected)\n",
        "\nImprimé le 2026-01-05\nFin du rapport\n",
        "Imprimé le 2026-01-05\n",
        "\nPage 1 de 1;;\n",
        ";;\nGarage Roy;;\n",
        "2 clients;;\n",
    ] {
        let mut session = open(&format!("{THREE}{footer}"));
        assert_eq!(lines(&mut session), [2, 3], "{footer:?}");
        assert!(
            !session.opened().detected.total_lines.is_empty(),
            "{footer:?}"
        );
    }
}

#[test]
fn a_last_customer_of_whom_only_one_thing_is_known_stays() {
    for last in ["\n;;514-844-5597\n", ";Wei Chen;\n", "\nA3;;\n"] {
        assert_eq!(
            lines(&mut open(&format!("{THREE}{last}"))).len(),
            3,
            "{last:?}"
        );
    }
}

#[test]
fn titles_that_come_again_on_every_page_are_left_out_and_told() {
    let mut session = open(&format!("{THREE}Ref;Name;Cell\nA3;Wei Chen;514-844-5597\n"));
    assert_eq!(lines(&mut session), [2, 3, 5]);
    let told = Repair::TitleRows {
        count: 1,
        first_line: 4,
    };
    assert!(session.opened().detected.repairs.contains(&told));
    assert_eq!(session.opened().detected.blank_rows, 0);
}

#[test]
fn a_row_that_names_nobody_is_a_problem_until_somebody_is_named() {
    let mut session = open("Ref;Name;Cell;City\nA1;Amélie Roy;514-844-5599;Lévis\n;;;Laval\n");
    assert_eq!(states(&mut session), [RowState::Ready, RowState::Failed]);
    assert_eq!(session.problems_of(1), [(0, CellReason::NamesNobody)]);
    let quality = session.summary().columns[0].clone();
    assert_eq!((quality.filled, quality.blank, quality.problems), (1, 0, 1));
    ask(
        &mut session,
        Ask::Fix {
            line: 3,
            column: 1,
            text: "Luc Côté".to_owned(),
        },
    );
    assert_eq!(states(&mut session), [RowState::Ready; 2]);
}

#[test]
fn masks_that_nobody_filled_in_and_dates_of_zeros_are_blank() {
    let cells = [
        ("514-844-5599", "1980-01-31"),
        ("(   )   -    ", "0/0/00"),
        ("___-___-____", "0000-00-00 00:00:00"),
        ("000-000-0000", "  /  /    "),
    ];
    let rows = (0..)
        .zip(cells)
        .map(|(at, (phone, date))| format!("A{at},{phone},{date},no,-\n"));
    let csv =
        "Ref,Cell,Birth date,Opt out,Balance\n".to_owned() + &rows.collect::<Vec<_>>().concat();
    let mut session = open(&csv);
    let fields = [Field::Reference, Field::CellPhone, Field::BirthDate].map(Belongs::Field);
    assert_eq!(belongs(&session)[..3], fields);
    assert_eq!(states(&mut session), [RowState::Ready; 4]);
}

#[test]
fn a_mark_in_a_do_not_contact_column_is_never_taken_for_nothing() {
    let mut session = open("Ref,Cell,Opt out\nA,514-844-5599,*\nB,514-844-5598,yes\n");
    ask(
        &mut session,
        Ask::SetColumn {
            column: 2,
            belongs: Belongs::Unsubscribe,
        },
    );
    assert_eq!(states(&mut session), [RowState::Failed, RowState::Ready]);
}
