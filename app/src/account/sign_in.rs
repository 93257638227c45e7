//! The page for signing in.

use super::{desk::Desk, password_form::PasswordForm};
use crate::{
    text,
    ui::{self, Bound, ErrorSummary, Headline, Paragraph, Problem, TextInput},
};
use leptos::prelude::*;

/// The id of the name's field.
const NAME: &str = "name";

/// The page.
#[component]
pub(crate) fn SignInPage() -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let problems = RwSignal::new(Vec::new());
    let name = RwSignal::new(String::new());
    let missing = Problem {
        field: NAME,
        text: text::name_missing(lang),
    };
    let is_missing = move || name.with_untracked(|name| name.trim().is_empty());
    let check = Callback::new(move |()| Vec::from_iter(is_missing().then(|| missing.clone())));
    let submit = move |password| async move {
        desk.sign_in(name.get_untracked().trim().to_owned(), password)
            .await?;
        desk.go_on();
        Ok(())
    };
    view! {
        <ErrorSummary problems/>
        <Headline title=text::sign_in_title(lang) failing=Signal::derive(move || problems.with(|all| !all.is_empty()))/>
        <Paragraph text=text::sign_in_text(lang)/>
        <PasswordForm problems button=text::sign_in(lang) submit check>
            <TextInput id=NAME label=text::name_label(lang) value=Bound::whole(name) problems autocomplete="username"/>
        </PasswordForm>
        <Paragraph text=text::sign_in_help(lang)/>
    }
}
