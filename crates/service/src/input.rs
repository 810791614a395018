//! What people type around accounts and people.

use crate::{InvalidInput, ServiceError};
use domain::{
    contact::{Email, TEXT_MAX},
    error::Invalid,
    person::{PASSWORD_MAX, PASSWORD_MIN},
};
use secrecy::{ExposeSecret, SecretString};
use store::{SystemTx, account};

/// One line that says something: a name of a person or a company.
pub(crate) fn name(text: &str) -> Result<String, InvalidInput> {
    let name = note(text)?;
    if name.is_empty() {
        Err(Invalid::Empty.into())
    } else {
        Ok(name)
    }
}

/// One line, or nothing.
pub(crate) fn note(text: &str) -> Result<String, InvalidInput> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let line: String = words
        .join(" ")
        .chars()
        .filter(|c| !c.is_control())
        .collect();
    if line.chars().count() > TEXT_MAX {
        return Err(Invalid::TooLong {
            max: u32::try_from(TEXT_MAX).unwrap_or(u32::MAX),
        }
        .into());
    }
    Ok(line)
}

pub(crate) fn email(text: &str) -> Result<Email, InvalidInput> {
    Ok(Email::parse(text)?)
}

/// Length is the only rule: see [`PASSWORD_MIN`].
pub(crate) fn new_password(password: &SecretString) -> Result<(), InvalidInput> {
    match password.expose_secret().chars().count() {
        n if n < PASSWORD_MIN => Err(InvalidInput::PasswordTooShort),
        n if n > PASSWORD_MAX => Err(Invalid::TooLong {
            max: u32::try_from(PASSWORD_MAX).unwrap_or(u32::MAX),
        }
        .into()),
        _ => Ok(()),
    }
}

/// An IANA name that Postgres knows.
pub(crate) async fn time_zone(tx: &mut SystemTx, name: &str) -> Result<(), ServiceError> {
    // No name of a time zone is as long, and Postgres takes no NUL even to compare.
    let plausible = name.len() <= 100 && !name.chars().any(char::is_control);
    if plausible && account::is_time_zone(tx, name).await? {
        Ok(())
    } else {
        Err(InvalidInput::TimeZone.into())
    }
}
