//! `X-Twilio-Signature`: base64 of the HMAC-SHA1, under the account's auth token, of the URL followed by each parameter's name
//! and value, sorted by name, without anything between.

use base64::{Engine, prelude::BASE64_STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha1::Sha1;
use std::collections::{BTreeMap, BTreeSet};

/// The request is not from Twilio, or not to this address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not signed by Twilio")]
pub struct BadSignature;

/// The parameters of a form: a name that comes more than once counts with each different value once, in order, as in Twilio's
/// own libraries.
pub(super) type Parameters = BTreeMap<String, BTreeSet<String>>;

/// Checks a signature in constant time. `url` is the address that Twilio was given, with its query.
pub(super) fn check(
    token: &SecretString,
    url: &str,
    parameters: &Parameters,
    signature: &str,
) -> Result<(), BadSignature> {
    let signature = BASE64_STANDARD
        .decode(signature)
        .map_err(|_| BadSignature)?;
    for url in spellings(url) {
        let mut mac = Hmac::<Sha1>::new_from_slice(token.expose_secret().as_bytes())
            .map_err(|_| BadSignature)?;
        mac.update(url.as_bytes());
        for (name, values) in parameters {
            for value in values {
                mac.update(name.as_bytes());
                mac.update(value.as_bytes());
            }
        }
        if mac.verify_slice(&signature).is_ok() {
            return Ok(());
        }
    }
    Err(BadSignature)
}

/// The URL without its port, and with it. Twilio signs one or the other, depending on the product, whatever it was given;
/// the standard port of the scheme is the one that may have been left out.
fn spellings(url: &str) -> Vec<String> {
    let whole = vec![url.to_owned()];
    let Some((scheme, rest)) = url.split_once("://") else {
        return whole;
    };
    let standard = match scheme {
        "https" => "443",
        "http" => "80",
        _ => return whole,
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let is_port = |port: &str| !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit());
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if is_port(port) => (host, port),
        _ => (authority, standard),
    };
    vec![
        format!("{scheme}://{host}{path}"),
        format!("{scheme}://{host}:{port}{path}"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "https://mycompany.com/myapp.php?foo=1&bar=2";

    fn call(caller: &str) -> Parameters {
        [
            ("Digits", "1234"),
            ("To", "+18005551212"),
            ("From", caller),
            ("Caller", caller),
            ("CallSid", "CA1234567890ABCDE"),
        ]
        .map(|(name, value)| (name.to_owned(), BTreeSet::from([value.to_owned()])))
        .into()
    }

    fn check_with(
        token: &str,
        url: &str,
        caller: &str,
        signature: &str,
    ) -> Result<(), BadSignature> {
        check(&token.into(), url, &call(caller), signature)
    }

    /// The examples of Twilio's documentation, over the years.
    #[test]
    fn the_published_examples_are_right() {
        for (caller, signature) in [
            ("+14158675309", "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
            ("+14158675310", "GvWf1cFY/Q7PnoempGyD5oXAezc="),
            ("+12349013030", "0/KCTR6DLpKmkAf8muzZqo1nDgQ="),
        ] {
            assert_eq!(
                check_with("12345", URL, caller, signature),
                Ok(()),
                "{caller}"
            );
        }
    }

    #[test]
    fn anything_else_is_refused() {
        let right = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";
        for (token, url, caller, signature) in [
            ("12346", URL, "+14158675309", right),
            ("", URL, "+14158675309", right),
            (
                "12345",
                "https://mycompany.com/myapp.php?foo=1&bar=3",
                "+14158675309",
                right,
            ),
            (
                "12345",
                "http://mycompany.com/myapp.php?foo=1&bar=2",
                "+14158675309",
                right,
            ),
            (
                "12345",
                "https://mycompany.com:8443/myapp.php?foo=1&bar=2x",
                "+14158675309",
                right,
            ),
            ("12345", "", "+14158675309", right),
            ("12345", URL, "+14158675308", right),
            ("12345", URL, "+14158675309", "GvWf1cFY/Q7PnoempGyD5oXAezc="),
            ("12345", URL, "+14158675309", "RSOYDt4T1cUTdK1PDd93/VVr"),
            ("12345", URL, "+14158675309", "not base64!"),
            ("12345", URL, "+14158675309", ""),
        ] {
            assert_eq!(
                check_with(token, url, caller, signature),
                Err(BadSignature),
                "{token} {url} {signature}"
            );
        }
    }

    #[test]
    fn the_port_may_be_there_or_not() {
        let right = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";
        for url in [
            "https://mycompany.com:443/myapp.php?foo=1&bar=2",
            "https://mycompany.com:8443/myapp.php?foo=1&bar=2",
        ] {
            assert_eq!(
                check_with("12345", url, "+14158675309", right),
                Ok(()),
                "{url}"
            );
        }
        for (url, expected) in [
            (
                URL,
                [
                    "https://mycompany.com/myapp.php?foo=1&bar=2",
                    "https://mycompany.com:443/myapp.php?foo=1&bar=2",
                ],
            ),
            (
                "http://u:p@a.b:81?x=http://c:1/",
                [
                    "http://u:p@a.b?x=http://c:1/",
                    "http://u:p@a.b:81?x=http://c:1/",
                ],
            ),
            (
                "https://[::1]/a:5",
                ["https://[::1]/a:5", "https://[::1]:443/a:5"],
            ),
            ("http://a", ["http://a", "http://a:80"]),
        ] {
            assert_eq!(spellings(url), expected);
        }
    }

    #[test]
    fn a_name_that_comes_twice_counts_once_for_each_value() {
        let twice = Parameters::from([(
            "a".to_owned(),
            BTreeSet::from(["2".to_owned(), "1".to_owned()]),
        )]);
        let mut mac = Hmac::<Sha1>::new_from_slice(b"12345").unwrap();
        mac.update(b"https://x/a1a2");
        let signature = BASE64_STANDARD.encode(mac.finalize().into_bytes());
        assert_eq!(
            check(&"12345".into(), "https://x/", &twice, &signature),
            Ok(())
        );
    }
}
