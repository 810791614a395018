use super::*;

fn best(header: &str) -> Option<Meaning> {
    meanings(header).first().map(|likeness| likeness.meaning)
}

#[test]
fn titles_of_shops_are_known_in_two_languages() {
    for (field, headers) in [
        (
            Field::Reference,
            "Nº client | N° client | Customer # | Ref | Référence | CustomerID | customer_reference | No. dossier | Code client | Client No. | Account # | ID",
        ),
        (
            Field::FirstName,
            "Prénom | First name | FIRST_NAME | firstName | Given Name | Prénom du client | fname",
        ),
        (
            Field::LastName,
            "Last name | Nom de famille | Surname | LastName | lname",
        ),
        (
            Field::CellPhone,
            "Tél. cellulaire | Mobile | Cell | Cell phone | CellPhone | Cellulaire | Téléphone mobile | Mobile # | Customer Cell Phone Number | No de cellulaire | Celular phone",
        ),
        (
            Field::OtherPhones,
            "Home phone | Tél. maison | Work Phone | Téléphone bureau | Tél. rés. | Phone 2",
        ),
        (
            Field::Email,
            "Courriel | E-mail | Email address | Adresse courriel | E-Mail Address | Adresse électronique | Emial",
        ),
        (
            Field::BirthDate,
            "Date de naissance | Birthday | DOB | Birth date | Date of birth | birthdate | Anniversaire | D.D.N.",
        ),
        (
            Field::PostalCode,
            "Postal code | Code postal | ZIP | Zip code | C.P. | PostalCode",
        ),
        (
            Field::Street,
            "Address | Adresse | Street address | Address line 1 | Rue",
        ),
        (Field::City, "City | Ville"),
        (Field::Region, "Province | State | Région"),
        (Field::Country, "Country | Pays"),
        (
            Field::Language,
            "Language | Langue | Preferred language | Langue de correspondance",
        ),
        (
            Field::Company,
            "Company | Entreprise | Business name | Nom de l'entreprise",
        ),
        (Field::Notes, "Notes | Comments | Commentaires | Remarques"),
    ] {
        for header in headers.split(" | ") {
            assert_eq!(best(header), Some(Meaning::Field(field)), "{header}");
        }
    }
    for (meaning, headers) in [
        (
            Meaning::FullName,
            "Customer name | Nom complet | Nom du client | Full Name",
        ),
        (Meaning::Name, "Name | Nom"),
        (Meaning::Phone, "Phone | Téléphone | Tel | Phone number"),
        (
            Meaning::Unsubscribe,
            "Unsubscribed | Do not contact | Opt-out | Désabonné | DNC",
        ),
    ] {
        for header in headers.split(" | ") {
            assert_eq!(best(header), Some(meaning), "{header}");
        }
    }
}

#[test]
fn titles_of_something_else_are_left_alone() {
    for header in [
        "Vehicle",
        "Year",
        "Last visit",
        "Balance",
        "Spouse first name",
        "Contract number",
        "Language spoken by spouse",
        "Advisor",
        "Subscribed",
        "Employee",
        "Preference",
        "",
    ] {
        assert_eq!(best(header), None, "{header}");
    }
    assert_eq!(best("Fax"), Some(Meaning::None));
}
