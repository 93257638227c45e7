//! The pages for the end of a session.

use super::desk::Desk;
use crate::{
    concern::draft::Draft,
    place::Place,
    text::{self, Text},
    trouble::Trouble,
    ui::{self, Headline, Loading, Paragraph, PlainButton, SecureForm, SubmitButton, WarningText},
};
use leptos::{prelude::*, task::spawn_local};

/// Asks, signs out, and says how that went.
#[component]
pub(crate) fn SignOutPage() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let answer = RwSignal::new(None::<Result<(), Trouble>>);
    let asks = RwSignal::new(true);
    let leave = Callback::new(move |()| {
        asks.set(false);
        answer.set(None);
        spawn_local(async move {
            answer.try_set(Some(desk.sign_out().await));
        });
    });
    move || match answer.get() {
        None if asks.get() => view! { <Ask leave/> }.into_any(),
        None => view! { <Leaving/> }.into_any(),
        Some(Ok(())) => view! { <Left/> }.into_any(),
        Some(Err(trouble)) => view! { <NotLeft trouble leave/> }.into_any(),
    }
}

/// Asks whether to sign out, and says what would be lost.
#[component]
fn Ask(leave: Callback<()>) -> impl IntoView {
    let (desk, draft, lang) = (
        expect_context::<Desk>(),
        expect_context::<Draft>(),
        ui::language(),
    );
    let unfinished = RwSignal::new(false);
    let put_away = move || {
        desk.account()
            .is_some_and(|account| draft.is_put_away_unsaved(account))
    };
    Effect::new(move || unfinished.set(draft.would_be_lost() || put_away()));
    move || {
        if unfinished.get() {
            view! { <AskUnfinished leave/> }.into_any()
        } else {
            view! {
                <Headline title=text::sign_out_title(lang)/>
                <Paragraph text=text::sign_out_text(lang)/>
                <SecureForm submit=leave>
                    <SubmitButton text=text::sign_out(lang) busy=text::sign_out(lang) pending=false/>
                </SecureForm>
            }
            .into_any()
        }
    }
}

#[component]
fn AskUnfinished(leave: Callback<()>) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    view! {
        <Headline title=text::sign_out_ask_title(lang)/>
        <WarningText text=text::sign_out_ask_text(lang)/>
        <div class="govuk-button-group">
            <PlainButton text=text::sign_out_anyway(lang) press=leave class="govuk-button govuk-button--warning"/>
            <PlainButton text=text::sign_out_back(lang) press=move |()| desk.go(Place::NewConcern)/>
        </div>
    }
}

#[component]
fn Leaving() -> impl IntoView {
    let lang = ui::language();
    view! {
        <Headline title=text::sign_out_title(lang)/>
        <Loading text=text::signing_out(lang)/>
    }
}

#[component]
fn Left() -> impl IntoView {
    let lang = ui::language();
    view! {
        <Headline title=text::signed_out_now_title(lang)/>
        <Paragraph text=text::signed_out_now_text(lang)/>
        <p class="govuk-body"><a class="govuk-link" href=Place::SignIn.path(lang)>{text::sign_in(lang)}</a></p>
    }
}

#[component]
fn NotLeft(trouble: Trouble, leave: Callback<()>) -> impl IntoView {
    let lang = ui::language();
    view! {
        <Headline title=text::not_signed_out_title(lang)/>
        <Paragraph text=trouble.text(lang)/>
        <Paragraph text=text::not_signed_out_text(lang)/>
        <PlainButton text=text::try_again(lang) press=leave/>
    }
}

/// Says that the session has ended, and what became of what was unfinished.
#[component]
pub(crate) fn EndedPage() -> impl IntoView {
    let (lang, ended) = (ui::language(), expect_context::<Desk>().ended());
    let said = move |one: bool, text: Text| one.then(|| view! { <Paragraph text/> });
    view! {
        <Headline title=text::ended_title(lang)/>
        {move || said(ended.get().replaced, text::ended_replaced(lang))}
        <Paragraph text=text::ended_text(lang)/>
        {move || said(ended.get().kept, text::ended_kept(lang))}
        {move || said(ended.get().lost, text::ended_lost(lang))}
        <a href=Place::SignIn.path(lang) class="govuk-button">{text::sign_in(lang)}</a>
    }
}
