//! What columns are thought to belong to.

use super::*;

fn belongs_of(csv: &str, column: usize) -> Belongs {
    belongs(&open(csv)).remove(column)
}

#[test]
fn a_column_that_says_who_may_be_contacted_never_unsubscribes() {
    for title in [
        "Contact",
        "Call",
        "Text",
        "Message",
        "May we contact",
        "Do Not Mail",
    ] {
        for cell in ["Oui", "2026-01-05"] {
            let csv = format!("Name,Cell,{title}\nA,514-844-5599,{cell}\nB,514-844-5598,{cell}\n");
            assert_ne!(belongs_of(&csv, 2), Belongs::Unsubscribe, "{title}: {cell}");
        }
    }
    for title in [
        "SMS opt out",
        "Marketing opt-out",
        "Unsubscribed from SMS",
        "Ne pas contacter",
    ] {
        let csv = format!("Name,Cell,{title}\nA,514-844-5599,yes\nB,514-844-5598,2026-01-05\n");
        assert_eq!(belongs_of(&csv, 2), Belongs::Unsubscribe, "{title}");
    }
}

#[test]
fn a_date_unsubscribes_only_under_a_title_that_says_so() {
    let csv = |title| format!("Name,Cell,{title}\nA,514-844-5599,2026-01-05\nB,514-844-5598,\n");
    assert_eq!(belongs_of(&csv("Unsubscribed"), 2), Belongs::Unsubscribe);
    assert_ne!(belongs_of(&csv("Out"), 2), Belongs::Unsubscribe);
}

#[test]
fn codes_that_come_back_are_no_references_and_fold_no_strangers() {
    for title in [
        "Code", "Account", "Key", "File", "Dossier", "ID", "Compteur",
    ] {
        let mut session = open(&format!(
            "{title},Name,Cell\nA,Amélie Roy,514-844-5599\nB,Luc Côté,514-844-5598\nA,Wei Chen,514-844-5597\n"
        ));
        assert_eq!(belongs(&session)[0], new(AttributeKind::Text, title));
        assert_eq!(states(&mut session), [RowState::Ready; 3], "{title}");
    }
    let session = open("Code,Name\nA,Roy\nB,Côté\nA,Chen\n");
    assert_eq!(
        session.mapping().columns[0].reasons[0],
        Reason::Repeated { percent: 66 }
    );
}

#[test]
fn codes_that_all_differ_are_references_and_so_is_what_is_called_the_customers_number() {
    let reference = Belongs::Field(Field::Reference);
    assert_eq!(
        belongs_of("Code,Name\nA,Roy\nB,Côté\nC,Chen\n", 0),
        reference
    );
    assert_eq!(belongs_of("Ref,Name\nA,Roy\nB,Côté\na,Roy\n", 0), reference);
    let visits = "Nº client,Visite\n1,2026-01-02\n1,2026-01-03\n1,2026-01-04\n";
    assert_eq!(belongs_of(visits, 0), reference);
}

#[test]
fn a_column_of_both_names_is_read_in_the_order_of_its_title() {
    for (title, cell, order) in [
        ("Nom, prénom", "Roy Amélie", NameOrder::LastFirst),
        ("Nom et prénom", "Roy Amélie", NameOrder::LastFirst),
        ("Prénom Nom", "Amélie Roy", NameOrder::FirstLast),
        ("Last First", "Roy Amélie", NameOrder::LastFirst),
        ("Prénom Nom", "\"Roy, Amélie\"", NameOrder::LastFirst),
    ] {
        let csv = format!("{title},Cell\n{cell},514-844-5599\n")
            .replace("Nom, prénom", "\"Nom, prénom\"");
        assert_eq!(
            belongs_of(&csv, 0),
            Belongs::FullName(order),
            "{title}: {cell}"
        );
        let (_, rows) = staged(&mut open(&csv));
        let RowContent::Values { values, .. } = &rows[0].content else {
            panic!("no values")
        };
        assert_eq!(
            values[..2],
            [Value::text("Amélie"), Value::text("Roy")],
            "{title}: {cell}"
        );
    }
}

#[test]
fn a_title_that_speaks_of_phones_is_believed_when_the_cells_are_phones() {
    let (cell, others) = (
        Belongs::Field(Field::CellPhone),
        Belongs::Field(Field::OtherPhones),
    );
    for title in [
        "Phone 1 - Value",
        "Phone 3",
        "Home Phone 2",
        "Tél. jour",
        "Daytime phone",
    ] {
        let alone = format!("Name,{title}\nRoy,514-844-5599\nCôté,514-844-5598\n");
        assert_eq!(belongs_of(&alone, 1), cell, "{title}");
        let beside =
            format!("Cell,{title}\n514-844-5597,514-844-5599\n514-844-5596,514-844-5598\n");
        assert_eq!(belongs_of(&beside, 1), others, "{title}");
    }
    for title in [
        "Emergency phone",
        "Téléphone du conjoint",
        "Advisor phone",
        "Home fax",
        "Account no",
    ] {
        let csv = format!("Name,{title}\nRoy,514-844-5599\nCôté,514-844-5598\n");
        assert_ne!(belongs_of(&csv, 1), cell, "{title}");
        assert_ne!(belongs_of(&csv, 1), others, "{title}");
    }
}

#[test]
fn one_number_on_many_rows_is_nobodys_cell_phone() {
    let csv = "Name,Line\nRoy,514-844-5599\nCôté,514-844-5599\nChen,514-844-5598\n";
    assert_eq!(belongs_of(csv, 1), Belongs::Field(Field::OtherPhones));
}
