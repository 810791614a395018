//! Refusals and failures: what happened, what was kept, what to do.

use super::wait;
use crate::{
    error::{AppError, Conflict},
    i18n::Locale,
};
use domain::{
    error::Invalid, export::ExportRefusal, import::refusal::ImportRefusal, mutation::Reason,
};
use leptos_i18n::td_string;

pub fn invalid(locale: Locale, invalid: &Invalid) -> String {
    match invalid {
        Invalid::Empty => td_string!(locale, common.invalid_empty).to_owned(),
        Invalid::NotAPhone => td_string!(locale, common.invalid_phone).to_owned(),
        Invalid::NotAnEmail => td_string!(locale, common.invalid_email).to_owned(),
        Invalid::NotADate => td_string!(locale, common.invalid_date).to_owned(),
        Invalid::NotANumber => td_string!(locale, common.invalid_number).to_owned(),
        Invalid::UnknownCountry => td_string!(locale, common.invalid_country).to_owned(),
        Invalid::UnknownLanguage => td_string!(locale, common.invalid_language).to_owned(),
        Invalid::TooLong { max } => {
            td_string!(
                locale,
                common.invalid_too_long,
                max = super::number(locale, u64::from(*max))
            )
        }
        Invalid::TooMany { max } => {
            td_string!(
                locale,
                common.invalid_too_many,
                max = super::number(locale, u64::from(*max))
            )
        }
        Invalid::WrongType => td_string!(locale, common.invalid_type).to_owned(),
    }
}

pub fn reason(locale: Locale, reason: &Reason) -> String {
    match reason {
        Reason::Invalid(why) => invalid(locale, why),
        Reason::Changed { by: Some(name), .. } => {
            td_string!(locale, common.reason_changed_by, name = name.clone())
        }
        Reason::Changed { by: None, .. } => td_string!(locale, common.reason_changed).to_owned(),
        Reason::PhoneTaken { name, .. } => {
            td_string!(locale, common.reason_phone_taken, name = name.clone())
        }
        Reason::ReferenceTaken { name, .. } => {
            td_string!(locale, common.reason_reference_taken, name = name.clone())
        }
        Reason::AttributeNameTaken { .. } => {
            td_string!(locale, common.reason_attribute_name_taken).to_owned()
        }
        Reason::AttributeKindsDiffer => td_string!(locale, common.reason_kinds_differ).to_owned(),
        Reason::UnknownAttribute => td_string!(locale, common.reason_unknown_attribute).to_owned(),
        Reason::CustomerGone => td_string!(locale, common.reason_customer_gone).to_owned(),
        Reason::ChangedSince => td_string!(locale, common.reason_changed_since).to_owned(),
        Reason::IdTaken => td_string!(locale, common.reason_id_taken).to_owned(),
        Reason::NothingGiven => td_string!(locale, common.reason_nothing_given).to_owned(),
        Reason::Unsubscribed => td_string!(locale, messaging.reason_unsubscribed).to_owned(),
        Reason::TextTooLong => td_string!(locale, messaging.reason_text_too_long).to_owned(),
        Reason::UnknownConversation => {
            td_string!(locale, messaging.reason_unknown_conversation).to_owned()
        }
        Reason::AssigneeChanged { to: Some(to) } => {
            td_string!(locale, messaging.reason_assigned, name = to.name.clone())
        }
        Reason::AssigneeChanged { to: None } => {
            td_string!(locale, messaging.reason_unassigned).to_owned()
        }
        Reason::ReplyTitleTaken { .. } => {
            td_string!(locale, messaging.reply_title_taken).to_owned()
        }
        Reason::UnknownMessage => td_string!(locale, messaging.reason_unknown_message).to_owned(),
        Reason::UnknownReply => td_string!(locale, messaging.reason_unknown_reply).to_owned(),
        Reason::AlreadySettled => td_string!(locale, messaging.reason_already_settled).to_owned(),
        Reason::NotAllowed => td_string!(locale, common.reason_not_allowed).to_owned(),
    }
}

