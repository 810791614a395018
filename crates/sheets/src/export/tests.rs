use super::*;
use crate::protocol::ExportColumn;
use chrono::{DateTime, NaiveDate};
use domain::{
    export::{ExportFormat, ExportPage},
    slot::SlotKind,
    value::Value,
};
use uuid::Uuid;

fn plan(format: ExportFormat) -> ExportPlan {
    let column = |header: &str, kind| ExportColumn {
        header: header.to_owned(),
        kind,
    };
    ExportPlan {
        format,
        title: "Customers".to_owned(),
        author: "Garage".to_owned(),
        created: DateTime::from_timestamp(1_790_000_000, 0).unwrap(),
        columns: vec![
            column("Name", SlotKind::Text),
            column("Tags", SlotKind::Texts),
            column("Born", SlotKind::Date),
            column("Score", SlotKind::Number),
        ],
        versions: None,
    }
}

fn id(number: u128) -> CustomerId {
    CustomerId::new(Uuid::from_u128(number))
}

fn row(number: u128, name: &str) -> ExportRow {
    ExportRow {
        customer: id(number),
        rev: 7,
        values: vec![
            Value::text(name),
            Value::texts(["a", "b, c"]),
            NaiveDate::from_ymd_opt(1980, 2, 29).map(Value::Date),
            "12.5".parse().ok().map(Value::Number),
        ],
    }
}

fn page(rev: u64, next: Option<CustomerId>, rows: Vec<ExportRow>) -> Vec<u8> {
    postcard::to_allocvec(&ExportPage { rev, next, rows }).unwrap()
}

fn changes(changes: &ExportChanges) -> Vec<u8> {
    postcard::to_allocvec(changes).unwrap()
}

fn csv(export: Export) -> String {
    let (reply, chunks) = export.finish(&mut |_| ()).unwrap();
    let text = String::from_utf8(chunks.concat()).unwrap();
    let Reply::Exported { rows, .. } = reply else {
        panic!("{reply:?}")
    };
    assert_eq!(text.lines().count(), rows as usize + 1);
    text
}

fn three() -> Export {
    let mut export = Export::new(plan(ExportFormat::Csv));
    let rows = vec![row(1, "Ana"), row(2, "Bea"), row(3, "Cleo")];
    export.take_page(page(3, None, rows)).unwrap();
    export
}

#[test]
fn pages_become_rows_in_their_order() {
    let mut export = Export::new(plan(ExportFormat::Csv));
    let taken = export
        .take_page(page(3, Some(id(1)), vec![row(1, "Ana")]))
        .unwrap();
    assert_eq!(
        taken,
        Reply::Taken {
            rows: 1,
            since: Some(3),
            next: Some(id(1))
        }
    );
    let mut blank = row(2, "");
    blank.values[1] = None;
    let taken = export.take_page(page(4, None, vec![blank])).unwrap();
    assert_eq!(
        taken,
        Reply::Taken {
            rows: 2,
            since: Some(3),
            next: None
        }
    );
    assert_eq!(
        csv(export),
        "\u{feff}Name,Tags,Born,Score\r\nAna,\"a, \"\"b, c\"\"\",1980-02-29,12.5\r\n,,1980-02-29,12.5\r\n"
    );
}

#[test]
fn what_changed_meanwhile_is_in_the_file_and_nobody_twice() {
    let mut export = three();
    let few = ExportChanges::Few {
        rows: vec![row(4, "Dora"), row(1, "Anna")],
        gone: vec![id(2), id(9)],
    };
    export.take_changes(&changes(&few)).unwrap();
    let text = csv(export);
    let names: Vec<&str> = text.lines().skip(1).map(|line| &line[..4]).collect();
    assert_eq!(names, ["Anna", "Cleo", "Dora"]);
}

#[test]
fn changes_that_are_asked_for_again_count_as_they_are_then() {
    let gone = |gone| ExportChanges::Few { rows: vec![], gone };
    let mut export = three();
    export.take_changes(&changes(&gone(vec![id(1)]))).unwrap();
    export.take_changes(&changes(&gone(vec![]))).unwrap();
    assert_eq!(csv(export).lines().count(), 4);
}

/// Pages are fetched several at a time: a later one may be of an earlier moment.
#[test]
fn changes_are_those_since_the_oldest_page() {
    let mut export = Export::new(plan(ExportFormat::Csv));
    for (rev, number) in [(5, 1), (4, 2), (6, 3)] {
        export
            .take_page(page(rev, None, vec![row(number, "Ana")]))
            .unwrap();
    }
    assert!(matches!(
        export.taken(),
        Reply::Taken { since: Some(4), .. }
    ));
}

#[test]
fn too_many_changes_begin_anew() {
    let mut export = Export::new(plan(ExportFormat::Csv));
    export
        .take_page(page(3, None, vec![row(1, "Ana")]))
        .unwrap();
    let reply = export.take_changes(&changes(&ExportChanges::Many)).unwrap();
    assert_eq!(reply, Reply::TooManyChanges);
    assert_eq!(
        export.taken(),
        Reply::Taken {
            rows: 0,
            since: None,
            next: None
        }
    );
}

#[test]
fn a_page_that_was_cut_off_is_no_page() {
    let whole = page(3, None, vec![row(1, "Ana"), row(2, "Bea")]);
    for length in 0..whole.len() {
        let mut export = Export::new(plan(ExportFormat::Xlsx));
        assert_eq!(
            export.take_page(whole[..length].to_vec()),
            Err(NotAPage),
            "{length} of {}",
            whole.len()
        );
    }
}

#[test]
fn a_workbook_is_made_of_the_same_rows() {
    let exported = |gone: Vec<CustomerId>| {
        let mut export = Export::new(plan(ExportFormat::Xlsx));
        let rows = (1..=12_000).map(|number| row(number, "Ana")).collect();
        export.take_page(page(3, None, rows)).unwrap();
        export
            .take_changes(&changes(&ExportChanges::Few { rows: vec![], gone }))
            .unwrap();
        let mut told = Vec::new();
        let (reply, chunks) = export
            .finish(&mut |progress| told.push(progress.done))
            .unwrap();
        assert!(chunks.concat().starts_with(b"PK"));
        (reply, told)
    };
    let reply = |rows| Reply::Exported {
        rows,
        sheets: 1,
        cut: 0,
    };
    assert_eq!(exported(vec![]), (reply(12_000), vec![]));
    assert_eq!(exported(vec![id(7)]), (reply(11_999), vec![5_000, 10_000]));
}
