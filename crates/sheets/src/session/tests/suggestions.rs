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
