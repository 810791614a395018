//! What stands in the way: what happened, what was kept, what to do.

use super::{
    desk::{Desk, Trouble},
    state::Stage,
    wording,
};
use crate::{
    error::ErrorNotice,
    i18n::{Locale, t, use_i18n},
    ui::{Button, Notice, NoticeKind},
};
use leptos::prelude::*;
use leptos_i18n::td_string;

fn words(locale: Locale, trouble: &Trouble, name: &str) -> String {
    match trouble {
        Trouble::Refused(error) => {
            let why = wording::read_error(locale, error);
            td_string!(
                locale,
                imports.trouble_refused,
                name = name.to_owned(),
                why = why
            )
        }
        Trouble::NotSo(error) => td_string!(
            locale,
            imports.trouble_not_so,
            why = wording::read_error(locale, error)
        ),
        Trouble::WorkerNotLoaded => {
            td_string!(locale, imports.trouble_worker_not_loaded).to_owned()
        }
        Trouble::FileGone => td_string!(locale, imports.trouble_file_gone, name = name.to_owned()),
        Trouble::WorkerEnded => td_string!(locale, imports.trouble_worker).to_owned(),
        Trouble::OtherFile { wanted } => {
            td_string!(
                locale,
                imports.trouble_other_file,
                name = name.to_owned(),
                wanted = wanted.clone()
            )
        }
        Trouble::Superseded => td_string!(locale, imports.trouble_superseded).to_owned(),
        Trouble::Server(error) => crate::words::app_error(locale, error),
    }
}

#[component]
pub(super) fn TroubleNotice(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    move || {
        desk.trouble().map(|trouble| {
            let shown = if let Trouble::Server(error) = trouble {
                let again =
                    (desk.stage() == Stage::Sending).then(|| Callback::new(move |()| desk.send()));
                match again {
                    Some(again) => view! { <ErrorNotice error=error retry=again /> }.into_any(),
                    None => view! { <ErrorNotice error=error /> }.into_any(),
                }
            } else {
                let button = if trouble == Trouble::Superseded {
                    view! {
                        <Button small=true on:click=move |_| desk.send()>
                            {t!(i18n, common.retry)}
                        </Button>
                    }
                    .into_any()
                } else {
                    view! {
                        <Button small=true on:click=move |_| desk.hush()>
                            {t!(i18n, common.dismiss)}
                        </Button>
                    }
                    .into_any()
                };
                view! {
                    <Notice kind=NoticeKind::Error>
                        <span>{move || words(i18n.get_locale(), &trouble, &desk.name())}</span>
                        {button}
                    </Notice>
                }
                .into_any()
            };
            view! { <div class="mb-4">{shown}</div> }
        })
    }
}
