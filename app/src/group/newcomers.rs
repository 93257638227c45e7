//! Inviting those whom the custodians of a compartment will name as its new members.

use super::recover::Doing;
use crate::{
    account::desk::Desk,
    fetched::Fetched,
    invitation::{self, InvitationCard, InviteForm, InvitedTo, Made, load_made},
    text,
    ui::{self, Heading, Loaded, Paragraph, PlainButton},
    unit::Compartment,
};
use leptos::prelude::*;
use protocol::{id::GroupId, invitation::Place};

/// Those whom the custodians may name make their accounts by invitations.
#[component]
pub(super) fn Newcomers() -> impl IntoView {
    let (desk, doing, lang) = (
        expect_context::<Desk>(),
        expect_context::<Doing>(),
        ui::language(),
    );
    let chosen = Memo::new(move |_| {
        let id = doing.chosen.with(|id| id.parse::<GroupId>().ok())?;
        let all = desk.trusted()?.compartments;
        let one = all.into_iter().find(|one| one.id == id)?;
        Some(Compartment {
            unit: one.unit_id,
            sealed: one.sealed,
        })
    });
    // A link leads to the compartment that it was made for.
    Effect::new(move |before: Option<Option<Compartment>>| {
        let now = chosen.get();
        if before.is_some_and(|before| before != now) {
            doing.invitee.link.set(None);
        }
        now
    });
    let form = move || match chosen.get() {
        Some(compartment) => view! { <InviteTo compartment/> }.into_any(),
        None => view! { <Paragraph text=text::recover_invite_choose(lang)/> }.into_any(),
    };
    view! {
        <Heading text=text::recover_invite_title(lang)/>
        <Paragraph text=text::recover_invite_text(lang)/>
        {form}
    }
}

#[component]
fn InviteTo(compartment: Compartment) -> impl IntoView {
    let (desk, doing, lang) = (
        expect_context::<Desk>(),
        expect_context::<Doing>(),
        ui::language(),
    );
    let to = InvitedTo::Holder(compartment.clone());
    let found = Loaded::by(move || {
        doing.acts.track();
        let to = to.clone();
        async move { load_made(desk, &to).await }
    });
    let make = move |whom| {
        let unit = compartment.unit.clone();
        let to = InvitedTo::Holder(compartment.clone());
        invitation::make(desk, Place::Unit { unit }, to, whom)
    };
    let show = move |all: Vec<Made>| {
        let card = |made| {
            let doubt = move |made| doing.doubted.set(Some(made));
            view! { <InvitationCard made compare=text::recover_invite_compare(lang) doubt/> }
        };
        let cards = all.into_iter().map(card).collect::<Vec<_>>();
        view! { {cards} <PlainButton text=text::invitations_again(lang) press=move |()| doing.acts.again()/> }
            .into_any()
    };
    let class = "govuk-button govuk-button--secondary";
    view! {
        <InviteForm invitee=doing.invitee make done=move |()| doing.acts.again() class/>
        <Fetched found show/>
    }
}
