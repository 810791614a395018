//! The cookie that holds the session's token.

use http::{HeaderMap, HeaderValue, header};
use service::SessionToken;

/// As long as browsers allow: the server alone decides when a session ends.
const MAX_AGE_SECONDS: u32 = 400 * 24 * 3600;

/// Its name and flags: over https it is `Secure` and bound to the host by its name (RFC 6265bis, 4.1.3.2).
#[derive(Clone, Copy, Debug)]
pub struct SessionCookie {
    secure: bool,
}

impl SessionCookie {
    pub const fn new(secure: bool) -> Self {
        Self { secure }
    }

    pub const fn name(self) -> &'static str {
        if self.secure {
            "__Host-session"
        } else {
            "session"
        }
    }

    /// The token that a browser sent, if any.
    pub fn read(self, headers: &HeaderMap) -> Option<String> {
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(name, value)| *name == self.name() && !value.is_empty())
            .map(|(_, value)| value.to_owned())
    }

    pub fn set(self, token: &SessionToken) -> HeaderValue {
        self.header(token.expose(), MAX_AGE_SECONDS)
    }

    pub fn clear(self) -> HeaderValue {
        self.header("", 0)
    }

    fn header(self, token: &str, max_age: u32) -> HeaderValue {
        let secure = if self.secure { "; Secure" } else { "" };
        let text = format!(
            "{}={token}; Path=/; Max-Age={max_age}; HttpOnly; SameSite=Lax{secure}",
            self.name()
        );
        // A token is base64url, so that this cannot fail; a browser without a cookie has to sign in again.
        let mut value = HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""));
        value.set_sensitive(true);
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_its_own_cookie_among_others() {
        let mut headers = HeaderMap::new();
        headers.append(
            header::COOKIE,
            HeaderValue::from_static("language=fr; session=abc"),
        );
        assert_eq!(
            SessionCookie::new(false).read(&headers).as_deref(),
            Some("abc")
        );
        assert_eq!(SessionCookie::new(true).read(&headers), None);
    }

    #[test]
    fn cannot_be_read_by_scripts_nor_sent_from_other_sites() {
        let cookie = SessionCookie::new(true).header("abc", 60);
        assert_eq!(
            cookie.to_str().unwrap(),
            "__Host-session=abc; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure"
        );
    }
}
