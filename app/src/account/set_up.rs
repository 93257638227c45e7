//! Setting up codes from an app: what to scan or type, a code to show that it worked, then codes for when the app is lost.

use super::{
    Session,
    code_form::CodeForm,
    desk::Desk,
    factor::{NewTotp, Picture, SetUp, begin_totp, finish_totp},
    submit::Submit,
};
use crate::{
    browser::page,
    fetched::Fetched,
    text,
    ui::{
        self, ErrorSummary, Headline, Inset, Loaded, Paragraph, PlainButton, Problem, SecureForm,
        SubmitButton, WarningText,
    },
};
use leptos::prelude::*;

/// The id of the button that ends it, where problems with that are put.
const DONE: &str = "done";

/// The steps. `children` stand above the first; `then` gets the session, which may be a new one.
#[component]
pub(super) fn SetUpApp(
    then: Submit<Session>,
    #[prop(optional)] children: Option<ChildrenFn>,
) -> impl IntoView {
    let done = RwSignal::new(None::<SetUp>);
    move || match done.get() {
        Some(SetUp { session, codes }) => view! { <Codes codes then session/> }.into_any(),
        None => view! { <Begin done children=children.clone()/> }.into_any(),
    }
}

#[component]
fn Begin(done: RwSignal<Option<SetUp>>, children: Option<ChildrenFn>) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let problems = RwSignal::new(Vec::new());
    let found = Loaded::by(move || desk.fresh(begin_totp));
    let submit = Submit::new(move |code: String| async move {
        done.set(Some(desk.fresh(move || finish_totp(code.clone())).await?));
        Ok(())
    });
    let show = move |new| {
        view! {
            <Secret new/>
            <CodeForm problems button=text::go_on(lang) submit/>
        }
        .into_any()
    };
    view! {
        <ui::FormHead title=text::set_up_title(lang) problems/>
        {children.map(|children| children())}
        <Paragraph text=text::set_up_text(lang)/>
        <Fetched found show/>
    }
}

/// What the app takes, to be scanned or typed.
#[component]
fn Secret(new: NewTotp) -> impl IntoView {
    let lang = ui::language();
    view! {
        <Paragraph text=text::set_up_scan(lang)/>
        <Scan picture=new.picture/>
        <Paragraph text=text::set_up_type(lang)/>
        <Inset><p class="govuk-body candour-words notranslate" translate="no" id="secret">{new.secret}</p></Inset>
        <Paragraph text=text::set_up_prove(lang)/>
    }
}

#[component]
fn Scan(picture: Picture) -> impl IntoView {
    let side = picture.size;
    view! {
        <svg class="candour-scan" viewBox=format!("0 0 {side} {side}") role="img" aria-label=text::set_up_picture(ui::language()).plain()>
            <path d=picture.path/>
        </svg>
    }
}

/// Codes for when the app is lost, once.
#[component]
fn Codes(codes: Vec<String>, session: Session, then: Submit<Session>) -> impl IntoView {
    let lang = ui::language();
    let (problems, pending) = (RwSignal::new(Vec::<Problem>::new()), RwSignal::new(false));
    let send = move |()| {
        problems.set(Vec::new());
        then.run(
            session.clone(),
            pending,
            problems,
            (DONE, move |trouble| trouble.text(lang)),
        );
    };
    view! {
        <ErrorSummary problems/>
        <BackupCodes codes/>
        <SecureForm submit=Callback::new(send) pending>
            <div id=DONE><SubmitButton text=text::code_kept(lang) busy=text::opening(lang) pending/></div>
        </SecureForm>
    }
}

/// The codes, with their heading.
#[component]
pub(super) fn BackupCodes(codes: Vec<String>) -> impl IntoView {
    let lang = ui::language();
    let codes = codes.into_iter().map(|code| view! { <li>{code}</li> });
    let codes = codes.collect::<Vec<_>>();
    view! {
        <Headline title=text::backup_codes_title(lang)/>
        <WarningText text=text::backup_codes_once(lang)/>
        <Inset>
            <ol class="govuk-list govuk-list--number candour-words notranslate" translate="no" id="codes">{codes}</ol>
        </Inset>
        <Paragraph text=text::backup_codes_text(lang)/>
        <PlainButton text=text::code_print(lang) press=move |()| page::print()/>
    }
}
