//! The form for an account at Twilio.

use crate::{
    data,
    error::{AppError, ErrorNotice},
    i18n::{Locale, t, t_string, tu_string, use_i18n},
    settings::api,
    ui::{Button, ButtonKind, Form, Notice, NoticeKind, TextField, focus_element, say, use_toasts},
};
use domain::provider::{NewTwilioSettings, PER_SECOND_MAX, ProviderProblem, TwilioSettings};
use leptos::prelude::*;
use leptos_i18n::td_string;

const ACCOUNT_SID: &str = "account-sid";
const AUTH_TOKEN: &str = "auth-token";
const SENDER: &str = "sender";
const PER_SECOND: &str = "per-second";

/// What Twilio lets an ordinary number send.
const USUAL_PER_SECOND: u32 = 1;

/// What is in the fields.
#[derive(Clone, Copy)]
struct Draft {
    account_sid: RwSignal<String>,
    auth_token: RwSignal<String>,
    sender: RwSignal<String>,
    per_second: RwSignal<String>,
    /// Whether there is a token that an empty field keeps.
    has_token: bool,
}

impl Draft {
    fn of(current: Option<TwilioSettings>) -> Self {
        let has_token = current.is_some();
        let (account_sid, sender, per_second) = current.map_or_else(
            || (String::new(), String::new(), USUAL_PER_SECOND),
            |current| (current.account_sid, current.sender, current.per_second),
        );
        Self {
            account_sid: RwSignal::new(account_sid),
            auth_token: RwSignal::new(String::new()),
            sender: RwSignal::new(sender),
            per_second: RwSignal::new(per_second.to_string()),
            has_token,
        }
    }

    /// What can be seen to be wrong from here is not sent to Twilio.
    fn read(self) -> Result<NewTwilioSettings, ProviderProblem> {
        let trimmed = |text: RwSignal<String>| text.with_untracked(|text| text.trim().to_owned());
        let filled = |text: RwSignal<String>, problem| {
            Some(trimmed(text))
                .filter(|text| !text.is_empty())
                .ok_or(problem)
        };
        let account_sid = filled(self.account_sid, ProviderProblem::AccountSid)?;
        let auth_token = match filled(self.auth_token, ProviderProblem::AuthToken) {
            Err(_) if self.has_token => None,
            token => Some(token?),
        };
        let sender = filled(self.sender, ProviderProblem::Sender)?;
        let per_second = trimmed(self.per_second)
            .parse()
            .ok()
            .filter(|number| (1..=PER_SECOND_MAX).contains(number))
            .ok_or(ProviderProblem::PerSecond)?;
        Ok(NewTwilioSettings {
            account_sid,
            auth_token,
            sender,
            per_second,
        })
    }
}

#[component]
pub(super) fn TwilioForm(current: Option<TwilioSettings>, on_saved: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = use_toasts();
    let is_first = current.is_none();
    let draft = Draft::of(current);
    let problem = RwSignal::new(None::<ProviderProblem>);
    let save = Action::new_local(move |settings: &NewTwilioSettings| {
        let settings = settings.clone();
        async move {
            let found = data::ask(|| api::set_twilio(settings.clone())).await?;
            problem.try_set(found);
            match found {
                None => {
                    toasts.done(tu_string!(i18n, messaging.provider_saved));
                    on_saved.try_run(());
                }
                Some(found) => {
                    request_animation_frame(move || focus_element(field_of(found)));
                }
            }
            Ok::<(), AppError>(())
        }
    });
    let submit = move || match draft.read() {
        Ok(settings) => {
            problem.set(None);
            save.dispatch_local(settings);
        }
        Err(found) => problem.set(Some(found)),
    };
    let error_at = move |id: &'static str| {
        Signal::derive(move || {
            let found = problem.get().filter(|found| field_of(*found) == id)?;
            Some(said(i18n.get_locale(), found))
        })
    };
    let failed = move || save.value().get().and_then(Result::err);
    let checking = move || {
        save.pending()
            .get()
            .then(|| t_string!(i18n, messaging.checking))
    };
    let token_hint = say(move || {
        if is_first {
            t_string!(i18n, messaging.auth_token_hint)
        } else {
            t_string!(i18n, messaging.auth_token_keep)
        }
    });
    view! {
        {is_first
            .then(|| {
                view! {
                    <Notice kind=NoticeKind::Warning>
                        <p>{t!(i18n, messaging.first_warning)}</p>
                    </Notice>
                }
            })}
        <Form on_submit=submit>
            <TextField
                id=ACCOUNT_SID
                label=say(move || t_string!(i18n, messaging.account_sid))
                hint=say(move || t_string!(i18n, messaging.account_sid_hint))
                value=draft.account_sid
                error=error_at(ACCOUNT_SID)
                required=true
            />
            <TextField
                id=AUTH_TOKEN
                kind="password"
                autocomplete="new-password"
                label=say(move || t_string!(i18n, messaging.auth_token))
                hint=token_hint
                value=draft.auth_token
                error=error_at(AUTH_TOKEN)
                required=is_first
            />
            <TextField
                id=SENDER
                label=say(move || t_string!(i18n, messaging.sender))
                hint=say(move || t_string!(i18n, messaging.sender_hint))
                value=draft.sender
                error=error_at(SENDER)
                required=true
            />
            <TextField
                id=PER_SECOND
                inputmode="numeric"
                label=say(move || t_string!(i18n, messaging.per_second))
                hint=say(move || t_string!(i18n, messaging.per_second_hint, max = PER_SECOND_MAX))
                value=draft.per_second
                error=error_at(PER_SECOND)
                required=true
            />
            {move || failed().map(|error| view! { <ErrorNotice error /> })}
            <div class="flex flex-wrap items-center gap-3">
                <Button submit=true kind=ButtonKind::Primary busy=save.pending()>
                    {t!(i18n, common.save)}
                </Button>
                <span class="muted" role="status">
                    {checking}
                </span>
            </div>
        </Form>
    }
}

/// Where a problem is shown. A missing key is the token's, which could not be kept; which of account and token is refused
/// Twilio does not say, and the token is the one that people mistype unseen.
const fn field_of(problem: ProviderProblem) -> &'static str {
    match problem {
        ProviderProblem::AccountSid => ACCOUNT_SID,
        ProviderProblem::AuthToken | ProviderProblem::NoKey | ProviderProblem::Refused => {
            AUTH_TOKEN
        }
        ProviderProblem::Sender => SENDER,
        ProviderProblem::PerSecond => PER_SECOND,
    }
}

fn said(locale: Locale, problem: ProviderProblem) -> String {
    match problem {
        ProviderProblem::AccountSid => td_string!(locale, messaging.problem_account_sid).to_owned(),
        ProviderProblem::AuthToken => td_string!(locale, messaging.problem_auth_token).to_owned(),
        ProviderProblem::Sender => td_string!(locale, messaging.problem_sender).to_owned(),
        ProviderProblem::PerSecond => {
            td_string!(locale, messaging.problem_per_second, max = PER_SECOND_MAX)
        }
        ProviderProblem::NoKey => td_string!(locale, messaging.no_key).to_owned(),
        ProviderProblem::Refused => td_string!(locale, messaging.problem_refused).to_owned(),
    }
}
