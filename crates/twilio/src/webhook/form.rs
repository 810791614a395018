//! A form that was posted to us and signed.

use super::signature::{BadSignature, Parameters, check};
use secrecy::SecretString;
use std::{fmt, str::FromStr};

/// The parameters of a request that Twilio has signed. Nothing else is read.
pub struct SignedForm(Parameters);

/// A request that Twilio signed and that we do not understand. Says which field, never what is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FormError {
    #[error("the field {0} is missing")]
    Missing(&'static str),
    #[error("the field {0} is not what it should be")]
    Malformed(&'static str),
}

impl SignedForm {
    /// Reads a form (`application/x-www-form-urlencoded`, as Twilio posts it) if `signature`, the header
    /// `X-Twilio-Signature`, is right for it. `url` is the public address that Twilio was given, not what a proxy made of it.
    pub fn verify(
        token: &SecretString,
        url: &str,
        body: &[u8],
        signature: &str,
    ) -> Result<Self, BadSignature> {
        let mut parameters = Parameters::new();
        for (name, value) in form_urlencoded::parse(body) {
            parameters
                .entry(name.into_owned())
                .or_default()
                .insert(value.into_owned());
        }
        check(token, url, &parameters, signature)?;
        Ok(Self(parameters))
    }

    /// The value of a field. Twilio sends none of those we read twice.
    pub(super) fn get(&self, field: &str) -> Option<&str> {
        self.0.get(field)?.first().map(String::as_str)
    }

    pub(super) fn require(&self, field: &'static str) -> Result<&str, FormError> {
        self.get(field).ok_or(FormError::Missing(field))
    }

    pub(super) fn parse<T: FromStr>(&self, field: &'static str) -> Result<T, FormError> {
        self.require(field)?
            .parse()
            .map_err(|_| FormError::Malformed(field))
    }

    /// `None` for a field that is not there or empty.
    pub(super) fn parse_optional<T: FromStr>(
        &self,
        field: &'static str,
    ) -> Result<Option<T>, FormError> {
        match self.get(field) {
            None | Some("") => Ok(None),
            Some(_) => self.parse(field).map(Some),
        }
    }
}

/// The names of the fields alone: what is in them is personal.
impl fmt::Debug for SignedForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// A form as if its signature had been found right.
    pub(in crate::webhook) fn signed(fields: &[(&str, &str)]) -> SignedForm {
        let field = |(name, value): &(&str, &str)| {
            ((*name).to_owned(), BTreeSet::from([(*value).to_owned()]))
        };
        SignedForm(fields.iter().map(field).collect())
    }

    #[test]
    fn a_signed_form_is_decoded_before_it_is_checked() {
        let body = b"CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212";
        let url = "https://mycompany.com/myapp.php?foo=1&bar=2";
        let form =
            SignedForm::verify(&"12345".into(), url, body, "RSOYDt4T1cUTdK1PDd93/VVr8B8=").unwrap();
        assert_eq!(form.get("From"), Some("+14158675309"));
        assert_eq!(
            format!("{form:?}"),
            r#"{"CallSid", "Caller", "Digits", "From", "To"}"#
        );
        let forged = SignedForm::verify(
            &"12345".into(),
            url,
            b"From=%2B14158675309",
            "RSOYDt4T1cUTdK1PDd93/VVr8B8=",
        );
        assert_eq!(forged.err(), Some(BadSignature));
    }
}
