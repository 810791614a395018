//! The screens of Regulars.
//!
//! One library, built twice: as WebAssembly for the page (feature `hydrate`) and natively inside the server (feature
//! `ssr`). Both must render the same first view: nothing in a component may read a clock, storage or the window outside
//! an [`Effect`](leptos::prelude::Effect) or an event handler. The server drops a rendered page on any of its threads:
//! what belongs to one thread (`StoredValue::new_local`, an action that owns more than handles) panics there, and is made
//! in an effect, or where a click leads.
//!
//! # How a screen is made
//!
//! * A screen is a folder. Its server functions are in `api.rs` and nowhere else; each has a fixed address, asks who
//!   calls and makes one call into `service`:
//!   ```ignore
//!   #[server(prefix = "/api/v1/customers", endpoint = "list", input = Json, output = Json, client = PageClient)]
//!   pub async fn list_customers(query: CustomerQuery) -> Result<Page<CustomerRow>, AppError> {
//!       let caller = request::caller().await?;
//!       Ok(request::services()?.customers(&caller, query).await?)
//!   }
//!   ```
//! * Screens read through [`data`] and write through [`sync`]; neither lets an ended session lose what was typed: the
//!   call waits until the person has signed in again, and is then repeated.
//! * Lists and records are resources ([`data::resource`], where what they are of may change; [`data::deciding_resource`], where its failing has to be the page's status) read inside `Transition` or `Suspense` with [`ui::Skeleton`] as fallback; the
//!   `Result` is rendered inside the `Suspend` as content or [`error::ErrorNotice`].
//! * Two buttons that take turns in one place are one button with one `on:click`: what is spread onto a component stays on
//!   an element that another view of the same type takes over.
//! * Who is looking: [`session::use_me`]. A control that the role does not allow is not rendered.
//! * Sections of a page are locals that end in `.into_any()`: it keeps types, and with them build times, small.
//!
//! # Words
//!
//! No word that a person reads stands in a view. Texts are in `locales/{en,fr}/<namespace>.json`; a key missing in one
//! language fails the build.
//! * In a view: `let i18n = use_i18n();` and `{t!(i18n, customers.title)}`: follows the language.
//! * As a string, for a prop or an attribute: `move || t_string!(i18n, customers.title)`; with values
//!   `t_string!(i18n, common.of_total, done = 3, total = 5)`.
//! * In what runs once (an event handler, an action): `tu_string!`, which does not subscribe.
//! * Outside of components, functions take a [`Locale`](i18n::Locale): `td_string!(locale, common.save)`.
//! * Counts need two keys, for one and for many, both with `{{ count }}`: [`count!`].
//! * Refusals, roles, dates, numbers: [`words`] says them.

#![recursion_limit = "512"]
#![expect(clippy::needless_pass_by_value, reason = "component props are owned")]
#![expect(
    unreachable_pub,
    reason = "the component macro makes its structs of props public"
)]

include!(concat!(env!("OUT_DIR"), "/i18n/mod.rs"));

#[macro_use]
pub mod words;

pub mod app;
pub mod consent;
pub mod conversations;
mod csv;
pub mod customers;
pub mod data;
pub mod error;
pub mod exports;
pub mod feed;
pub mod frame;
pub mod imports;
#[cfg(feature = "ssr")]
pub mod request;
pub mod routes;
pub mod session;
pub mod settings;
#[cfg(feature = "ssr")]
pub mod shell;
pub mod simulator;
pub mod steps;
pub mod sync;
pub mod templates;
pub mod ui;
mod worker;

/// Starts the page in the browser, over the HTML that the server sent.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    steps::listen();
    leptos::mount::hydrate_body(app::App);
}
