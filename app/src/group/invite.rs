//! Inviting somebody, and taking in whoever answered.

use super::{people::Board, steps};
use crate::{
    account::desk::Desk,
    browser::page,
    bytes::Bytes,
    fetched::Fetched,
    invitation::{InvitedTo, LinkOnce, Stored, load_invitations},
    text,
    trouble::Trouble,
    ui::{
        self, Bound, ErrorSummary, Loaded, Paragraph, PlainButton, Problem, Refusal, SecureForm,
        SubmitButton, TextInput, WarningText, Words,
    },
    vault,
};
use leptos::{ev, prelude::*, task::spawn_local};
use protocol::{
    id::{GroupId, Hash},
    vault::Joiner,
};

/// The id of the field. One group at a time is invited to, so that there is one.
const WHOM: &str = "whom";

/// Behind a summary: whom to invite, and the link to hand to them.
#[component]
pub(super) fn InviteForm(group: GroupId) -> impl IntoView {
    let (board, lang) = (expect_context::<Board>(), ui::language());
    let open = Memo::new(move |_| board.inviting.get() == Some(group));
    let toggle = move |event: ev::MouseEvent| {
        event.prevent_default();
        board.link.set(None);
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
    let (desk, board, lang) = (
        expect_context::<Desk>(),
        expect_context::<Board>(),
        ui::language(),
    );
    let Board { whom, link, .. } = board;
    let (problems, pending) = (RwSignal::new(Vec::new()), RwSignal::new(false));
    let problem = |text| vec![Problem { field: WHOM, text }];
    let send = Callback::new(move |()| {
        let name = whom.get_untracked().trim().to_owned();
        if name.is_empty() {
            return problems.set(problem(text::invite_missing(lang)));
        }
        problems.set(Vec::new());
        pending.set(true);
        spawn_local(async move {
            let made = steps::invite(desk, group, false, name).await;
            pending.try_set(false);
            match made {
                Ok(end) => drop(link.try_set(Some(page::address_of(&format!("/join/{end}"))))),
                Err(trouble) => drop(problems.try_set(problem(trouble.text(lang)))),
            }
            board.acts.again();
        });
    });
    view! {
        <ErrorSummary problems/>
        <SecureForm submit=send pending>
            <TextInput id=WHOM label=text::invite_whom(lang) hint=text::invite_hint(lang) value=Bound::whole(whom) problems/>
            <SubmitButton text=text::invite_button(lang) busy=text::loading(lang) pending/>
        </SecureForm>
        {move || link.get().map(|link| view! { <LinkOnce link/> })}
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
    let all = Loaded::by(move || {
        board.acts.track();
        load(desk, group)
    });
    let show = move |items: Vec<Item>| {
        let items = items.into_iter().map(|item| view! { <Invitation item/> });
        let items = items.collect::<Vec<_>>();
        view! { {items} <PlainButton text=text::invitations_again(lang) press=move |()| board.acts.again()/> }
            .into_any()
    };
    view! { <Fetched found=all show/> }
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
fn Invitation(item: Item) -> impl IntoView {
    let lang = ui::language();
    let (stored, joiner) = item;
    let lookup = stored.lookup;
    match (joiner, stored.joining) {
        (Some(Ok(joiner)), Some(joining)) => view! { <Answered joiner joining/> }.into_any(),
        (Some(Err(trouble)), _) => view! {
            <div class="candour-draft">
                <Refusal text=trouble.text(lang)/>
                <TurnAway lookup/>
            </div>
        }
        .into_any(),
        _ => view! {
            <div class="candour-draft">
                <Paragraph text=text::invitation_waits(lang, ui::minute(stored.expires).plain())/>
                <TurnAway lookup/>
            </div>
        }
        .into_any(),
    }
}

/// Somebody answered: both compare the words, and only then is anybody let in.
#[component]
fn Answered(joiner: Joiner, joining: Bytes) -> impl IntoView {
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
                <TurnAway lookup=joiner.lookup/>
            </div>
        </div>
    }
}

#[component]
fn TurnAway(lookup: Hash) -> impl IntoView {
    let (desk, board, lang) = (
        expect_context::<Desk>(),
        expect_context::<Board>(),
        ui::language(),
    );
    let press = move |()| board.acts.act_quietly(steps::turn_away(desk, lookup));
    view! { <PlainButton text=text::invitation_revoke(lang) press/> }
}
