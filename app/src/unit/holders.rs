//! Who will hold a compartment with the one who sets it up.

use super::{
    Compartment,
    set_up::{Bench, Case},
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
pub(super) fn Holders(case: Case) -> impl IntoView {
    let (bench, lang) = (expect_context::<Bench>(), ui::language());
    let none = !case.invited.iter().any(|made| made.joiner().is_some());
    let cards = case.invited.into_iter().map(|made| view! { <Holder made/> });
    let cards = cards.collect::<Vec<_>>();
    let need = if case.own.compartment.sealed {
        text::holders_sealed(lang)
    } else {
        text::holders_intake(lang)
    };
    view! {
        <Heading text=text::holders_title(lang)/>
        <Paragraph text=need/>
        {none.then(|| view! { <Paragraph text=text::holders_none(lang)/> })}
        {cards}
        <Invite compartment=case.own.compartment/>
        <PlainButton text=text::invitations_again(lang) press=move |()| bench.acts.again()/>
    }
}

#[component]
fn Holder(made: Made) -> impl IntoView {
    let (bench, lang) = (expect_context::<Bench>(), ui::language());
    let doubt = move |made| bench.sure.set(Some(Sure::TakeBack(Box::new(made))));
    view! { <InvitationCard made compare=text::holders_compare(lang) doubt/> }
}

#[component]
fn Invite(compartment: Compartment) -> impl IntoView {
    let (desk, bench) = (expect_context::<Desk>(), expect_context::<Bench>());
    let make = move |whom| {
        let unit = compartment.unit.clone();
        let to = InvitedTo::Holder(compartment.clone());
        invitation::make(desk, Place::Unit { unit }, to, whom)
    };
    let class = "govuk-button govuk-button--secondary";
    view! { <InviteForm invitee=bench.invitee make done=move |()| bench.acts.again() class/> }
}

/// For whoever was invited to hold it: the founder goes on.
#[component]
pub(super) fn Waits() -> impl IntoView {
    let (bench, lang) = (expect_context::<Bench>(), ui::language());
    view! {
        <Heading text=text::waits_title(lang)/>
        <Paragraph text=text::waits_text(lang)/>
        <PlainButton text=text::beginning_look(lang) press=move |()| bench.acts.again()/>
    }
}
