//! A new recovery code: who it is, then twelve words on paper.

use super::{Way, desk::Desk, password_form::PasswordForm, step_up::confirm_password, submit::Submit};
use crate::{
    browser::page,
    bytes::Bytes,
    place::Place,
    text,
    ui::{self, Headline, Inset, Paragraph, PlainButton, WarningText},
    vault,
};
use leptos::prelude::*;

/// The page.
#[component]
pub(crate) fn RecoveryCodePage() -> impl IntoView {
    let words = RwSignal::new(None::<String>);
    move || match words.get() {
        None => view! { <Confirm words/> }.into_any(),
        Some(words) => view! { <Code words/> }.into_any(),
    }
}

#[component]
fn Confirm(words: RwSignal<Option<String>>) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let problems = RwSignal::new(Vec::new());
    let submit = Submit::new(move |password| async move {
        confirm_password(desk, password).await?;
        let slots = vault::change_code().await?;
        let code = slots.code.clone();
        let secret = code
            .iter()
            .map(|code| (Way::RecoveryCode, Bytes(code.secret.to_vec())));
        desk.store_ways(slots, secret.collect()).await?;
        words.set(code.map(|code| String::from_utf8_lossy(&code.words.0).into_owned()));
        Ok(())
    });
    view! {
        <ui::FormHead title=text::recovery_code_title(lang) problems/>
        <Paragraph text=text::recovery_code_text(lang)/>
        <WarningText text=text::recovery_code_replaces(lang)/>
        <PasswordForm problems button=text::recovery_code_button(lang) submit/>
    }
}

/// Words to write down, with their numbers.
#[component]
pub(crate) fn Words(words: String) -> impl IntoView {
    let words = words
        .split(' ')
        .map(|word| view! { <li>{word.to_owned()}</li> })
        .collect::<Vec<_>>();
    view! {
        <Inset><ol class="govuk-list govuk-list--number notranslate" translate="no" id="code">{words}</ol></Inset>
    }
}

/// The code, once.
#[component]
fn Code(words: String) -> impl IntoView {
    let lang = ui::language();
    view! {
        <Headline title=text::code_title(lang)/>
        <WarningText text=text::code_once(lang)/>
        <Words words/>
        <Paragraph text=text::code_text(lang)/>
        <PlainButton text=text::code_print(lang) press=move |()| page::print()/>
        <p class="govuk-body"><a class="govuk-link" href=Place::Account.path(lang)>{text::code_kept(lang)}</a></p>
    }
}
