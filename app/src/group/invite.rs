//! Inviting somebody, and taking in whoever answered.

use super::{people::Board, steps};
use crate::{
    account::desk::Desk,
    browser::page,
    bytes::Bytes,
    invitation::{InvitedTo, Stored, load_invitations},
    text,
    trouble::Trouble,
    ui::{
        self, Bound, ErrorSummary, Inset, Loaded, Loading, Paragraph, PlainButton, Problem, Refusal,
        SecureForm, SubmitButton, TextInput, WarningText, Words,
    },
    vault,
};
use leptos::{prelude::*, task::spawn_local};
use protocol::{
    id::{GroupId, Hash},
    vault::Joiner,
};

/// The id of the field.
const WHOM: &str = "whom";

/// Asks whom to invite, and gives the link to hand to them.
#[component]
pub(super) fn InviteForm(group: GroupId) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let problems = RwSignal::new(Vec::new());
    let (whom, link, pending) = (
        RwSignal::new(String::new()),
        RwSignal::new(None::<String>),
        RwSignal::new(false),
    );
    let send = Callback::new(move |()| {
        let name = whom.get_untracked().trim().to_owned();
        if name.is_empty() {
            return problems.set(vec![Problem {
                field: WHOM,
                text: text::invite_missing(lang),
            }]);
        }
        problems.set(Vec::new());
        pending.set(true);
        spawn_local(async move {
            let made = steps::invite(desk, group, false, name).await;
            pending.try_set(false);
            match made {
                Ok(end) => drop(link.try_set(Some(page::address_of(&format!("/join/{end}"))))),
                Err(trouble) => drop(problems.try_set(vec![Problem {
                    field: WHOM,
                    text: trouble.text(lang),
                }])),
            }
        });
    });
    view! {
        <details class="govuk-details" open=move || link.with(Option::is_some)>
            <summary class="govuk-details__summary"><span class="govuk-details__summary-text">{text::invite_title(lang)}</span></summary>
            <div class="govuk-details__text">
                <ErrorSummary problems/>
                <SecureForm submit=send pending>
                    <TextInput id=WHOM label=text::invite_whom(lang) hint=text::invite_hint(lang) value=Bound::whole(whom) problems/>
                    <SubmitButton text=text::invite_button(lang) busy=text::loading(lang) pending/>
                </SecureForm>
                {move || link.get().map(|link| view! { <Link link/> })}
            </div>
        </details>
    }
}

#[component]
fn Link(link: String) -> impl IntoView {
    let lang = ui::language();
    view! {
        <div role="status">
            <WarningText text=text::invite_link_warning(lang)/>
            <Paragraph text=text::invite_link_text(lang)/>
            <Inset><p class="govuk-body candour-link notranslate" translate="no" id="link">{link}</p></Inset>
        </div>
    }
}

/// An open invitation, and who answered it.
type Item = (Stored, Option<Result<Joiner, Trouble>>);

/// The open invitations of a group that this account has made.
#[component]
pub(super) fn Invitations(group: GroupId) -> impl IntoView {
    let (desk, board, lang) = (
        expect_context::<Desk>(),
        expect_context::<Board>(),
        ui::language(),
    );
    let all = Loaded::by(move || load(desk, group));
    Effect::new(move || {
        if board.said.with(Option::is_some) {
            all.again();
        }
    });
    move || {
        match all.get() {
        None => view! { <Loading text=text::loading(lang)/> }.into_any(),
        Some(Err(trouble)) => view! { <Refusal text=trouble.text(lang)/> }.into_any(),
        Some(Ok(items)) => view! {
            {items.into_iter().map(|item| view! { <Invitation item again=Callback::new(move |()| all.again())/> }).collect::<Vec<_>>()}
            <PlainButton text=text::invitations_again(lang) press=move |()| all.again()/>
        }
        .into_any(),
    }
    }
}

async fn load(desk: Desk, group: GroupId) -> Result<Vec<Item>, Trouble> {
    let mut items = Vec::new();
    for stored in desk.note(load_invitations().await)? {
        if stored.to != InvitedTo::Member(group) {
            continue;
        }
        let joiner = match stored.joining.clone() {
            Some(joining) => Some(vault::check_joining(joining).await),
            None => None,
        };
        items.push((stored, joiner));
    }
    Ok(items)
}

#[component]
fn Invitation(item: Item, again: Callback<()>) -> impl IntoView {
    let lang = ui::language();
    let (stored, joiner) = item;
    let lookup = stored.lookup;
    match (joiner, stored.joining) {
        (Some(Ok(joiner)), Some(joining)) => view! { <Answered joiner joining again/> }.into_any(),
        (Some(Err(trouble)), _) => view! {
            <div class="candour-draft">
                <Refusal text=trouble.text(lang)/>
                <TurnAway lookup again/>
            </div>
        }
        .into_any(),
        _ => view! {
            <div class="candour-draft">
                <Paragraph text=text::invitation_waits(lang, ui::minute(stored.expires).plain())/>
                <TurnAway lookup again/>
            </div>
        }
        .into_any(),
    }
}

/// Somebody answered: both compare the words, and only then is anybody let in.
#[component]
fn Answered(joiner: Joiner, joining: Bytes, again: Callback<()>) -> impl IntoView {
    let (desk, board, lang) = (
        expect_context::<Desk>(),
        expect_context::<Board>(),
        ui::language(),
    );
    let press = move |()| board.act(steps::admit(desk, joining.clone()));
    view! {
        <div class="candour-draft">
            <Paragraph text=text::answered_text(lang, joiner.name, joiner.whom)/>
            <p class="govuk-body"><Words words=joiner.words/></p>
            <WarningText text=text::answered_compare(lang)/>
            <div class="govuk-button-group">
                <PlainButton text=text::answered_same(lang) press class="govuk-button"/>
                <TurnAway lookup=joiner.lookup again/>
            </div>
        </div>
    }
}

#[component]
fn TurnAway(lookup: Hash, again: Callback<()>) -> impl IntoView {
    let (desk, board, lang) = (
        expect_context::<Desk>(),
        expect_context::<Board>(),
        ui::language(),
    );
    let press = move |()| {
        spawn_local(async move {
            match steps::turn_away(desk, lookup).await {
                Ok(()) => again.run(()),
                Err(trouble) => board.said.set(Some(Err(trouble))),
            }
        });
    };
    view! { <PlainButton text=text::invitation_revoke(lang) press/> }
}
