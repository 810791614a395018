//! Who is looking.

use crate::data;
use domain::person::Me;
use leptos::prelude::*;

/// The session that the page was opened with; `None` on the pages around signing in.
#[derive(Clone, Copy, Debug)]
pub struct Session(RwSignal<Option<Me>>);

#[derive(Clone, Copy)]
struct CurrentMe(RwSignal<Me>);

/// Called once, by the root of the app. The server hands over what it found out from the cookie, inside the page.
pub fn provide_session() {
    let me = SharedValue::new(|| use_context::<Option<Me>>().flatten()).into_inner();
    provide_context(Session(RwSignal::new(me)));
}

impl Session {
    pub fn me(self) -> Option<Me> {
        self.0.get_untracked()
    }
}

pub fn use_session() -> Session {
    expect_context::<Session>()
}

/// Makes [`use_me`] work for everything below.
pub fn provide_me(me: Me) {
    if cfg!(feature = "hydrate") {
        data::show_account(me.account.id);
    }
    provide_context(CurrentMe(RwSignal::new(me)));
}

/// The signed-in person, their role and account. Only below the frame of signed-in pages.
pub fn use_me() -> Signal<Me> {
    expect_context::<CurrentMe>().0.into()
}

/// After the person or the company was changed on this page.
pub fn set_me(me: Signal<Me>, change: impl FnOnce(&mut Me)) {
    let mut changed = me.get_untracked();
    change(&mut changed);
    expect_context::<CurrentMe>().0.set(changed);
}

/// Loads a page anew, from the server: for changes of who is signed in, after which nothing of the old page may stay.
pub fn leave_for(address: &str) {
    drop(window().location().set_href(address));
}
