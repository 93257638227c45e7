//! What is asked after the password, before anything else.

use super::{
    Session,
    code_form::CodeForm,
    desk::Desk,
    factor::{Lacks, second_step},
    passkey::{passkey_answer, passkey_challenge},
    passkey_button::{PasskeyButton, press},
    set_up::SetUpApp,
    submit::Submit,
};
use crate::{
    browser::passkey,
    later::Later,
    text,
    trouble::Trouble,
    ui::{self, ErrorSummary, Headline, Paragraph, WarningText},
};
use leptos::prelude::*;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

/// Asks for what a session lacks; `then` it lacks nothing, and the vault is open where the password was typed just now. Nobody needs
/// this before the password was right: it is in the part that has the account's pages.
#[component]
pub(super) fn Missing(lacks: Lacks, then: Callback<()>) -> impl IntoView {
    let lang = ui::language();
    let title = match lacks {
        Lacks::SecondStep => text::second_step_title(lang),
        Lacks::SetUp => text::set_up_title(lang),
    };
    view! { <Later title fetch=move || missing(lacks, then)/> }
}

#[wasm_split(account, fallible)]
#[expect(
    clippy::unnecessary_wraps,
    reason = "it is there already, and in a browser may not come"
)]
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
    view! {
        <ErrorSummary problems/>
        <Headline title=text::second_step_title(lang) failing=Signal::derive(move || problems.with(|all| !all.is_empty()))/>
        <Paragraph text=text::second_step_text(lang)/>
        {steps.passkey.then(|| view! { <PasskeyButton text=text::passkey_use(lang) press=by_passkey/> })}
        {steps.code.then(|| view! { <CodeForm problems button=text::go_on(lang) submit backup=true/> })}
        <Paragraph text=text::second_step_help(lang)/>
    }
}

/// Goes on. What waited for this may be gone by then: where it was a page's gate, the page stands in its place.
async fn arrive(desk: Desk, session: Session, then: Callback<()>) -> Result<(), Trouble> {
    desk.arrive(session).await?;
    then.try_run(());
    Ok(())
}

/// For whoever needs a second step and has none.
#[component]
fn SetUpFirst(then: Callback<()>) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let arrive = Submit::new(move |session| arrive(desk, session, then));
    view! {
        <SetUpApp then=arrive>
            <WarningText text=text::set_up_first(lang)/>
        </SetUpApp>
    }
}
