//! Changing the password: who it is, which password, done.

use super::{
    Role, Way,
    desk::Desk,
    new_password_form::{NewPasswordForm, Proposal},
    password_form::PasswordForm,
    step_up::confirm_password,
    submit::Submit,
};
use crate::{
    place::Place,
    text,
    trouble::Trouble,
    ui::{self, Headline, Panel, Paragraph},
    vault,
};
use leptos::prelude::*;
use protocol::vault::Password;

#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Confirm,
    Choose(Proposal),
    Done,
}

/// The page.
#[component]
pub(crate) fn ChangePasswordPage() -> impl IntoView {
    let step = RwSignal::new(Step::Confirm);
    move || match step.get() {
        Step::Confirm => {
            view! { <Confirm then=Callback::new(move |proposal| step.set(Step::Choose(proposal)))/> }
                .into_any()
        }
        Step::Choose(proposal) => {
            view! { <Choose proposal then=Callback::new(move |()| step.set(Step::Done))/> }.into_any()
        }
        Step::Done => view! { <Done/> }.into_any(),
    }
}

/// Asks for the password that there is.
#[component]
fn Confirm(then: Callback<Proposal>) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let problems = RwSignal::new(Vec::new());
    let submit = Submit::new(move |password| async move {
        confirm_password(desk, password).await?;
        then.run(propose(desk).await?);
        Ok(())
    });
    view! {
        <ui::FormHead title=text::change_password_title(lang) problems/>
        <Paragraph text=text::confirm_text(lang)/>
        <PasswordForm problems button=text::go_on(lang) submit/>
    }
}

/// Has the vault draw six words. Practitioners may choose others.
async fn propose(desk: Desk) -> Result<Proposal, Trouble> {
    let words = vault::passphrase().await?;
    let session = desk.session();
    let mut about: Vec<_> = session.iter().map(|session| session.name.clone()).collect();
    about.extend(desk.trusted().and_then(|trusted| trusted.partner));
    Ok(Proposal {
        words,
        own: session.is_some_and(|session| session.role == Role::Practitioner),
        about,
    })
}

#[component]
fn Choose(proposal: Proposal, then: Callback<()>) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let problems = RwSignal::new(Vec::new());
    let submit = Submit::new(move |password: Password| async move {
        let name = desk.session().map(|session| session.name).unwrap_or_default();
        let secret = vault::derive(name, password).await?;
        let slots = vault::change_password().await?;
        desk.store_ways(slots, vec![(Way::Password, secret)]).await?;
        then.run(());
        Ok(())
    });
    view! {
        <ui::FormHead title=text::new_password_title(lang) problems/>
        <NewPasswordForm proposal problems button=text::change_password_button(lang) submit/>
    }
}

#[component]
fn Done() -> impl IntoView {
    let lang = ui::language();
    let heading =
        view! { <Headline title=text::password_changed_title(lang) class="govuk-panel__title"/> }.into_any();
    view! {
        <Panel heading>{text::password_changed_text(lang)}</Panel>
        <p class="govuk-body"><a class="govuk-link" href=Place::Account.path(lang)>{text::own_account_title(lang)}</a></p>
    }
}
