//! The page for signing in.

use super::{desk::Desk, opening::Key, password_form::PasswordForm, submit::Submit};
use crate::{
    place::Place,
    text,
    ui::{self, Bound, ErrorSummary, Headline, Paragraph, Problem, TextInput},
};
use leptos::prelude::*;
use protocol::concern::Language;

/// The id of the name's field.
const NAME: &str = "name";

/// The page.
#[component]
pub(crate) fn SignInPage() -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let problems = RwSignal::new(Vec::new());
    let name = RwSignal::new(String::new());
    let check = Callback::new(move |()| missing_name(name, lang));
    let submit = Submit::new(move |password| async move {
        let name = name.get_untracked().trim().to_owned();
        desk.sign_in(name, Key::Password(password)).await?;
        desk.go_on();
        Ok(())
    });
    view! {
        <ErrorSummary problems/>
        <Headline title=text::sign_in_title(lang) failing=Signal::derive(move || problems.with(|all| !all.is_empty()))/>
        <Paragraph text=text::sign_in_text(lang)/>
        <PasswordForm problems button=text::sign_in(lang) submit check>
            <TextInput id=NAME label=text::name_label(lang) value=Bound::whole(name) problems autocomplete="username"/>
        </PasswordForm>
        <Paragraph text=text::sign_in_help(lang)/>
        <p class="govuk-body"><a class="govuk-link" href=Place::Recover.path(lang)>{text::recover_link(lang)}</a></p>
    }
}

/// The page for whoever has forgotten the password and has the recovery code.
#[component]
pub(crate) fn RecoverPage() -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let problems = RwSignal::new(Vec::new());
    let name = RwSignal::new(String::new());
    let check = Callback::new(move |()| missing_name(name, lang));
    let submit = Submit::new(move |words| async move {
        let name = name.get_untracked().trim().to_owned();
        desk.sign_in(name, Key::Code(words)).await?;
        desk.go(Place::Account);
        Ok(())
    });
    view! {
        <ErrorSummary problems/>
        <Headline title=text::recover_title(lang) failing=Signal::derive(move || problems.with(|all| !all.is_empty()))/>
        <Paragraph text=text::recover_text(lang)/>
        <PasswordForm problems button=text::sign_in(lang) submit check label=text::opener_code(lang)>
            <TextInput id=NAME label=text::name_label(lang) value=Bound::whole(name) problems autocomplete="username"/>
        </PasswordForm>
        <Paragraph text=text::recover_after(lang)/>
    }
}

fn missing_name(name: RwSignal<String>, lang: Language) -> Vec<Problem> {
    let is_missing = name.with_untracked(|name| name.trim().is_empty());
    let missing = Problem {
        field: NAME,
        text: text::name_missing(lang),
    };
    Vec::from_iter(is_missing.then_some(missing))
}
