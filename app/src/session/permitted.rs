//! Pages, or parts of them, that not every role may use.

use super::use_me;
use crate::error::{AppError, ErrorNotice};
use domain::permission::Permission;
use leptos::prelude::*;

/// What is inside, for who may; everybody else is told at once.
#[component]
pub fn Permitted(to: Permission, children: Children) -> impl IntoView {
    if use_me().with_untracked(|me| me.role.may(to)) {
        children()
    } else {
        view! { <ErrorNotice error=AppError::Forbidden/> }.into_any()
    }
}
