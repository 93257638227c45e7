//! Who will hold a compartment with the one who sets it up.

use super::{
    Compartment,
    set_up::{Doing, SetUp},
    sure::Sure,
};
use crate::{
    account::desk::Desk,
    invitation::{self, InvitationCard, InviteForm, InvitedTo, Made},
    text,
    ui::{self, Heading, Paragraph, PlainButton},
};
use leptos::prelude::*;
use protocol::invitation::Place;

/// Those who are invited, those who answered, and a form to invite another.
#[component]
pub(super) fn Holders(set_up: SetUp) -> impl IntoView {
    let (doing, lang) = (expect_context::<Doing>(), ui::language());
    let none = !set_up.invited.iter().any(|made| made.joiner().is_some());
    let cards = set_up.invited.into_iter().map(|made| view! { <Holder made/> });
    let cards = cards.collect::<Vec<_>>();
    let need = if set_up.own.compartment.sealed {
        text::holders_sealed(lang)
    } else {
        text::holders_intake(lang)
    };
    view! {
        <Heading text=text::holders_title(lang)/>
        <Paragraph text=need/>
        {none.then(|| view! { <Paragraph text=text::holders_none(lang)/> })}
        {cards}
        <Invite compartment=set_up.own.compartment/>
        <PlainButton text=text::invitations_again(lang) press=move |()| doing.acts.again()/>
    }
}

#[component]
fn Holder(made: Made) -> impl IntoView {
    let (doing, lang) = (expect_context::<Doing>(), ui::language());
    let doubt = move |made| doing.sure.set(Some(Sure::TakeBack(Box::new(made))));
    view! { <InvitationCard made compare=text::holders_compare(lang) doubt/> }
}

#[component]
fn Invite(compartment: Compartment) -> impl IntoView {
    let (desk, doing) = (expect_context::<Desk>(), expect_context::<Doing>());
    let make = move |whom| {
        let unit = compartment.unit.clone();
        let to = InvitedTo::Holder(compartment.clone());
        invitation::make(desk, Place::Unit { unit }, to, whom)
    };
    let class = "govuk-button govuk-button--secondary";
    view! { <InviteForm invitee=doing.invitee make done=move |()| doing.acts.again() class/> }
}

/// For whoever was invited to hold it: the founder goes on.
#[component]
pub(super) fn Waits() -> impl IntoView {
    let (doing, lang) = (expect_context::<Doing>(), ui::language());
    view! {
        <Heading text=text::waits_title(lang)/>
        <Paragraph text=text::waits_text(lang)/>
        <PlainButton text=text::beginning_look(lang) press=move |()| doing.acts.again()/>
    }
}
