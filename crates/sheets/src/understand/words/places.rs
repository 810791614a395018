//! What countries and languages are called.

use domain::{account::Country, fold::fold};

/// A code of two letters or a common name in English, French or the country's own language.
pub(in crate::understand) fn country(text: &str) -> Option<Country> {
    if let Ok(code) = Country::parse(text) {
        return Some(match code.as_str() {
            "UK" => Country::parse("GB").ok()?,
            _ => code,
        });
    }
    let letters: String = fold(text).chars().filter(|c| c.is_alphanumeric()).collect();
    let code = match letters.as_str() {
        "can" | "canada" => "CA",
        "usa"
        | "us"
        | "unitedstates"
        | "unitedstatesofamerica"
        | "theunitedstates"
        | "america"
        | "etatsunis"
        | "etatsunisdamerique"
        | "lesetatsunis"
        | "eu"
        | "eua"
        | "eeuu" => "US",
        "mexico" | "mexique" | "mex" => "MX",
        "france" | "fra" => "FR",
        "belgium" | "belgique" | "belgie" | "bel" => "BE",
        "switzerland" | "suisse" | "schweiz" | "svizzera" | "che" => "CH",
        "luxembourg" => "LU",
        "unitedkingdom" | "greatbritain" | "england" | "scotland" | "wales" | "royaumeuni"
        | "angleterre" | "gbr" => "GB",
        "ireland" | "irlande" => "IE",
        "germany" | "allemagne" | "deutschland" | "deu" => "DE",
        "austria" | "autriche" => "AT",
        "spain" | "espagne" | "espana" | "esp" => "ES",
        "portugal" => "PT",
        "italy" | "italie" | "italia" | "ita" => "IT",
        "netherlands" | "thenetherlands" | "holland" | "paysbas" | "nederland" => "NL",
        "denmark" | "danemark" => "DK",
        "sweden" | "suede" => "SE",
        "norway" | "norvege" => "NO",
        "finland" | "finlande" => "FI",
        "poland" | "pologne" => "PL",
        "romania" | "roumanie" => "RO",
        "ukraine" => "UA",
        "russia" | "russie" => "RU",
        "greece" | "grece" => "GR",
        "turkey" | "turquie" | "turkiye" => "TR",
        "china" | "chine" | "chn" => "CN",
        "japan" | "japon" => "JP",
        "india" | "inde" => "IN",
        "pakistan" => "PK",
        "vietnam" => "VN",
        "philippines" => "PH",
        "southkorea" | "coreedusud" => "KR",
        "lebanon" | "liban" => "LB",
        "morocco" | "maroc" => "MA",
        "algeria" | "algerie" => "DZ",
        "tunisia" | "tunisie" => "TN",
        "egypt" | "egypte" => "EG",
        "senegal" => "SN",
        "ivorycoast" | "cotedivoire" => "CI",
        "cameroon" | "cameroun" => "CM",
        "haiti" => "HT",
        "cuba" => "CU",
        "brazil" | "bresil" | "brasil" => "BR",
        "argentina" | "argentine" => "AR",
        "colombia" | "colombie" => "CO",
        "chile" | "chili" => "CL",
        "peru" | "perou" => "PE",
        "australia" | "australie" | "aus" => "AU",
        "newzealand" | "nouvellezelande" => "NZ",
        "southafrica" | "afriquedusud" => "ZA",
        _ => return None,
    };
    Country::parse(code).ok()
}

/// A code of two letters, with or without a region, or a common name in English, French or the language itself.
pub(in crate::understand) fn language(text: &str) -> Option<String> {
    let folded = fold(text);
    let head = folded
        .split(|c: char| !c.is_alphabetic())
        .find(|word| !word.is_empty())?;
    let code = match head {
        "english" | "anglais" | "anglaise" | "ang" | "eng" | "en" | "e" | "a" | "an" => "en",
        "french" | "francais" | "francaise" | "fra" | "fre" | "fr" | "f" | "quebecois" => "fr",
        "spanish" | "espagnol" | "espanol" | "castellano" | "spa" | "esp" => "es",
        "italian" | "italien" | "italiano" | "ita" => "it",
        "portuguese" | "portugais" | "portugues" | "por" => "pt",
        "german" | "allemand" | "deutsch" | "ger" | "deu" => "de",
        "arabic" | "arabe" | "ara" => "ar",
        "chinese" | "chinois" | "mandarin" | "cantonese" | "cantonais" => "zh",
        "punjabi" | "pendjabi" => "pa",
        "hindi" => "hi",
        "russian" | "russe" => "ru",
        "ukrainian" | "ukrainien" => "uk",
        "vietnamese" | "vietnamien" => "vi",
        "tagalog" | "filipino" => "tl",
        "korean" | "coreen" => "ko",
        "japanese" | "japonais" => "ja",
        "polish" | "polonais" => "pl",
        "greek" | "grec" => "el",
        "dutch" | "neerlandais" | "nederlands" => "nl",
        "romanian" | "roumain" => "ro",
        "creole" | "haitian" | "haitien" => "ht",
        "hebrew" | "hebreu" => "he",
        "persian" | "farsi" | "persan" => "fa",
        "turkish" | "turc" => "tr",
        code if code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase()) => code,
        _ => return None,
    };
    Some(code.to_owned())
}
