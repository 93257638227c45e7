//! What is asked after the password, before anything else.

#![expect(
    clippy::unnecessary_wraps,
    reason = "this is there already, and in a browser may not come"
)]

use super::{
    Session,
    code_form::CodeForm,
    desk::Desk,
    factor::{Lacks, Steps, second_step},
    passkey::{passkey_answer, passkey_challenge},
    passkey_button::{PasskeyButton, has_passkeys, press},
    passkey_form::{PasskeyForm, make, open_by},
    set_up::SetUpApp,
    submit::Submit,
};
use crate::{
    browser::passkey,
    later::Later,
    text::{self, Text},
    trouble::Trouble,
    ui::{self, Headline, Paragraph, PlainButton, WarningText},
};
use leptos::prelude::*;
use protocol::concern::Language;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

/// Asks for what a session lacks; `then` it lacks nothing, and the vault is open where the password was typed just now. Nobody needs
/// this before the password was right: it is in the part that has the account's pages.
#[component]
pub(super) fn Missing(lacks: Lacks, then: Callback<()>) -> impl IntoView {
    let lang = ui::language();
    let title = match lacks {
        Lacks::SecondStep => text::second_step_title(lang),
        Lacks::SetUp => text::set_up_step_title(lang),
    };
    view! { <Later title fetch=move || missing(lacks, then)/> }
}

#[wasm_split(account, fallible)]
fn missing(lacks: Lacks, then: Callback<()>) -> Result<AnyView, SplitLoaderError> {
    Ok(match lacks {
        Lacks::SecondStep => view! { <SecondStep then/> }.into_any(),
        Lacks::SetUp => view! { <SetUpFirst then/> }.into_any(),
    })
}

#[component]
fn SecondStep(then: Callback<()>) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let problems = RwSignal::new(Vec::new());
    let submit = Submit::new(move |code| async move {
        let session = desk.note(second_step(code).await)?;
        arrive(desk, session, then).await
    });
    let steps = desk.session().map(|session| session.steps).unwrap_or_default();
    let by_passkey = press(move || async move {
        let challenge = desk.note(passkey_challenge().await)?;
        let answered = passkey::answer(&challenge, None).await?;
        let session = desk.note(passkey_answer(answered.json).await)?;
        arrive(desk, session, then).await
    });
    let [title, text, help] = words(steps, lang);
    view! {
        <ui::FormHead title problems/>
        <Paragraph text/>
        {steps.passkey.then(|| view! { <PasskeyButton text=text::passkey_use(lang) press=by_passkey/> })}
        {steps.code.then(|| view! { <CodeForm problems button=text::go_on(lang) submit backup=true/> })}
        <Paragraph text=help/>
    }
}

/// The title, what to do, and what if that cannot be done.
fn words(steps: Steps, lang: Language) -> [Text; 3] {
    if steps.code {
        return [
            text::second_step_title(lang),
            text::second_step_text(lang),
            text::second_step_help(lang),
        ];
    }
    [
        text::second_step_passkey_title(lang),
        text::second_step_passkey_text(lang),
        text::second_step_passkey_help(lang),
    ]
}

/// Goes on. What waited for this may be gone by then: where it was a page's gate, the page stands in its place.
async fn arrive(desk: Desk, session: Session, then: Callback<()>) -> Result<(), Trouble> {
    desk.arrive(session).await?;
    then.try_run(());
    Ok(())
}

/// For whoever needs a second step and has none: a passkey first, where the browser has them, and codes from an app in its place.
#[component]
fn SetUpFirst(then: Callback<()>) -> impl IntoView {
    let (there, by_app) = (has_passkeys(), RwSignal::new(false));
    move || {
        if there.get() && !by_app.get() {
            view! { <SetUpPasskey then by_app/> }.into_any()
        } else {
            view! { <SetUpCodes then by_app there/> }.into_any()
        }
    }
}

#[component]
fn SetUpPasskey(then: Callback<()>, by_app: RwSignal<bool>) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let submit = Submit::new(move |name| async move {
        let (session, made) = make(desk, name).await?;
        desk.arrive(session).await?;
        if let Some(made) = made {
            // It is the second step by now; the password opens the keys where this does not.
            drop(open_by(desk, made).await);
        }
        then.try_run(());
        Ok(())
    });
    view! {
        <Headline title=text::set_up_passkey_title(lang)/>
        <WarningText text=text::set_up_first(lang)/>
        <Paragraph text=text::passkeys_text(lang)/>
        <PasskeyForm submit/>
        <PlainButton text=text::set_up_app_instead(lang) press=move |()| by_app.set(true)/>
        <Paragraph text=text::set_up_passkey_after(lang)/>
    }
}

#[component]
fn SetUpCodes(then: Callback<()>, by_app: RwSignal<bool>, there: RwSignal<bool>) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let arrive = Submit::new(move |session| arrive(desk, session, then));
    let back = move || {
        there.get().then(|| {
            let press = move |()| by_app.set(false);
            view! { <PlainButton text=text::set_up_passkey_instead(lang) press/> }
        })
    };
    view! {
        <SetUpApp then=arrive>
            <WarningText text=text::set_up_first(lang)/>
            {back}
        </SetUpApp>
    }
}
