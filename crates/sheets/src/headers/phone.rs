//! Titles that are not known, but speak of phones.

use super::{known_word, raw_words};

/// Whether the title, known or not, is that of a phone of the customer: `Phone 1 - Value`, `Tél. jour`.
pub(crate) fn names_a_phone(header: &str) -> bool {
    let words = raw_words(header);
    let shared = |word: &str| known_word(word).0.unwrap_or_default();
    let says = |known: &str| words.iter().any(|word| shared(word) == known);
    says("phone") && !says("fax") && !words.iter().any(|word| is_somebody_else(word))
}

/// Whose phone would take the place of the customer's own.
fn is_somebody_else(word: &str) -> bool {
    matches!(
        word,
        "emergency"
            | "urgence"
            | "spouse"
            | "husband"
            | "wife"
            | "conjoint"
            | "conjointe"
            | "parent"
            | "mother"
            | "father"
            | "mere"
            | "pere"
            | "guardian"
            | "tuteur"
            | "employer"
            | "employeur"
            | "doctor"
            | "medecin"
            | "dealer"
            | "concession"
            | "garage"
            | "shop"
            | "store"
            | "branch"
            | "succursale"
            | "advisor"
            | "conseiller"
            | "salesperson"
            | "seller"
            | "vendeur"
            | "technician"
            | "technicien"
            | "supplier"
            | "fournisseur"
            | "insurer"
            | "assureur"
    )
}