pub fn app_error(locale: Locale, error: &AppError) -> String {
    match error {
        AppError::Unauthenticated => td_string!(locale, common.error_unauthenticated).to_owned(),
        AppError::WrongCredentials => td_string!(locale, common.error_wrong_credentials).to_owned(),
        AppError::Forbidden => td_string!(locale, common.error_forbidden).to_owned(),
        AppError::NotFound => td_string!(locale, common.error_not_found).to_owned(),
        AppError::Busy => td_string!(locale, common.error_busy).to_owned(),
        AppError::Conflict(what) => conflict(locale, *what).to_owned(),
        AppError::Invalid(Some(why)) => invalid(locale, why),
        AppError::Invalid(None) => td_string!(locale, common.error_invalid).to_owned(),
        AppError::Import(refusal) => import_refusal(locale, refusal),
        AppError::Export(refusal) => export_refusal(locale, *refusal).to_owned(),
        AppError::TooManyTries {
            retry_after_seconds,
        } => {
            td_string!(
                locale,
                common.error_too_many_tries,
                wait = wait(locale, *retry_after_seconds)
            )
        }
        AppError::TooLarge => td_string!(locale, common.error_too_large).to_owned(),
        AppError::ProviderUnreachable => {
            td_string!(locale, common.error_provider_unreachable).to_owned()
        }
        AppError::Offline => td_string!(locale, common.error_offline).to_owned(),
        AppError::OutOfDate => td_string!(locale, common.error_out_of_date).to_owned(),
        AppError::Internal { reference } => {
            td_string!(locale, common.error_internal, reference = reference.clone())
        }
    }
}

fn conflict(locale: Locale, conflict: Conflict) -> &'static str {
    match conflict {
        Conflict::Changed => td_string!(locale, common.error_conflict),
        Conflict::EmailTaken => td_string!(locale, common.error_email_taken),
        Conflict::LastOwner => td_string!(locale, common.error_last_owner),
        Conflict::AlreadyMember => td_string!(locale, common.error_already_member),
        Conflict::NoAccount => td_string!(locale, common.error_no_account),
        Conflict::AlreadySetUp => td_string!(locale, common.error_already_set_up),
        Conflict::OtherAccount => td_string!(locale, common.error_other_account),
        Conflict::ImportNotOpen => td_string!(locale, common.error_import_open),
        Conflict::PlanChanged => td_string!(locale, common.error_plan_changed),
    }
}

fn export_refusal(locale: Locale, refusal: ExportRefusal) -> &'static str {
    match refusal {
        ExportRefusal::Nobody => td_string!(locale, common.export_nobody),
        ExportRefusal::Columns => td_string!(locale, common.export_columns),
        ExportRefusal::UnknownAttribute => td_string!(locale, common.export_unknown_attribute),
        ExportRefusal::Days => td_string!(locale, common.export_days),
        ExportRefusal::Over => td_string!(locale, common.export_over),
        ExportRefusal::NoMail => td_string!(locale, common.export_no_mail),
        ExportRefusal::MailAddress => td_string!(locale, common.export_mail_address),
        ExportRefusal::FileMixedUp => td_string!(locale, common.export_file_mixed_up),
        ExportRefusal::TooMuchKept => td_string!(locale, common.export_too_much_kept),
        ExportRefusal::FileGone => td_string!(locale, common.export_file_gone),
    }
}

fn import_refusal(locale: Locale, refusal: &ImportRefusal) -> String {
    match refusal {
        ImportRefusal::Rows => td_string!(locale, common.import_rows).to_owned(),
        ImportRefusal::Columns => td_string!(locale, common.import_columns).to_owned(),
        ImportRefusal::FileTooLarge => td_string!(locale, common.import_file_too_large).to_owned(),
        ImportRefusal::NothingMapped => td_string!(locale, common.import_nothing_mapped).to_owned(),
        ImportRefusal::SlotTwice => td_string!(locale, common.import_slot_twice).to_owned(),
        ImportRefusal::UnknownAttribute => {
            td_string!(locale, common.import_unknown_attribute).to_owned()
        }
        ImportRefusal::AttributeOfAnotherKind(name) => {
            td_string!(locale, common.import_attribute_kind, name = name.clone())
        }
        ImportRefusal::AttributeRetired(name) => {
            td_string!(locale, common.import_attribute_retired, name = name.clone())
        }
        ImportRefusal::TooManyOpen { max } => {
            td_string!(locale, common.import_too_many_open, max = *max)
        }
        ImportRefusal::AttributeTwice(name) => {
            td_string!(locale, common.import_attribute_twice, name = name.clone())
        }
        ImportRefusal::InvalidRow { line } => td_string!(
            locale,
            common.import_invalid_row,
            line = super::number(locale, u64::from(*line))
        ),
        ImportRefusal::Incomplete => td_string!(locale, common.import_incomplete).to_owned(),
        ImportRefusal::NotCommitted => td_string!(locale, common.import_not_committed).to_owned(),
        ImportRefusal::Stopped => td_string!(locale, common.import_stopped).to_owned(),
        ImportRefusal::Inconsistent
        | ImportRefusal::UnreadableChunk
        | ImportRefusal::ChunkTooLarge
        | ImportRefusal::DamagedChunk
        | ImportRefusal::OtherChunk
        | ImportRefusal::LinesOutOfOrder => td_string!(locale, common.import_mixed_up).to_owned(),
    }
}
