//! **Edit**: the whole form of a profile, saved with **Save profile**.

use super::{
    escape::on_escape,
    form::{CustomerForm, focus_first_input, focus_first_refused},
    form_state::FormState,
    profile::Profile,
    trouble::{Trouble, TroubleText},
    unsaved::{UnsavedGuard, WayOut},
    wording,
};
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{Button, ButtonKind, Form, use_toasts},
};
use domain::slot::SlotKind;
use icondata_lu::LuCheck;
use leptos::prelude::*;

#[component]
pub fn ProfileEdit(
    profile: Profile,
    /// The form was saved, or given up.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = use_toasts();
    let punctuation = move || wording::punctuation(i18n.get_locale_untracked());
    let form = profile.customer().with_untracked(|customer| {
        FormState::new(
            &customer.values,
            profile.attributes.get_untracked(),
            &customer.phones,
            punctuation(),
        )
    });
    let phones =
        Signal::derive(move || profile.customer().with(|customer| customer.phones.clone()));
    let changed = Memo::new(move |_| form.is_changed());
    let giving_up = RwSignal::new(false);
    let way_out = WayOut::default();

    let save = Action::new_local(move |(): &()| async move {
        let Ok(intents) = form.intents_to_change(profile.id, punctuation()) else {
            return;
        };
        if intents.is_empty() {
            on_close.run(());
            return;
        }
        match profile.push(intents.clone()).await {
            Ok(outcomes) => {
                profile.refresh_attributes().await;
                if form.take(&intents, &outcomes) {
                    toasts.done(t_string!(i18n, customers.profile_saved));
                    way_out.take();
                    on_close.try_run(());
                } else {
                    focus_first_refused();
                }
            }
            Err(error) => form.trouble.set(Some(Trouble::Failed(error))),
        }
    });
    let give_up = move || {
        if changed.get_untracked() {
            giving_up.set(true);
        } else {
            on_close.run(());
        }
    };
    on_escape(give_up);
    Effect::new(focus_first_input);
    let title = profile.name(move || i18n.get_locale());
    view! {
        <UnsavedGuard unsaved=changed saving=save.pending() way_out/>
        <super::giving_up::GivingUp open=giving_up on_leave=on_close/>
        <div>
            <Form on_submit=move || drop(save.dispatch_local(()))>
                <div class="save-bar">
                    <h1 class="min-w-0 truncate text-xl font-semibold" tabindex="-1">{title}</h1>
                    <div class="flex shrink-0 gap-2">
                        <Button on:click=move |_| give_up()>{t!(i18n, customers.cancel)}</Button>
                        <Button kind=ButtonKind::Primary submit=true icon=LuCheck busy=save.pending()>
                            {t!(i18n, customers.save_profile)}
                        </Button>
                    </div>
                </div>
                <TroubleText
                    id="form-trouble"
                    kind=SlotKind::Text
                    trouble=form.trouble
                    phones
                    on_choice=Callback::new(|_| ())
                />
                <CustomerForm form phones/>
            </Form>
        </div>
    }
}
