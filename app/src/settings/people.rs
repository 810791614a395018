//! The parts of the People page.

mod invites;
mod members;

pub(super) use invites::Invites;
pub(super) use members::Members;
