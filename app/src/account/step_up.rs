//! Showing again who it is, in place: what was asked waits, and goes on by itself.

use super::{
    Way,
    code_form::CodeForm,
    confirm,
    desk::Desk,
    factor::confirm_by_code,
    passkey::{passkey_answer, passkey_challenge},
    passkey_button::{PasskeyButton, press},
    password_form::PasswordForm,
    submit::Submit,
};
use crate::{
    browser::{page, passkey},
    text,
    ui::{self, Dialog, ErrorSummary, ExitLink, PlainButton},
    vault,
};
use leptos::prelude::*;
use protocol::vault::Password;
use std::time::Duration;

/// The dialog, over whatever page is shown, while something waits for it.
#[component]
pub(crate) fn StepUp() -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let open = desk.waits();
    let cancel = Callback::new(move |()| desk.answer(false));
    view! {
        <Dialog id="step-up" title=text::step_up_title(lang) open cancel>
            {move || open.get().then(|| view! { <Ask cancel/> })}
        </Dialog>
    }
}

#[component]
fn Ask(cancel: Callback<()>) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let steps = desk.session().map(|session| session.steps).unwrap_or_default();
    let by_passkey = press(move || async move {
        let challenge = desk.note(passkey_challenge().await)?;
        let answered = passkey::answer(&challenge, None).await?;
        desk.note(passkey_answer(answered.json).await)?;
        desk.answer(true);
        Ok(())
    });
    let has_exit = desk
        .here()
        .get_untracked()
        .is_none_or(crate::place::Place::has_exit);
    view! {
        <p class="govuk-body">{text::step_up_text(lang)}</p>
        {steps.passkey.then(|| view! { <PasskeyButton text=text::passkey_use(lang) press=by_passkey/> })}
        {steps.code.then(|| view! { <ByCode/> })}
        {(!steps.any()).then(|| view! { <ByPassword/> })}
        <PlainButton text=text::step_up_cancel(lang) press=cancel/>
        // The one on the page cannot be pressed while the dialog is over it.
        {has_exit.then(|| view! { <ExitLink/> })}
    }
}

#[component]
fn ByCode() -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let problems = RwSignal::new(Vec::new());
    let submit = Submit::new(move |code| async move {
        desk.note(confirm_by_code(code).await)?;
        desk.answer(true);
        Ok(())
    });
    focus_soon("step-up-code");
    view! {
        <ErrorSummary problems/>
        <CodeForm id="step-up-code" problems button=text::go_on(lang) submit backup=true/>
    }
}

#[component]
fn ByPassword() -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let problems = RwSignal::new(Vec::new());
    let submit = Submit::new(move |password| async move {
        confirm_password(desk, password).await?;
        desk.answer(true);
        Ok(())
    });
    focus_soon("step-up-password");
    view! {
        <ErrorSummary problems/>
        <PasswordForm id="step-up-password" problems button=text::go_on(lang) submit/>
    }
}

/// What is asked for gets the focus, once it can be typed: the dialog gives it to what comes first and is not to be used every time.
fn focus_soon(id: &'static str) {
    Effect::new(move || set_timeout(move || page::focus(id), Duration::ZERO));
}

/// Shows the server again who this is, by the password.
pub(super) async fn confirm_password(desk: Desk, password: Password) -> Result<(), crate::trouble::Trouble> {
    let name = desk.session().map(|session| session.name).unwrap_or_default();
    let secret = vault::derive(name, password).await?;
    desk.note(confirm(secret, Way::Password).await)
}
