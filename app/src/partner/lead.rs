//! Inviting the lead of an organisation that two administrators approve.

use super::{Application, application::Folder, finding::Sure, steps};
use crate::{
    account::desk::Desk,
    browser::page,
    invitation::LinkOnce,
    text,
    ui::{
        self, Bound, ErrorSummary, Heading, List, Paragraph, PlainButton, Problem, SecureForm, SubmitButton,
        TextInput,
    },
};
use leptos::{prelude::*, task::spawn_local};
use protocol::id::Minute;

/// The id of the field.
const WHOM: &str = "whom";

/// Makes the invitation.
#[component]
pub(super) fn InviteLead(one: Application) -> impl IntoView {
    let (desk, folder, lang) = (
        expect_context::<Desk>(),
        expect_context::<Folder>(),
        ui::language(),
    );
    let (problems, pending) = (RwSignal::new(Vec::new()), RwSignal::new(false));
    let problem = |text| vec![Problem { field: WHOM, text }];
    let (id, name) = (one.id, StoredValue::new(one.organisation.name));
    let send = Callback::new(move |()| {
        let whom = folder.whom.get_untracked().trim().to_owned();
        if whom.is_empty() {
            return problems.set(problem(text::invite_missing(lang)));
        }
        problems.set(Vec::new());
        pending.set(true);
        spawn_local(async move {
            let made = steps::invite(desk, id, name.get_value(), whom).await;
            pending.try_set(false);
            match made {
                Ok(end) => {
                    folder.link.set(Some(page::address_of(&format!("/join/{end}"))));
                    folder.again();
                }
                Err(trouble) => drop(problems.try_set(problem(trouble.text(lang)))),
            }
        });
    });
    view! {
        <ErrorSummary problems/>
        <Heading text=text::invite_lead_title(lang)/>
        <List items=vec![text::invite_lead_number(lang), text::invite_lead_words(lang), text::invite_lead_two(lang)]/>
        <SecureForm submit=send pending>
            <TextInput id=WHOM label=text::invite_whom(lang) hint=text::invite_hint(lang) value=Bound::whole(folder.whom) problems/>
            <SubmitButton text=text::invite_button(lang) busy=text::loading(lang) pending/>
        </SecureForm>
    }
}

/// The invitation is out. Whoever has just made it is shown its link, once.
#[component]
pub(super) fn Invited(expires: Minute) -> impl IntoView {
    let (folder, lang) = (expect_context::<Folder>(), ui::language());
    view! {
        <Heading text=text::invite_lead_title(lang)/>
        {move || folder.link.get().map(|link| view! { <LinkOnce link/> })}
        <Paragraph text=text::invitation_waits(lang, ui::minute(expires).plain())/>
        <div class="govuk-button-group">
            <PlainButton text=text::invitations_again(lang) press=move |()| folder.again()/>
            <PlainButton text=text::invitation_revoke(lang) press=move |()| folder.sure.set(Some(Sure::TurnAway))/>
        </div>
    }
}
