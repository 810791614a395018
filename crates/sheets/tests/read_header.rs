//! Where the column titles are found.

#![expect(clippy::panic, reason = "a test stops where it fails")]

use sheets::{
    detected::Overrides,
    read::{self, Opened},
};

fn open(csv: &str) -> Opened {
    read::open("list.csv", csv.as_bytes(), &Overrides::default())
        .unwrap_or_else(|error| panic!("{error}"))
}

fn names(opened: &Opened) -> Vec<&str> {
    let columns = opened.detected.columns.iter();
    columns.map(|column| column.name.as_str()).collect()
}

#[test]
fn a_title_with_years_in_it_is_a_title() {
    for last in ["Achats 2024-2025", "Ventes 2023/2024", "Sales 2024 to 2025"] {
        let opened = open(&format!(
            "Nº client;Nom;Cellulaire;{last}\n1;Roy;514-844-5599;12\n2;Côté;514-844-5598;9\n"
        ));
        assert_eq!(opened.detected.header_line, 1, "{last}");
        assert_eq!(names(&opened)[3], last);
    }
}

#[test]
fn labels_with_their_values_above_the_table_are_no_titles() {
    let wide = open(
        "Concession:;ABC;Imprimé le:;2026-01-01;;\n\
         Code;Auto;Couleur;An;Km;Remarque générale\n\
         A1;Civic;Bleu;2019;5144445555;x\nA2;Yaris;Noir;2020;5144445556;y\n",
    );
    assert_eq!(wide.detected.header_line, 2);
    let narrow = open(
        "Dealer:;ABC;\nDate:;2026-01-01;\nRef;Name;Cell\nA1;Roy;514-844-5599\nA2;Côté;514-844-5598\n",
    );
    assert_eq!(narrow.detected.header_line, 3);
    assert_eq!(names(&narrow), ["Ref", "Name", "Cell"]);
}

#[test]
fn the_row_with_known_titles_is_the_header_whatever_stands_above() {
    let opened = open(
        "Garage ABC;Rapport mensuel;2026-01-01\nNom;Cellulaire;Ville\nRoy;514-844-5599;Lévis\nCôté;514-844-5598;Laval\n",
    );
    assert_eq!(opened.detected.header_line, 2);
    assert_eq!(opened.detected.title_lines, [1]);
}

#[test]
fn known_words_among_the_data_are_no_titles() {
    let opened = open("Clave;Tipo;Sitio\nA;Fleet;Laval\nB;Home;Cell\nC;Fleet;Lévis\n");
    assert_eq!(opened.detected.header_line, 1);
    assert_eq!(opened.detected.data_rows, 3);
}

#[test]
fn data_without_titles_stays_data() {
    let opened = open("Roy;514-844-5599;Lévis\nCôté;514-844-5598;Laval\n");
    assert_eq!(opened.detected.header_line, 0);
    assert_eq!(opened.detected.data_rows, 2);
}
