//! The page for signing in.

use super::{
    desk::{Desk, State},
    factor::Lacks,
    opening::Key,
    passkey_button::{PasskeyButton, press},
    password_form::PasswordForm,
    second_step::Missing,
    submit::Submit,
};
use crate::{
    place::Place,
    text,
    ui::{self, Bound, Paragraph, Problem, TextInput},
};
use leptos::prelude::*;
use protocol::concern::Language;

/// The id of the name's field.
const NAME: &str = "name";

/// The page.
#[component]
pub(crate) fn SignInPage() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let lacks = lacks_of(desk);
    let then = Callback::new(move |()| desk.go_on());
    move || match lacks.get() {
        Some(lacks) => view! { <Missing lacks then/> }.into_any(),
        None => view! { <SignInForm lacks then/> }.into_any(),
    }
}

/// What the session lacks that was begun on this page. Once it has ended there is nothing to go on with.
fn lacks_of(desk: Desk) -> RwSignal<Option<Lacks>> {
    let lacks = RwSignal::new(None);
    Effect::new(move || {
        if desk.state().with(|state| *state == State::SignedOut) {
            lacks.set(None);
        }
    });
    lacks
}

#[component]
fn SignInForm(lacks: RwSignal<Option<Lacks>>, then: Callback<()>) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let problems = RwSignal::new(Vec::new());
    let by_passkey = press(move || async move {
        desk.sign_in_by_passkey().await?;
        then.try_run(());
        Ok(())
    });
    let name = RwSignal::new(String::new());
    let check = Callback::new(move |()| missing_name(name, lang));
    let submit = Submit::new(move |password| async move {
        let name = name.get_untracked().trim().to_owned();
        go_on(desk.sign_in(name, Key::Password(password)).await?, lacks, then);
        Ok(())
    });
    view! {
        <ui::FormHead title=text::sign_in_title(lang) problems/>
        <Paragraph text=text::sign_in_text(lang)/>
        <PasswordForm problems button=text::sign_in(lang) submit check>
            <TextInput id=NAME label=text::name_label(lang) value=Bound::whole(name) problems autocomplete="username"/>
        </PasswordForm>
        <PasskeyButton text=text::passkey_sign_in(lang) press=by_passkey/>
        <Paragraph text=text::sign_in_help(lang)/>
        <p class="govuk-body"><a class="govuk-link" href=Place::Recover.path(lang)>{text::recover_link(lang)}</a></p>
    }
}

/// The page for whoever has forgotten the password and has the recovery code.
#[component]
pub(crate) fn RecoverPage() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let lacks = lacks_of(desk);
    let then = Callback::new(move |()| desk.go(Place::Account));
    move || match lacks.get() {
        Some(lacks) => view! { <Missing lacks then/> }.into_any(),
        None => view! { <RecoverForm lacks then/> }.into_any(),
    }
}

/// Shows what is missing, or goes on.
fn go_on(missing: Option<Lacks>, lacks: RwSignal<Option<Lacks>>, then: Callback<()>) {
    if missing.is_some() {
        lacks.set(missing);
    } else {
        then.run(());
    }
}

#[component]
fn RecoverForm(lacks: RwSignal<Option<Lacks>>, then: Callback<()>) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let problems = RwSignal::new(Vec::new());
    let name = RwSignal::new(String::new());
    let check = Callback::new(move |()| missing_name(name, lang));
    let submit = Submit::new(move |words| async move {
        let name = name.get_untracked().trim().to_owned();
        go_on(desk.sign_in(name, Key::Code(words)).await?, lacks, then);
        Ok(())
    });
    view! {
        <ui::FormHead title=text::recover_title(lang) problems/>
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
