//! What stands before every private page.

use super::{
    Session,
    desk::{Desk, State},
    factor::Lacks,
    passkey_button::{PasskeyButton, press},
    password_form::PasswordForm,
    second_step::Missing,
    submit::Submit,
};
use crate::{
    place::{Entry, Place},
    text,
    ui::{self, Headline, Loading, Paragraph},
};
use leptos::{prelude::*, task::spawn_local};

/// Shows `children` to whom they are for, once the vault is open; else what to do. Where a page is made once for
/// everybody, nobody has been asked yet.
#[component]
pub(crate) fn Gate(place: Place, entry: Entry, children: ChildrenFn) -> impl IntoView {
    let desk = expect_context::<Desk>();
    Effect::new(move || spawn_local(desk.ask()));
    let step = Memo::new(move |_| desk.state().with(|state| Step::of(state, entry)));
    let lang = ui::language();
    move || match step.get() {
        Step::Ask => view! {
            <Headline title=place.title(lang)/>
            <Loading text=text::loading(lang)/>
        }
        .into_any(),
        Step::SignIn => view! { <SignInFirst place/> }.into_any(),
        Step::Missing(lacks) => view! { <Missing lacks then=Callback::new(|()| ())/> }.into_any(),
        Step::Unlock(session) => view! { <Unlock session/> }.into_any(),
        Step::SomebodyElse => view! {
            <Headline title=text::not_yours_title(lang)/>
            <Paragraph text=text::not_yours_text(lang)/>
        }
        .into_any(),
        Step::Enter => children().into_any(),
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Ask,
    SignIn,
    Missing(Lacks),
    Unlock(Session),
    SomebodyElse,
    Enter,
}

impl Step {
    fn of(state: &State, entry: Entry) -> Self {
        let other = |session: &Session| !entry.admits(session.role);
        if let Some(lacks) = state.session().and_then(|session| session.lacks) {
            return Self::Missing(lacks);
        }
        match state {
            State::Unasked => Self::Ask,
            State::SignedOut => Self::SignIn,
            State::Locked(session) if other(session) => Self::SomebodyElse,
            State::Locked(session) => Self::Unlock(session.clone()),
            State::Open(open) if other(&open.session) => Self::SomebodyElse,
            State::Open(_) => Self::Enter,
        }
    }
}

#[component]
fn SignInFirst(place: Place) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let remember = move |_| desk.come_back_to(place);
    view! {
        <Headline title=text::signed_out_title(lang)/>
        <Paragraph text=text::signed_out_text(lang)/>
        <a href=Place::SignIn.path(lang) class="govuk-button" on:click=remember>
            {text::sign_in(lang)}
        </a>
    }
}

#[component]
fn Unlock(session: Session) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let problems = RwSignal::new(Vec::new());
    let name = session.name.clone();
    let by_passkey = session.steps.passkey.then(|| {
        let session = session.clone();
        let press = press(move || desk.unlock_by_passkey(session.clone()));
        view! { <PasskeyButton text=text::passkey_unlock(lang) press/> }
    });
    let submit = Submit::new(move |password| desk.unlock(session.clone(), password));
    view! {
        <ui::FormHead title=text::unlock_title(lang) problems/>
        <Paragraph text=text::unlock_text(lang, name)/>
        <PasswordForm problems button=text::unlock_button(lang) submit/>
        {by_passkey}
    }
}
