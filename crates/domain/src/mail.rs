//! Exported files that are sent by e-mail to whoever exported them: how they travel to the server and on to the mailbox, and
//! when a mail that could not be sent is tried again.

mod file_name;
mod patience;

pub use file_name::FileName;
pub use patience::{GIVE_UP_AFTER, wait_after};

use crate::{contact::Email, ids::ExportId};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// The largest file that is attached, in bytes; base64 makes a third more of it, and many servers take no mail above 25 MB.
pub const ATTACHMENT_MAX: u32 = 15 << 20;
/// The largest file that is sent at all, in bytes: as large as a file that is imported.
pub const MAILED_MAX: u32 = 200 << 20;
/// The most that is kept on the server of one person's files, in bytes: those on their way, and those behind links.
pub const MAILED_KEPT_MAX: u64 = 1 << 30;
/// How much of a file travels to the server at a time, in bytes.
pub const PIECE_BYTES: u32 = 2 << 20;
/// How long the file behind a link is kept.
pub const LINK_KEPT: TimeDelta = TimeDelta::days(7);

/// How a file reaches its reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Carriage {
    Attached,
    /// As a link, which asks for signing in, and ends after [`LINK_KEPT`].
    Linked,
}

impl Carriage {
    /// How a file of so many bytes is sent at first.
    pub const fn of(bytes: u32) -> Self {
        if bytes <= ATTACHMENT_MAX {
            Self::Attached
        } else {
            Self::Linked
        }
    }

    pub const fn key(self) -> &'static str {
        match self {
            Self::Attached => "attached",
            Self::Linked => "linked",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Attached, Self::Linked]
            .into_iter()
            .find(|carriage| carriage.key() == key)
    }
}

/// How many pieces a file has.
pub const fn pieces(bytes: u32) -> u32 {
    bytes.div_ceil(PIECE_BYTES)
}

/// How long a piece is, in bytes; `None` if the file has no such piece.
pub fn piece_length(bytes: u32, number: u32) -> Option<u32> {
    let rest = bytes.checked_sub(number.checked_mul(PIECE_BYTES)?)?;
    (rest > 0).then_some(rest.min(PIECE_BYTES))
}

/// Whether files can be sent to the person who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mailing {
    Possible,
    /// The server was told of no mail server.
    NotSetUp,
    /// No mail can be addressed to what the person signs in with.
    BadAddress,
}

/// The language of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailLanguage {
    English,
    French,
}

impl MailLanguage {
    /// ISO 639-1.
    pub const fn key(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::French => "fr",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        [Self::English, Self::French]
            .into_iter()
            .find(|language| language.key() == key)
    }
}

/// What is asked for: to send the file that an export became.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailRequest {
    pub export: ExportId,
    pub file_name: FileName,
    /// The size of the file.
    pub bytes: u32,
    pub language: MailLanguage,
}

/// What becomes of a file that is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportMail {
    pub to: Email,
    pub file_name: FileName,
    /// The size of the file.
    pub bytes: u32,
    pub carriage: Carriage,
    pub state: MailState,
    /// Until when the file can be downloaded; `None` if it is not there, or not any more.
    pub kept_until: Option<DateTime<Utc>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailState {
    /// The file is on its way to the server.
    Receiving,
    /// With what was in the way of the last try.
    Waiting {
        trouble: Option<Trouble>,
    },
    Sent,
    /// It is not tried again.
    Failed {
        trouble: Trouble,
    },
}

impl MailState {
    /// Whether nothing will change any more.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Sent | Self::Failed { .. })
    }
}

/// Why a mail was not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    /// The mail server did not answer, or not in a way that this one understands.
    Unreachable,
    /// The mail server does not take it for the moment: the reply code (RFC 5321, 4.2.1: 4yz).
    Busy { code: u16 },
    /// The mail server wants this one to sign in, or to sign in otherwise: the reply code (RFC 4954, 6).
    SignIn { code: u16 },
    /// The mail server will never take it: the reply code (5yz).
    Refused { code: u16 },
    /// No mail can be addressed to it.
    Address,
    /// The file was not there any more.
    FileGone,
    /// Whoever exported is not a member any more, or in a role that may not export.
    NotAllowed,
    /// What was queued cannot be read.
    Unreadable,
}

impl Trouble {
    /// What a reply that is not a success says, by its code (RFC 5321, 4.2.1).
    pub const fn of_reply(code: u16) -> Self {
        match code {
            530 | 534 | 535 | 538 => Self::SignIn { code },
            500..=599 => Self::Refused { code },
            _ => Self::Busy { code },
        }
    }

    /// Whether trying again can help. A password that was changed is set anew by whoever runs the server.
    pub const fn may_pass(self) -> bool {
        matches!(
            self,
            Self::Unreachable | Self::Busy { .. } | Self::SignIn { .. }
        )
    }

    /// Whether a smaller mail may be taken: 552 (RFC 1870, 6.1), and 523, which some answer instead.
    pub const fn is_of_size(self) -> bool {
        matches!(self, Self::Refused { code: 552 | 523 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_the_sum_of_its_pieces() {
        for bytes in [1, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, MAILED_MAX] {
            let lengths: Vec<u32> = (0..pieces(bytes))
                .map(|number| piece_length(bytes, number).unwrap())
                .collect();
            assert_eq!(lengths.iter().sum::<u32>(), bytes);
            assert_eq!(piece_length(bytes, pieces(bytes)), None);
        }
        assert_eq!((pieces(0), piece_length(0, 0)), (0, None));
        assert_eq!(piece_length(MAILED_MAX, u32::MAX), None);
    }

    #[test]
    fn what_is_too_large_to_attach_becomes_a_link() {
        assert_eq!(Carriage::of(ATTACHMENT_MAX), Carriage::Attached);
        assert_eq!(Carriage::of(ATTACHMENT_MAX + 1), Carriage::Linked);
    }

    #[test]
    fn only_what_may_pass_is_worth_another_try() {
        assert!(Trouble::Unreachable.may_pass());
        assert!(Trouble::Busy { code: 451 }.may_pass());
        assert!(Trouble::SignIn { code: 535 }.may_pass());
        for trouble in [
            Trouble::Refused { code: 550 },
            Trouble::Address,
            Trouble::FileGone,
            Trouble::NotAllowed,
            Trouble::Unreadable,
        ] {
            assert!(!trouble.may_pass());
        }
    }

    #[test]
    fn a_reply_says_what_is_in_the_way() {
        assert_eq!(Trouble::of_reply(451), Trouble::Busy { code: 451 });
        assert_eq!(Trouble::of_reply(454), Trouble::Busy { code: 454 });
        assert_eq!(Trouble::of_reply(550), Trouble::Refused { code: 550 });
        for code in [530, 534, 535, 538] {
            assert_eq!(Trouble::of_reply(code), Trouble::SignIn { code });
        }
        for code in [552, 523] {
            assert!(Trouble::of_reply(code).is_of_size());
        }
        for code in [452, 550, 554] {
            assert!(!Trouble::of_reply(code).is_of_size());
        }
    }

    #[test]
    fn a_carriage_is_found_by_its_key() {
        for carriage in [Carriage::Attached, Carriage::Linked] {
            assert_eq!(Carriage::from_key(carriage.key()), Some(carriage));
        }
    }
}
