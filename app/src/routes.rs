//! The addresses of the app. Links are built here and nowhere else.

use domain::ids::{ConversationId, CustomerId, ExportId, ImportId};
use leptos_router::NavigateOptions;

pub const CUSTOMERS: &str = "/customers";
pub const NEW_CUSTOMER: &str = "/customers/new";
pub const EXPORT: &str = "/customers/export";
pub const CONVERSATIONS: &str = "/conversations";
pub const NEW_CONVERSATION: &str = "/conversations/new";
pub const SIMULATOR: &str = "/simulator";
pub const IMPORTS: &str = "/imports";
pub const NEW_IMPORT: &str = "/imports/new";
pub const SETTINGS: &str = "/settings";
pub const COMPANY: &str = "/settings/company";
pub const PEOPLE: &str = "/settings/people";
pub const ROLES: &str = "/settings/roles";
pub const ATTRIBUTES: &str = "/settings/attributes";
pub const MESSAGES: &str = "/settings/messages";
pub const SAVED_REPLIES: &str = "/settings/replies";
pub const OPT_OUTS: &str = "/settings/opt-outs";
pub const WISHES: &str = "/settings/wishes";
pub const AUDIT: &str = "/settings/audit";
pub const DEVICES: &str = "/settings/devices";
pub const YOU: &str = "/settings/you";
pub const NEW_ACCOUNT: &str = "/settings/new-account";
pub const SIGN_IN: &str = "/sign-in";

/// Where a person lands after signing in.
pub const HOME: &str = CUSTOMERS;

/// For an address that says how a page is looked at: it stays where it is scrolled to, and the way back leads past it.
pub fn in_place() -> NavigateOptions {
    NavigateOptions {
        replace: true,
        scroll: false,
        ..NavigateOptions::default()
    }
}

pub fn customer(id: CustomerId) -> String {
    format!("{CUSTOMERS}/{id}")
}

pub fn conversation(id: ConversationId) -> String {
    format!("{CONVERSATIONS}/{id}")
}

/// The thread with the cell phone of a customer, whether it has begun or not.
pub fn conversation_with(id: CustomerId) -> String {
    format!("{CUSTOMERS}/{id}/conversation")
}

/// A new customer with the number of a thread: it does not stand in the address.
pub fn new_customer_of(id: ConversationId) -> String {
    format!("{NEW_CUSTOMER}?conversation={id}")
}

/// What is known of the customer's consent, to print.
pub fn evidence(id: CustomerId) -> String {
    format!("{CUSTOMERS}/{id}/consent")
}

pub fn import(id: ImportId) -> String {
    format!("{IMPORTS}/{id}")
}

/// Where the file of an export is downloaded that was too large to be attached to its mail.
pub fn exported(id: ExportId) -> String {
    format!("/exports/{id}")
}

/// The link of an invitation, without the host.
pub fn invite(token: &str) -> String {
    format!("/invite/{token}")
}

/// The one-time link that makes the first account, without the host.
pub fn setup(token: &str) -> String {
    format!("/setup/{token}")
}

/// The sign-in page that afterwards goes on to `next`.
pub fn sign_in_then(next: &str) -> String {
    format!("{SIGN_IN}?next={}", percent_encoded(next))
}

/// Pages that can be seen without being signed in; every other page leads to sign-in first.
pub fn is_public(path: &str) -> bool {
    path == SIGN_IN || path.starts_with("/setup/") || path.starts_with("/invite/")
}

/// `next` if it is a page of this site, else [`HOME`]: a link must not be able to send people elsewhere after sign-in.
/// Browsers read `//host` and `/\host` as other sites, and drop tabs and line breaks while doing so.
pub fn safe_next(next: Option<&str>) -> &str {
    match next {
        Some(next)
            if next.starts_with('/')
                && !next[1..].starts_with(['/', '\\'])
                && !next.contains(char::is_control)
                && !next.starts_with(SIGN_IN) =>
        {
            next
        }
        _ => HOME,
    }
}

/// As a part of a path (RFC 3986), or of a header (RFC 8187).
pub fn percent_encoded(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::new(), |mut out, byte| {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            // Writing into a `String` cannot fail.
            _ => drop(write!(out, "%{byte:02X}")),
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goes_on_only_to_pages_of_this_site() {
        assert_eq!(safe_next(Some("/customers?q=roy")), "/customers?q=roy");
        for elsewhere in [
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/\t/evil.example",
            "",
            "/sign-in?next=/x",
        ] {
            assert_eq!(safe_next(Some(elsewhere)), HOME, "{elsewhere:?}");
        }
        assert_eq!(safe_next(None), HOME);
    }

    #[test]
    fn keeps_the_whole_address_for_after_sign_in() {
        assert_eq!(
            sign_in_then("/customers?q=a&b"),
            "/sign-in?next=/customers%3Fq%3Da%26b"
        );
    }

    #[test]
    fn shows_only_the_pages_around_signing_in_to_strangers() {
        assert!(is_public("/sign-in") && is_public("/invite/abc") && is_public("/setup/abc"));
        assert!(
            !is_public("/customers")
                && !is_public("/")
                && !is_public("/settings/people")
                && !is_public("/sign-in/x")
        );
    }
}
