//! The entries of a thread, by days. The pane is laid out from its end, so that it opens there, also before the page runs,
//! and stays there when a message arrives.

use super::{Thread, bubble::Bubble};
use crate::{
    conversations::{
        day::{day_of, use_today},
        desk::UnderWay,
        view_model::lines::{Line, lines},
        wording,
    },
    error::ErrorNotice,
    i18n::{t, t_string, use_i18n},
    session::use_me,
    ui::{Button, ConfirmDialog, Icon, say, use_toasts},
};
use chrono::NaiveDate;
use domain::{conversation::Entry, ids::MessageId};
use icondata_lu::LuArrowDown;
use leptos::{html, prelude::*};

/// Closer to the end than this many pixels counts as there.
const AT_END: i32 = 48;
/// Older entries are fetched when the beginning is this close.
const AHEAD: i32 = 400;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    Known(Entry),
    UnderWay(UnderWay),
}

/// The pane, and how it was when somebody last looked.
#[derive(Clone, Copy)]
struct Pane {
    node: NodeRef<html::Div>,
    height: StoredValue<i32>,
    last: StoredValue<Option<MessageId>>,
    /// Something arrived below of what can be seen.
    fresh: RwSignal<bool>,
}

impl Pane {
    /// Zero at the end, and negative above it.
    fn top(self) -> i32 {
        self.node
            .try_get_untracked()
            .flatten()
            .map_or(0, |pane| pane.scroll_top())
    }

    fn to_end(self) {
        if let Some(pane) = self.node.try_get_untracked().flatten() {
            pane.set_scroll_top(0);
        }
        self.fresh.try_set(false);
    }

    /// What is read stays where it is when something arrives below it.
    fn settle(self, last: Option<MessageId>, is_mine: bool) {
        let Some(pane) = self.node.try_get_untracked().flatten() else {
            return;
        };
        let before = self.last.get_value();
        let height = pane.scroll_height();
        if before.is_some() && before != last {
            if is_mine {
                self.to_end();
            } else if self.top() < -AT_END {
                pane.set_scroll_top(self.top() - (height - self.height.get_value()));
                self.fresh.set(true);
            }
        }
        self.height.set_value(height);
        self.last.set_value(last);
    }
}

#[component]
pub(in crate::conversations) fn Messages(thread: Thread) -> impl IntoView {
    let i18n = use_i18n();
    let me = use_me();
    let toasts = use_toasts();
    let pane = Pane {
        node: NodeRef::new(),
        height: StoredValue::new(0),
        last: StoredValue::new(None),
        fresh: RwSignal::new(false),
    };
    let is_running = RwSignal::new(false);
    Effect::new(move || is_running.set(true));
    // What the server knows of has landed, whether its answer has come or not.
    let under_way = Memo::new(move |_| {
        let mut sent = thread.draft.under_way.get();
        thread
            .entries
            .with(|entries| sent.retain(|sent| entries.get(sent.id).is_none()));
        sent
    });
    let shown = Memo::new(move |_| {
        let zone = me.with(|me| me.account.time_zone.clone());
        let running = is_running.get();
        thread.entries.with(|entries| {
            under_way.with(|under_way| {
                let known = entries.list().iter().map(|entry| (entry.id, entry.at));
                let sent = under_way.iter().map(|sent| (sent.id, sent.at));
                lines(known.chain(sent), |at| day_of(at, &zone, running))
            })
        })
    });
    Effect::new(move || {
        let last = shown.with(|lines| match lines.last() {
            Some(Line::Entry(id)) => Some(*id),
            _ => None,
        });
        let is_mine = under_way.with(|sent| sent.iter().any(|sent| Some(sent.id) == last));
        request_animation_frame(move || pane.settle(last, is_mine));
    });
    let on_scroll = move |_| {
        if pane.top() >= -AT_END {
            pane.fresh.set(false);
        }
        if let Some(node) = pane.node.get_untracked()
            && node.scroll_height() + node.scroll_top() - node.client_height() < AHEAD
            && thread.older_failed.with_untracked(Option::is_none)
        {
            thread.fetch_older();
        }
    };
    // A message that may have arrived already is not sent again without a word.
    let asking = RwSignal::new(None::<MessageId>);
    let again = move |()| {
        if let Some(id) = asking.get_untracked() {
            asking.set(None);
            thread.retry(id, toasts, i18n.get_locale_untracked());
        }
    };
    let has_older = Memo::new(move |_| thread.entries.with(|entries| entries.before().is_some()));
    let is_empty = Memo::new(move |_| shown.with(Vec::is_empty));
    let older = view! {
        <div class="flex flex-col items-center gap-2 py-2">
            {move || {
                has_older
                    .get()
                    .then(|| {
                        view! {
                            <Button small=true busy=thread.fetching_older on:click=move |_| thread.fetch_older()>
                                {t!(i18n, conversations.show_older)}
                            </Button>
                        }
                    })
            }}
            {move || thread.older_failed.get().map(|error| view! { <ErrorNotice error/> })}
            {move || is_empty.get().then(|| view! { <p class="muted">{t!(i18n, conversations.nothing_yet)}</p> })}
        </div>
    }
    .into_any();
    let line = move |line: Line| match line {
        Line::Day(day) => view! { <DayLine day/> }.into_any(),
        Line::Entry(id) => {
            let entry = Memo::new(move |_| {
                let known = thread.entries.with(|entries| entries.get(id).cloned());
                known.map(Shown::Known).or_else(|| {
                    under_way
                        .with(|sent| sent.iter().find(|sent| sent.id == id).cloned())
                        .map(Shown::UnderWay)
                })
            });
            view! {
                <li class="message">
                    {move || entry.get().map(|shown| view! { <Bubble thread shown asking/> })}
                </li>
            }
            .into_any()
        }
    };
    view! {
        <div class="messages-place">
            <div
                node_ref=pane.node
                class="messages"
                role="log"
                tabindex="0"
                aria-label=move || t_string!(i18n, conversations.messages)
                aria-busy=move || thread.fetching_older.get().to_string()
                on:scroll=on_scroll
            >
                <div>
                    {older}
                    <ol class="flex flex-col gap-1">
                        <For each=move || shown.get() key=|line| *line let:item>
                            {line(item)}
                        </For>
                    </ol>
                </div>
            </div>
            <Show when=move || pane.fresh.get()>
                <button type="button" class="btn btn-primary btn-sm messages-fresh" on:click=move |_| pane.to_end()>
                    <Icon icon=LuArrowDown/>
                    {t!(i18n, conversations.new_messages)}
                </button>
            </Show>
        </div>
        <ConfirmDialog
            id="send-again"
            title=say(move || t_string!(i18n, conversations.again_title))
            text=say(move || t_string!(i18n, conversations.again_text))
            confirm=say(move || t_string!(i18n, conversations.again))
            cancel=say(move || t_string!(i18n, common.cancel))
            open=Signal::derive(move || asking.get().is_some())
            on_confirm=again
            on_cancel=move |()| asking.set(None)
        />
    }
    .into_any()
}

#[component]
fn DayLine(day: NaiveDate) -> impl IntoView {
    let i18n = use_i18n();
    let today = use_today();
    view! { <li class="message-day">{move || wording::day(i18n.get_locale(), day, today.get())}</li> }
}
