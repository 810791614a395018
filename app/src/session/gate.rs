//! A session that ends in the middle of work: the person signs in again in a dialog, on top of the page, and what waited
//! goes on.

use super::{Secret, api, sign_in_form::SignInForm, use_me};
use crate::{
    error::AppError,
    i18n::{t, t_string, use_i18n},
    routes,
    ui::Dialog,
};
use futures::channel::oneshot;
use leptos::prelude::*;
use std::cell::RefCell;

thread_local! {
    // One page, one session. Calls are made from event handlers too, where there is no reactive owner to ask.
    static GATE: RefCell<Option<Gate>> = const { RefCell::new(None) };
}

struct Gate {
    open: RwSignal<bool>,
    waiting: Vec<oneshot::Sender<()>>,
}

/// Waits until the person has signed in again. `false` at once where nobody can be asked: on the server, and on the
/// pages around signing in.
pub async fn signed_in_again() -> bool {
    let receiver = GATE.with_borrow_mut(|gate| {
        gate.as_mut().map(|gate| {
            let (sender, receiver) = oneshot::channel();
            gate.waiting.push(sender);
            gate.open.set(true);
            receiver
        })
    });
    match receiver {
        Some(receiver) => receiver.await.is_ok(),
        None => false,
    }
}

fn resume() {
    let waiting = GATE.with_borrow_mut(|gate| {
        gate.as_mut().map(|gate| {
            gate.open.set(false);
            std::mem::take(&mut gate.waiting)
        })
    });
    for sender in waiting.unwrap_or_default() {
        // Whoever waited may be gone with its part of the page.
        sender.send(()).ok();
    }
}

/// Signs in and makes sure that the session is of the account this page shows.
async fn sign_in_here(
    email: String,
    password: Secret,
    account: domain::ids::AccountId,
) -> Result<(), AppError> {
    api::sign_in(email, password).await?;
    if api::who_am_i().await?.account.id != account {
        api::switch_account(account).await?;
    }
    Ok(())
}

/// The dialog; rendered once, by the frame of signed-in pages.
#[component]
pub fn SignInAgain() -> impl IntoView {
    let i18n = use_i18n();
    let me = use_me();
    let open = RwSignal::new(false);
    Effect::new(move || {
        GATE.set(Some(Gate {
            open,
            waiting: Vec::new(),
        }));
    });
    on_cleanup(|| GATE.set(None));

    let sign_in = Action::new_local(move |(email, password): &(String, Secret)| {
        let account = me.with_untracked(|me| me.account.id);
        let (email, password) = (email.clone(), password.clone());
        async move {
            let answer = sign_in_here(email, password, account).await;
            if answer.is_ok() {
                resume();
            }
            answer
        }
    });
    let error = Signal::derive(move || sign_in.value().get().and_then(Result::err));
    let email = me.with_untracked(|me| me.email.to_string());
    view! {
        <Dialog
            id="sign-in-again"
            title=Signal::derive(move || t_string!(i18n, session.again_title).to_owned())
            open=open
            on_close=|()| ()
            closable=false
        >
            <p class="mb-4">{t!(i18n, session.again_text)}</p>
            <SignInForm
                id="again"
                email=email.clone()
                busy=sign_in.pending()
                error=error
                on_submit=move |credentials| drop(sign_in.dispatch_local(credentials))
            />
            <p class="mt-4 text-sm">
                <a class="link" href=routes::SIGN_IN rel="external">
                    {t!(i18n, session.again_leave)}
                </a>
            </p>
        </Dialog>
    }
}
