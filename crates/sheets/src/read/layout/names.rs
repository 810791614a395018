//! Names of columns, each its own.

use std::collections::HashMap;

/// `wanted`, or `wanted (2)` and so on until no column before has that name. Case does not make a difference.
pub(super) fn distinct(wanted: &str, taken: &mut HashMap<String, u32>) -> String {
    let key = wanted.to_lowercase();
    let mut number = taken.get(&key).copied().unwrap_or(0) + 1;
    let mut name = if number == 1 {
        wanted.to_owned()
    } else {
        format!("{wanted} ({number})")
    };
    while number > 1 && taken.contains_key(&name.to_lowercase()) {
        number += 1;
        name = format!("{wanted} ({number})");
    }
    taken.insert(key, number);
    if number > 1 {
        taken.insert(name.to_lowercase(), 1);
    }
    name
}

/// A column as spreadsheets call it: A, B, …, Z, AA.
pub(super) fn letters(column: u32) -> String {
    let mut rest = column + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(
            b'A' + u8::try_from(rest % 26).unwrap_or_default(),
        ));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_lettered_as_in_spreadsheets() {
        let letters: Vec<String> = [0, 25, 26, 51, 52, 701, 702]
            .into_iter()
            .map(letters)
            .collect();
        assert_eq!(letters, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }

    #[test]
    fn a_repeated_title_never_takes_a_name_that_stands_in_the_file() {
        let mut taken = HashMap::new();
        let names: Vec<String> = ["Phone", "Phone (2)", "phone", "Phone", "Phone (2)"]
            .into_iter()
            .map(|title| distinct(title, &mut taken))
            .collect();
        assert_eq!(
            names,
            [
                "Phone",
                "Phone (2)",
                "phone (3)",
                "Phone (4)",
                "Phone (2) (2)"
            ]
        );
    }
}
