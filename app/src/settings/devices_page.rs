//! `/settings/devices`: the browsers in which the person is signed in.

use super::api;
use crate::{
    data,
    error::ErrorNotice,
    i18n::{t, t_string, tu_string, use_i18n},
    session::When,
    ui::{Badge, BadgeKind, Button, PageHeader, Skeleton, say, use_toasts},
    words,
};
use domain::{ids::SessionId, person::Device};
use leptos::prelude::*;

#[component]
pub fn DevicesPage() -> impl IntoView {
    let i18n = use_i18n();
    let toasts = use_toasts();
    let devices = Resource::new(|| (), |()| data::ask(api::devices));
    let revoke = Action::new_local(move |session: &SessionId| {
        let session = *session;
        async move {
            match data::ask(|| api::revoke_device(session)).await {
                Ok(()) => toasts.done(tu_string!(i18n, settings.device_revoked)),
                Err(error) => toasts.failed(words::app_error(i18n.get_locale_untracked(), &error)),
            }
            devices.refetch();
        }
    });
    let row = move |device: Device| {
        let session = device.session;
        let name = browser_name(&device.browser);
        let label = name.clone();
        view! {
            <tr>
                <th scope="row" class="font-medium">
                    <span title=device.browser>{name}</span>
                    " "
                    {device.this_one.then(|| view! { <Badge kind=BadgeKind::Info>{t!(i18n, settings.device_this)}</Badge> })}
                </th>
                <td><When at=device.signed_in_at /></td>
                <td><When at=device.last_seen /></td>
                <td class="text-right">
                    {(!device.this_one)
                        .then(|| {
                            view! {
                                <Button
                                    small=true
                                    busy=revoke.pending()
                                    on:click=move |_| drop(revoke.dispatch_local(session))
                                    attr:aria-label=move || t_string!(i18n, settings.device_revoke, device = label.clone())
                                >
                                    {t!(i18n, settings.device_revoke_short)}
                                </Button>
                            }
                        })}
                </td>
            </tr>
        }
    };
    let table = move |devices: Vec<Device>| {
        view! {
            <div class="overflow-x-auto" tabindex="0" role="region" aria-label=move || t_string!(i18n, settings.devices_title)>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{t!(i18n, settings.device)}</th>
                            <th scope="col">{t!(i18n, settings.device_since)}</th>
                            <th scope="col">{t!(i18n, settings.last_seen)}</th>
                            <th>
                                <span class="sr-only">{t!(i18n, settings.device_revoke_short)}</span>
                            </th>
                        </tr>
                    </thead>
                    <tbody>{devices.into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        }
    };
    view! {
        <PageHeader
            title=say(move || t_string!(i18n, settings.devices_title))
            text=say(move || t_string!(i18n, settings.devices_text))
        />
        <Transition fallback=move || {
            view! { <Skeleton label=say(move || t_string!(i18n, common.loading)) /> }
        }>
            {move || Suspend::new(async move {
                match devices.await {
                    Ok(devices) => table(devices).into_any(),
                    Err(error) => view! { <ErrorNotice error=error retry=move |()| devices.refetch() /> }.into_any(),
                }
            })}
        </Transition>
    }
}

/// "Firefox, Windows" from a browser's long description of itself; the description where it names none of them.
fn browser_name(description: &str) -> String {
    // Each browser also claims to be those after it.
    const BROWSERS: [(&str, &str); 6] = [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 6] = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];
    let named = |list: &[(&str, &'static str)]| {
        list.iter()
            .find(|(mark, _)| description.contains(mark))
            .map(|(_, name)| *name)
    };
    match (named(&BROWSERS), named(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser}, {system}"),
        (Some(only), None) | (None, Some(only)) => only.to_owned(),
        (None, None) if description.is_empty() => String::from("–"),
        (None, None) => description.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_browsers_that_claim_to_be_others_apart() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0";
        assert_eq!(browser_name(edge), "Edge, Windows");
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile/15E Safari/604.1";
        assert_eq!(browser_name(phone), "Safari, iPhone");
        assert_eq!(browser_name("curl/8.0"), "curl/8.0");
    }
}
