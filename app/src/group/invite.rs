//! Inviting somebody, and taking in whoever answered.

use super::{people::Board, steps};
use crate::{
    account::desk::Desk,
    bytes::Bytes,
    fetched::Fetched,
    invitation::{self, InvitationCard, InvitedTo, Made, load_made},
    text,
    ui::{self, Loaded, PlainButton},
};
use leptos::{ev, prelude::*};
use protocol::{id::GroupId, invitation::Place};

/// Behind a summary: whom to invite, and the link to hand to them.
#[component]
pub(super) fn InviteForm(group: GroupId) -> impl IntoView {
    let (board, lang) = (expect_context::<Board>(), ui::language());
    let open = Memo::new(move |_| board.inviting.get() == Some(group));
    let toggle = move |event: ev::MouseEvent| {
        event.prevent_default();
        board.invitee.link.set(None);
        let now = open.get_untracked();
        board.inviting.set((!now).then_some(group));
    };
    view! {
        <details class="govuk-details" open=open>
            <summary class="govuk-details__summary" on:click=toggle><span class="govuk-details__summary-text">{text::invite_title(lang)}</span></summary>
            <div class="govuk-details__text">{move || open.get().then(|| view! { <Form group/> })}</div>
        </details>
    }
}

#[component]
fn Form(group: GroupId) -> impl IntoView {
    let (desk, board) = (expect_context::<Desk>(), expect_context::<Board>());
    let place = Place::Member { group, lead: false };
    let make = move |whom| invitation::make(desk, place.clone(), InvitedTo::Member(group), whom);
    view! { <invitation::InviteForm invitee=board.invitee make done=move |()| board.acts.again()/> }
}

/// The open invitations of a group that this account has made.
#[component]
pub(super) fn Invitations(group: GroupId) -> impl IntoView {
    let (desk, board, lang) = (
        expect_context::<Desk>(),
        expect_context::<Board>(),
        ui::language(),
    );
    let found = Loaded::by(move || {
        board.acts.track();
        async move { load_made(desk, &InvitedTo::Member(group)).await }
    });
    let show = move |all: Vec<Made>| {
        let cards = all.into_iter().map(|made| view! { <Invitation made/> });
        let cards = cards.collect::<Vec<_>>();
        view! { {cards} <PlainButton text=text::invitations_again(lang) press=move |()| board.acts.again()/> }
            .into_any()
    };
    view! { <Fetched found show/> }
}

/// Once somebody has answered, both compare the words, and only then is anybody let in.
#[component]
fn Invitation(made: Made) -> impl IntoView {
    let (board, lang) = (expect_context::<Board>(), ui::language());
    let compare = text::answered_compare(lang);
    let doubt = move |made| board.doubted.set(Some(made));
    let Some(Ok((_, joining))) = made.answer.clone() else {
        return view! { <InvitationCard made compare doubt/> }.into_any();
    };
    view! { <InvitationCard made compare doubt><Admit joining/></InvitationCard> }.into_any()
}

#[component]
fn Admit(joining: Bytes) -> impl IntoView {
    let (desk, board, lang) = (
        expect_context::<Desk>(),
        expect_context::<Board>(),
        ui::language(),
    );
    let press = move |()| board.act(steps::admit(desk, joining.clone()));
    view! { <PlainButton text=text::answered_same(lang) press class="govuk-button"/> }
}
