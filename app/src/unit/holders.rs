//! Who will hold a compartment with the one who sets it up.

use super::{
    set_up::{Bench, Case},
    steps,
};
use crate::{
    account::desk::Desk,
    browser::page,
    invitation::LinkOnce,
    text,
    ui::{
        self, Bound, ErrorSummary, Heading, Paragraph, PlainButton, Problem, SecureForm, SubmitButton,
        TextInput, WarningText, Words,
    },
};
use leptos::{prelude::*, task::spawn_local};
use protocol::vault::Joiner;

/// The id of the field.
const WHOM: &str = "whom";

/// Those who answered, and a form to invite another.
#[component]
pub(super) fn Holders(case: Case) -> impl IntoView {
    let (bench, lang) = (expect_context::<Bench>(), ui::language());
    let joiners = case.joiners.iter().map(|(joiner, _)| joiner.clone());
    let cards = joiners.map(|joiner| view! { <Card joiner/> }).collect::<Vec<_>>();
    let (none, sealed) = (cards.is_empty(), case.own.compartment.sealed);
    let need = if sealed {
        text::holders_sealed(lang)
    } else {
        text::holders_intake(lang)
    };
    view! {
        <Heading text=text::holders_title(lang)/>
        <Paragraph text=need/>
        {none.then(|| view! { <Paragraph text=text::holders_none(lang)/> })}
        {cards}
        <Invite case/>
        <PlainButton text=text::invitations_again(lang) press=move |()| bench.acts.again()/>
    }
}

#[component]
fn Card(joiner: Joiner) -> impl IntoView {
    let (desk, bench, lang) = (
        expect_context::<Desk>(),
        expect_context::<Bench>(),
        ui::language(),
    );
    let lookup = joiner.lookup;
    let away = move |()| {
        bench
            .acts
            .act(text::turned_away_said(lang), steps::turn_away(desk, lookup))
    };
    view! {
        <div class="candour-draft">
            <Paragraph text=text::answered_text(lang, joiner.name, joiner.whom)/>
            <p class="govuk-body"><Words words=joiner.words/></p>
            <WarningText text=text::holders_compare(lang)/>
            <PlainButton text=text::invitation_revoke(lang) press=away/>
        </div>
    }
}

#[component]
fn Invite(case: Case) -> impl IntoView {
    let (desk, bench, lang) = (
        expect_context::<Desk>(),
        expect_context::<Bench>(),
        ui::language(),
    );
    let (problems, pending) = (RwSignal::new(Vec::new()), RwSignal::new(false));
    let problem = |text| vec![Problem { field: WHOM, text }];
    let compartment = StoredValue::new(case.own.compartment);
    let send = Callback::new(move |()| {
        let whom = bench.whom.get_untracked().trim().to_owned();
        if whom.is_empty() {
            return problems.set(problem(text::invite_missing(lang)));
        }
        problems.set(Vec::new());
        pending.set(true);
        spawn_local(async move {
            let made = steps::invite(desk, compartment.get_value(), false, whom).await;
            pending.try_set(false);
            match made {
                Ok(end) => {
                    bench.link.set(Some(page::address_of(&format!("/join/{end}"))));
                    bench.whom.set(String::new());
                }
                Err(trouble) => drop(problems.try_set(problem(trouble.text(lang)))),
            }
        });
    });
    view! {
        <ErrorSummary problems/>
        <SecureForm submit=send pending>
            <TextInput id=WHOM label=text::invite_whom(lang) hint=text::invite_hint(lang) value=Bound::whole(bench.whom) problems/>
            <SubmitButton text=text::invite_button(lang) busy=text::loading(lang) pending class="govuk-button govuk-button--secondary"/>
        </SecureForm>
        {move || bench.link.get().map(|link| view! { <LinkOnce link/> })}
    }
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
