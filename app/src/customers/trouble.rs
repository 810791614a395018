//! Why a field was not saved, shown under it.

use super::{
    view_model::answer::{Answer, Conflict},
    when::When,
    wording,
};
use crate::{
    error::AppError,
    i18n::{Locale, t, t_string, td_string, use_i18n},
    routes,
    ui::{Button, ButtonKind},
    words,
};
use domain::{error::Invalid, mutation::Reason, slot::SlotKind, value::Value};
use leptos::prelude::*;
use std::collections::BTreeMap;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The page itself can tell.
    Invalid(Invalid),
    Refused(Reason),
    Conflict(Conflict),
    /// Nothing is known to have happened.
    Failed(AppError),
}

impl From<Answer> for Option<Trouble> {
    fn from(answer: Answer) -> Self {
        match answer {
            Answer::Saved => None,
            Answer::Refused(reason) => Some(Trouble::Refused(reason)),
            Answer::Conflict(conflict) => Some(Trouble::Conflict(conflict)),
        }
    }
}

impl Trouble {
    /// In one sentence; a conflict's two values, and the choice between them, are for [`TroubleText`].
    pub fn words(&self, locale: Locale) -> String {
        match self {
            Self::Invalid(invalid) => words::invalid(locale, invalid),
            Self::Refused(reason) => words::reason(locale, reason),
            Self::Failed(error) => words::app_error(locale, error),
            Self::Conflict(_) => td_string!(locale, common.error_conflict).to_owned(),
        }
    }
}

/// What the person decided about two values of one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub conflict: Conflict,
    pub mine: bool,
}

/// The element with `id` is there all the time, so that inputs may refer to it and screen readers notice its text.
#[component]
pub fn TroubleText(
    #[prop(into)] id: String,
    kind: SlotKind,
    #[prop(into)] trouble: Signal<Option<Trouble>>,
    #[prop(into)] phones: Signal<BTreeMap<String, String>>,
    on_choice: Callback<Choice>,
) -> impl IntoView {
    let i18n = use_i18n();
    let plain = move || {
        trouble.with(|trouble| match trouble {
            None | Some(Trouble::Conflict(_)) => None,
            Some(trouble) => Some(trouble.words(i18n.get_locale())),
        })
    };
    let owner = move || {
        trouble.with(|trouble| match trouble {
            Some(Trouble::Refused(
                Reason::PhoneTaken { customer, name } | Reason::ReferenceTaken { customer, name },
            )) => Some((*customer, name.clone())),
            _ => None,
        })
    };
    let conflict = move || {
        trouble.with(|trouble| match trouble {
            Some(Trouble::Conflict(conflict)) => Some(conflict.clone()),
            _ => None,
        })
    };
    view! {
        <div id=id role="alert" class="text-error text-sm empty:hidden">
            {move || plain().map(|text| view! { <p class="mt-1">{text}</p> })}
            {move || {
                owner().map(|(customer, name)| {
                    view! {
                        <a class="link" href=routes::customer(customer)>
                            {move || t_string!(i18n, customers.view_owner, name = name.clone())}
                        </a>
                    }
                })
            }}
            {move || conflict().map(|conflict| view! { <ConflictBox kind conflict phones on_choice/> })}
        </div>
    }
}

#[component]
fn ConflictBox(
    kind: SlotKind,
    conflict: Conflict,
    phones: Signal<BTreeMap<String, String>>,
    on_choice: Callback<Choice>,
) -> impl IntoView {
    let i18n = use_i18n();
    let at = conflict.at;
    let text = {
        let conflict = conflict.clone();
        move || phones.with(|phones| told(i18n.get_locale(), kind, &conflict, phones))
    };
    let choose = move |mine| {
        let conflict = conflict.clone();
        move |_| {
            on_choice.run(Choice {
                conflict: conflict.clone(),
                mine,
            });
        }
    };
    view! {
        <div class="alert alert-warning alert-soft text-base-content mt-1 flex flex-col items-start gap-2">
            <p class="font-medium">{t!(i18n, customers.conflict_title)}</p>
            <p>{text} " " <When at=at/></p>
            <div class="flex flex-wrap gap-2">
                <Button small=true kind=ButtonKind::Primary on:click=choose(true)>
                    {t!(i18n, customers.use_mine)}
                </Button>
                <Button small=true on:click=choose(false)>{t!(i18n, customers.keep_theirs)}</Button>
            </div>
        </div>
    }
}

/// "You typed X. Ana saved Y."
fn told(
    locale: Locale,
    kind: SlotKind,
    conflict: &Conflict,
    phones: &BTreeMap<String, String>,
) -> String {
    let written = |value: &Option<Value>| match value {
        Some(value) => format!("“{}”", wording::value(locale, kind, value, phones)),
        None => td_string!(locale, customers.nothing).to_owned(),
    };
    let (mine, theirs) = (written(&conflict.mine), written(&conflict.theirs));
    if let Some(name) = &conflict.by {
        td_string!(
            locale,
            customers.conflict,
            mine = mine,
            name = name.clone(),
            theirs = theirs
        )
    } else {
        td_string!(
            locale,
            customers.conflict_nobody,
            mine = mine,
            theirs = theirs
        )
    }
}
