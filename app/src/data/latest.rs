//! What the server last said of something that may change while it is on the screen.

use super::{Order, ask};
use crate::error::AppError;
use futures::future::LocalBoxFuture;
use leptos::{prelude::*, task::spawn_local};
use std::sync::Arc;

type Question<T> = Arc<dyn Fn() -> LocalBoxFuture<'static, Result<T, AppError>> + Send + Sync>;

/// Belongs to the component that makes it.
#[derive(Debug)]
pub struct Latest<T: Send + Sync + 'static> {
    /// `None` until it is known.
    pub(crate) shown: RwSignal<Option<T>>,
    /// Why it could not be asked the last time. What was shown stays.
    pub(crate) failed: RwSignal<Option<AppError>>,
    question: StoredValue<Question<T>>,
    order: Order,
}

impl<T: Send + Sync + 'static> Latest<T> {
    /// Asks nothing yet.
    pub(crate) fn of<A>(question: impl Fn() -> A + Send + Sync + 'static) -> Self
    where
        A: Future<Output = Result<T, AppError>> + 'static,
    {
        Self {
            shown: RwSignal::new(None),
            failed: RwSignal::new(None),
            question: StoredValue::new(Arc::new(move || Box::pin(question()))),
            order: Order::new(),
        }
    }

    pub(crate) fn fetch(self) {
        spawn_local(self.ask());
    }

    pub(crate) async fn ask(self) {
        let Some(question) = self.question.try_get_value() else {
            return;
        };
        let turn = self.order.begin();
        let answer = ask(|| question()).await;
        if !turn.may_be_shown() {
            return;
        }
        match answer {
            Ok(latest) => {
                self.failed.try_set(None);
                self.shown.try_set(Some(latest));
            }
            Err(error) => {
                self.failed.try_set(Some(error));
            }
        }
    }

    /// Shows nothing until it is asked again: the answers so far, and those on their way, are about something else.
    pub(crate) fn forget(self) {
        self.order.forget();
        self.failed.set(None);
        self.shown.set(None);
    }
}

impl<T: Send + Sync + 'static> Clone for Latest<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Latest<T> {}
