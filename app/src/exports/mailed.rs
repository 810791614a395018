//! What becomes of a file that is also sent by e-mail: on its way to the server, waiting, sent, or not.

use super::{
    api, asking,
    send::{self, Sending},
    wording,
};
use crate::{
    data::{self, GaveUp, Pause},
    error::{AppError, ErrorNotice},
    i18n::{t_string, use_i18n},
    imports::file_size,
    ui::{Notice, NoticeKind, ProgressBar, say},
};
use domain::{
    ids::ExportId,
    mail::{ExportMail, MAILED_MAX, MailRequest, MailState},
};
use leptos::{prelude::*, task::spawn_local_scoped_with_cancellation};
use send_wrapper::SendWrapper;
use web_sys::{AbortController, Blob};

/// The file, as long as the page may have to send it. On the server, which drops a page on any thread, it is always `None`.
pub(super) type File = StoredValue<Option<SendWrapper<Blob>>>;

#[derive(Clone, Debug, PartialEq, Eq)]
enum Stage {
    Sending,
    NotSent(AppError),
    Queued,
}

#[component]
pub(super) fn Mailed(request: MailRequest, file: File) -> impl IntoView {
    if request.bytes > MAILED_MAX {
        return view! { <TooLarge /> }.into_any();
    }
    let export = request.export;
    let bytes = request.bytes;
    let stage = RwSignal::new(Stage::Sending);
    let progress = RwSignal::new(Sending::default());
    let cancel = StoredValue::new(AbortController::new().ok().map(SendWrapper::new));
    on_cleanup(move || {
        if let Some(Some(cancel)) = cancel.try_get_value() {
            cancel.abort();
        }
    });
    let go = Action::new_local(move |(): &()| {
        let request = request.clone();
        async move {
            let (Some(file), Some(cancel)) = (file.get_value(), cancel.get_value()) else {
                return;
            };
            stage.set(Stage::Sending);
            let sent = send::send(&request, &file, progress, &cancel.signal()).await;
            stage.try_set(match sent {
                Ok(()) => Stage::Queued,
                Err(GaveUp::Error(error)) => Stage::NotSent(error),
                // The page is gone.
                Err(GaveUp::Cancelled) => return,
            });
        }
    });
    Effect::new(move || drop(go.dispatch_local(())));
    let retry = Callback::new(move |()| drop(go.dispatch_local(())));
    (move || match stage.get() {
        Stage::Sending => view! { <Uploading progress=progress bytes=bytes /> }.into_any(),
        Stage::NotSent(error) => view! { <ErrorNotice error=error retry=retry /> }.into_any(),
        Stage::Queued => view! { <Queued export=export /> }.into_any(),
    })
    .into_any()
}

#[component]
fn TooLarge() -> impl IntoView {
    let i18n = use_i18n();
    let text = move || {
        let most = file_size(i18n.get_locale(), u64::from(MAILED_MAX));
        t_string!(i18n, exports.mail_too_large, most = most)
    };
    view! { <Notice kind=NoticeKind::Warning>{text}</Notice> }
}

#[component]
fn Uploading(progress: RwSignal<Sending>, bytes: u32) -> impl IntoView {
    let i18n = use_i18n();
    let label = move || match progress.get().pause {
        Some(Pause::Offline) => t_string!(i18n, exports.offline).to_owned(),
        Some(Pause::Retrying) => t_string!(i18n, exports.retrying).to_owned(),
        None => t_string!(i18n, exports.mail_sending).to_owned(),
    };
    let counts = move || {
        let size = |bytes| file_size(i18n.get_locale(), u64::from(bytes));
        let (done, total) = (size(progress.get().done), size(bytes));
        t_string!(i18n, exports.mail_sent_of, done = done, total = total)
    };
    view! {
        <div class="card p-4">
            <ProgressBar
                label=say(label)
                counts=say(counts)
                done=Signal::derive(move || u64::from(progress.get().done))
                total=Signal::stored(u64::from(bytes))
            />
        </div>
    }
}

/// Asks until nothing will change any more, or nothing can be learned, for as long as it is shown.
#[component]
fn Queued(export: ExportId) -> impl IntoView {
    let i18n = use_i18n();
    let told = RwSignal::new(None::<Result<ExportMail, AppError>>);
    Effect::new(move || {
        spawn_local_scoped_with_cancellation(async move {
            for asked in 1.. {
                let answer = data::ask(|| api::get_mail(export)).await;
                let is_over = asking::is_over(&answer);
                // What cannot be told now can be told the next time.
                if answer.is_ok() || is_over {
                    told.try_set(Some(answer));
                }
                if is_over {
                    return;
                }
                data::wait(asking::pause_ms(asked)).await;
            }
        });
    });
    move || {
        told.get().map(|told| {
            let mail = match told {
                Ok(mail) => mail,
                Err(error) => return view! { <ErrorNotice error=error /> }.into_any(),
            };
            let kind = match mail.state {
                MailState::Receiving | MailState::Waiting { trouble: None } => NoticeKind::Info,
                MailState::Sent => NoticeKind::Success,
                MailState::Waiting { .. } | MailState::Failed { .. } => NoticeKind::Warning,
            };
            let text = move || wording::mail_state(i18n.get_locale(), &mail);
            view! {
                <Notice kind=kind>
                    <p class="break-words">{text}</p>
                </Notice>
            }
            .into_any()
        })
    }
}
