//! Inviting the lead of an organisation that two administrators approve.

use super::{Application, application::Folder, finding::Sure};
use crate::{
    account::desk::Desk,
    invitation::{self, InvitedTo, LinkOnce},
    text,
    ui::{self, Heading, List, Paragraph, PlainButton},
};
use leptos::prelude::*;
use protocol::{id::Minute, invitation::Place};

/// Makes the invitation.
#[component]
pub(super) fn InviteLead(one: Application) -> impl IntoView {
    let (desk, folder, lang) = (
        expect_context::<Desk>(),
        expect_context::<Folder>(),
        ui::language(),
    );
    let (id, name) = (one.id, one.organisation.name);
    let make = move |whom| {
        let place = Place::Partner { name: name.clone() };
        invitation::make(desk, place, InvitedTo::Partner(id), whom)
    };
    view! {
        <Heading text=text::invite_lead_title(lang)/>
        <List items=vec![text::invite_lead_number(lang), text::invite_lead_words(lang), text::invite_lead_two(lang)]/>
        <invitation::InviteForm invitee=folder.invitee make done=move |()| folder.again()/>
    }
}

/// The invitation is out. Whoever has just made it is shown its link, once.
#[component]
pub(super) fn Invited(expires: Minute) -> impl IntoView {
    let (folder, lang) = (expect_context::<Folder>(), ui::language());
    view! {
        <Heading text=text::invite_lead_title(lang)/>
        {move || folder.invitee.link.get().map(|link| view! { <LinkOnce link/> })}
        <Paragraph text=text::invitation_waits(lang, ui::minute(expires).plain())/>
        <div class="govuk-button-group">
            <PlainButton text=text::invitations_again(lang) press=move |()| folder.again()/>
            <PlainButton text=text::invitation_revoke(lang) press=move |()| folder.sure.set(Some(Sure::TurnAway))/>
        </div>
    }
}
