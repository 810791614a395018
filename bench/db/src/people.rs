//! Made-up customers, the same in every run.

const FIRST: [&str; 14] = [
    "Amélie",
    "Loïc",
    "Zoé",
    "José",
    "William",
    "Anaïs",
    "Chloé",
    "François",
    "Mia",
    "Noah",
    "Aïcha",
    "Björn",
    "Olivia",
    "Liam",
];
/// Last names are put together of these.
const BEGINNINGS: [&str; 20] = [
    "Trem", "Gagn", "Bou", "Rou", "Cô", "Gau", "Mori", "Pel", "Béla", "Lé", "For", "Si", "Nguy",
    "Mül", "O'Br", "Sin", "Des", "Mar", "Bei", "Tur",
];
const MIDDLES: [&str; 16] = [
    "bl", "on", "ch", "t", "v", "ng", "l", "m", "ss", "d", "r", "n", "ll", "g", "p", "b",
];
const ENDS: [&str; 16] = [
    "ay", "é", "ard", "eau", "er", "in", "et", "ot", "ier", "an", "os", "ez", "el", "ette", "ois",
    "y",
];
const LAST_NAMES: u64 = (BEGINNINGS.len() * MIDDLES.len() * ENDS.len()) as u64;

const CITIES: [&str; 7] = [
    "Montréal",
    "Québec",
    "Lévis",
    "Gatineau",
    "Trois-Rivières",
    "Sherbrooke",
    "Ottawa",
];
const CARS: [&str; 7] = [
    "Subaru Outback",
    "Kia Soul",
    "Honda Civic",
    "Ford F-150",
    "Toyota Corolla",
    "Mazda 3",
    "Hyundai Kona",
];

pub(crate) struct Person {
    pub(crate) number: u32,
    pub(crate) first: &'static str,
    pub(crate) last: String,
    pub(crate) city: &'static str,
    pub(crate) car: &'static str,
}

/// Spreads consecutive numbers: Knuth's multiplicative hash.
pub(crate) fn spread(number: u32) -> u32 {
    number.wrapping_mul(2_654_435_761)
}

pub(crate) fn person(number: u32) -> Person {
    let pick = |list: &[&'static str], salt: u32| {
        let index = spread(number.wrapping_add(salt)) >> 8;
        list[index as usize % list.len()]
    };
    Person {
        number,
        first: pick(&FIRST, 1),
        last: last_name(spread(number.wrapping_add(2)) >> 16),
        city: pick(&CITIES, 3),
        car: pick(&CARS, 4),
    }
}

/// As common as last names are: one in seventy people has the first of them, as one in ninety is called Tremblay in Québec, and
/// most are rare. `share` is 0 to 65,535.
fn last_name(share: u32) -> String {
    let rank = (u64::from(share).pow(2) * LAST_NAMES) >> 32;
    let rank = usize::try_from(rank).unwrap_or_default();
    let (beginnings, middles) = (BEGINNINGS.len(), MIDDLES.len());
    [
        BEGINNINGS[rank % beginnings],
        MIDDLES[rank / beginnings % middles],
        ENDS[rank / beginnings / middles % ENDS.len()],
    ]
    .concat()
}

impl Person {
    pub(crate) fn email(&self) -> String {
        format!(
            "{}.{}@example.com",
            domain::fold::fold(self.first),
            self.number
        )
    }

    /// Valid in Canada for numbers below eight million.
    pub(crate) fn phone(&self) -> String {
        format!("+1514{}", 2_000_000 + self.number)
    }
}

pub(crate) mod sql {
    //! The same lists for SQL.

    use super::{BEGINNINGS, CARS, CITIES, ENDS, FIRST, LAST_NAMES, MIDDLES};

    fn array(list: &[&str]) -> String {
        let quoted: Vec<String> = list
            .iter()
            .map(|text| format!("'{}'", text.replace('\'', "''")))
            .collect();
        format!("(array[{}])", quoted.join(", "))
    }

    fn pick(list: &[&str], salt: u32) -> String {
        format!(
            "{}[1 + abs(hashint4(i + {salt})) % {}]",
            array(list),
            list.len()
        )
    }

    fn last_name() -> String {
        let rank = format!(
            "((abs(hashint4(i + 2)) % 65536)::bigint ^ 2 * {LAST_NAMES})::bigint / (1::bigint << 32)"
        );
        let (beginnings, middles) = (BEGINNINGS.len(), MIDDLES.len());
        format!(
            "(select {}[1 + rank % {beginnings}] || {}[1 + rank / {beginnings} % {middles}] || {}[1 + rank / {} % {}]
              from (select {rank} as rank) ranked)",
            array(&BEGINNINGS),
            array(&MIDDLES),
            array(&ENDS),
            beginnings * middles,
            ENDS.len(),
        )
    }

    /// Columns of `customer` and what fills them for the number `i`.
    pub(crate) fn columns() -> Vec<(&'static str, String)> {
        vec![
            ("customer_id", "gen_random_uuid()".into()),
            ("reference", "'S' || i".into()),
            ("first_name", pick(&FIRST, 1)),
            ("last_name", last_name()),
            ("cell_phone", "'+1' || (4382000000 + i)".into()),
            ("email", "'someone.' || i || '@example.com'".into()),
            (
                "street",
                "(1 + abs(hashint4(i)) % 9999) || ' rue Principale'".into(),
            ),
            ("city", pick(&CITIES, 3)),
            (
                "postal_code",
                "'G' || i % 10 || 'A ' || i / 10 % 10 || 'B' || i / 100 % 10".into(),
            ),
            (
                "attributes",
                format!(
                    "jsonb_build_object('0191d1b4-0000-7000-8000-000000000001', {})",
                    pick(&CARS, 4)
                ),
            ),
            ("created_at", "now()".into()),
            ("updated_at", "now()".into()),
            (
                "last_activity_at",
                "now() - make_interval(mins => i)".into(),
            ),
            ("created_rev", "0".into()),
            ("rev", "0".into()),
        ]
    }
}
