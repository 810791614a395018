//! What mails say.

use chrono::NaiveDateTime;
use domain::mail::{FileName, MailLanguage};

pub(super) fn subject(language: MailLanguage, file: &FileName, shop: &str) -> String {
    let list = file.stem();
    match language {
        MailLanguage::English => format!("{list} – exported from {shop}"),
        MailLanguage::French => format!("{list} – exportation de {shop}"),
    }
}

pub(super) fn attached(language: MailLanguage, file: &FileName, shop: &str) -> String {
    match language {
        MailLanguage::English => format!(
            "The list that you exported from {shop} is attached: {file}\n\n\
             It holds personal data. Please delete this mail once you do not need it any more.\n"
        ),
        MailLanguage::French => format!(
            "La liste que vous avez exportée de {shop} est jointe : {file}\n\n\
             Elle contient des données personnelles. Supprimez ce courriel dès que vous n’en avez plus besoin.\n"
        ),
    }
}

/// `until` is in the shop's time zone.
pub(super) fn linked(
    language: MailLanguage,
    file: &FileName,
    shop: &str,
    link: &str,
    until: NaiveDateTime,
) -> String {
    let (day, time) = (until.format("%Y-%m-%d"), until.format("%H:%M"));
    match language {
        MailLanguage::English => format!(
            "The list that you exported from {shop} is too large to be attached: {file}\n\n\
             You can download it here until {day} at {time}, signed in as yourself:\n{link}\n"
        ),
        MailLanguage::French => format!(
            "La liste que vous avez exportée de {shop} est trop grande pour être jointe : {file}\n\n\
             Vous pouvez la télécharger ici jusqu’au {day} à {time}, en ouvrant votre session :\n{link}\n"
        ),
    }
}
