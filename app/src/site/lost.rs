//! What to do when a device, a password, a person or a whole unit is lost: plain steps, and where each is done.

use crate::{
    place::Place,
    text::{self, Text},
    ui::{self, Headline, Paragraph, Steps},
};
use leptos::prelude::*;

/// The page.
#[component]
pub(crate) fn LostPage() -> impl IntoView {
    let lang = ui::language();
    view! {
        <Headline title=text::lost_title(lang)/>
        <Paragraph text=text::lost_what(lang)/>
        <Device/>
        <Password/>
        <Everything/>
        <Member/>
        <Keys/>
        <Unit/>
    }
}

/// One thing that can be lost: steps in order, and the pages where they are done.
#[component]
fn Loss(id: &'static str, title: Text, steps: Vec<Text>, places: Vec<Place>) -> impl IntoView {
    let lang = ui::language();
    let links = places.into_iter().map(|place| {
        view! { <li><a class="govuk-link" href=place.path(lang)>{place.title(lang)}</a></li> }
    });
    view! {
        <section id=id>
            <h2 class="govuk-heading-m">{title}</h2>
            <Steps items=steps/>
            <ul class="govuk-list">{links.collect::<Vec<_>>()}</ul>
        </section>
    }
}

#[component]
fn Device() -> impl IntoView {
    let lang = ui::language();
    let steps = vec![
        text::lost_device_elsewhere(lang),
        text::lost_device_sessions(lang),
        text::lost_device_passkey(lang),
        text::lost_device_password(lang),
        text::lost_device_tell(lang),
    ];
    let places = vec![Place::Account, Place::Passkeys, Place::ChangePassword];
    view! { <Loss id="device" title=text::lost_device(lang) steps places/> }
}

#[component]
fn Password() -> impl IntoView {
    let lang = ui::language();
    let steps = vec![
        text::lost_password_passkey(lang),
        text::lost_password_code(lang),
        text::lost_password_new(lang),
    ];
    let places = vec![Place::SignIn, Place::Recover, Place::RecoveryCode];
    view! { <Loss id="password" title=text::lost_password(lang) steps places/> }
}

#[component]
fn Everything() -> impl IntoView {
    let lang = ui::language();
    let steps = vec![
        text::lost_everything_ring(lang),
        text::lost_everything_two(lang),
        text::lost_everything_lead(lang),
        text::lost_everything_unread(lang),
    ];
    let places = vec![Place::Resets];
    view! { <Loss id="everything" title=text::lost_everything(lang) steps places/> }
}

#[component]
fn Member() -> impl IntoView {
    let lang = ui::language();
    let steps = vec![
        text::lost_member_remove(lang),
        text::lost_member_keys(lang),
        text::lost_member_another(lang),
        text::lost_member_away(lang),
    ];
    view! { <Loss id="member" title=text::lost_member(lang) steps places=vec![Place::People]/> }
}

#[component]
fn Keys() -> impl IntoView {
    let lang = ui::language();
    let steps = vec![
        text::lost_keys_when(lang),
        text::lost_keys_how(lang),
        text::lost_keys_old(lang),
    ];
    view! { <Loss id="keys" title=text::lost_rotation(lang) steps places=vec![Place::People]/> }
}

#[component]
fn Unit() -> impl IntoView {
    let lang = ui::language();
    let steps = vec![
        text::lost_unit_drill(lang),
        text::lost_unit_new(lang),
        text::lost_unit_custodians(lang),
        text::lost_unit_after(lang),
    ];
    let places = vec![Place::Drill, Place::RecoverUnit];
    view! { <Loss id="unit" title=text::lost_unit(lang) steps places/> }
}
