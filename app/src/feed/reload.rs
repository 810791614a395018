//! Loading again what is shown: a moment after something changed, so that a burst of changes costs one call, and never twice
//! at once.

use super::Feed;
use leptos::{prelude::*, task::spawn_local};
use std::{cell::Cell, rc::Rc, time::Duration};

const MOMENT: Duration = Duration::from_millis(150);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pace {
    Idle,
    /// It will be loaded in a moment.
    Due,
    Loading,
    /// Something changed while it was being loaded.
    Again,
}

impl Feed {
    /// Runs `reload` whenever something changed, as long as the component that asks for it is on the page.
    pub fn on_move<A>(self, reload: impl Fn() -> A + 'static)
    where
        A: Future<Output = ()> + 'static,
    {
        let reload = Rc::new(reload);
        let pace = Rc::new(Cell::new(Pace::Idle));
        let here = StoredValue::new(());
        Effect::new(move |before: Option<()>| {
            self.rev.track();
            if before.is_some() {
                due(&reload, &pace, here);
            }
        });
    }
}

fn due<A>(reload: &Rc<impl Fn() -> A + 'static>, pace: &Rc<Cell<Pace>>, here: StoredValue<()>)
where
    A: Future<Output = ()> + 'static,
{
    match pace.get() {
        Pace::Idle => {
            pace.set(Pace::Due);
            let (reload, pace) = (Rc::clone(reload), Rc::clone(pace));
            set_timeout(move || load(reload, pace, here), MOMENT);
        }
        Pace::Loading => pace.set(Pace::Again),
        Pace::Due | Pace::Again => {}
    }
}

fn load<A>(reload: Rc<impl Fn() -> A + 'static>, pace: Rc<Cell<Pace>>, here: StoredValue<()>)
where
    A: Future<Output = ()> + 'static,
{
    if here.try_get_value().is_none() {
        return;
    }
    pace.set(Pace::Loading);
    spawn_local(async move {
        reload().await;
        let again = pace.replace(Pace::Idle) == Pace::Again;
        if again {
            due(&reload, &pace, here);
        }
    });
}
