//! What the portal is for.

use super::OtherRoutes;
use crate::{
    place::Place,
    text,
    ui::{self, Heading, Headline, Inset, List, Paragraph, WarningText},
};
use leptos::prelude::*;

/// The page.
#[component]
pub(crate) fn StartPage() -> impl IntoView {
    let lang = ui::language();
    view! {
        <Headline title=text::start_title(lang) window=text::start_name(lang) class="govuk-heading-xl"/>
        <p class="candour-quick">{text::danger_now(lang)}</p>
        <Paragraph text=text::start_what(lang)/>
        <List items=vec![text::start_sign_1(lang), text::start_sign_2(lang), text::start_sign_3(lang), text::start_sign_4(lang)]/>
        <Paragraph text=text::start_no_proof(lang)/>
        <StartButton/>
        <Readers/>
        <Heading text=text::start_before(lang)/>
        <List items=vec![text::start_before_1(lang), text::start_before_2(lang), text::start_before_3(lang)]/>
        <p class="govuk-body">
            {text::start_no_account(lang)} " "
            <a class="govuk-link" href=Place::Apply.path(lang)>{text::apply_title(lang)}</a>
        </p>
        <WarningText text=text::start_not_referral(lang)/>
        <Heading text=text::routes_title(lang)/>
        <OtherRoutes/>
    }
}

#[component]
fn StartButton() -> impl IntoView {
    let lang = ui::language();
    view! {
        <a href=Place::NewConcern.path(lang) class="govuk-button govuk-button--start">
            {text::start_button(lang)}
            <svg class="govuk-button__start-icon" xmlns="http://www.w3.org/2000/svg" width="17.5" height="19"
                viewBox="0 0 33 40" aria-hidden="true" focusable="false">
                <path fill="currentColor" d="M0 0h13l20 20-20 20H0l20-20z"></path>
            </svg>
        </a>
    }
}

#[component]
fn Readers() -> impl IntoView {
    let lang = ui::language();
    view! {
        <Heading text=text::start_readers(lang)/>
        <Paragraph text=text::start_readers_unit(lang)/>
        <Paragraph text=text::start_readers_conflict(lang)/>
        <Inset>
            <Paragraph text=text::start_server_1(lang)/>
            <Paragraph text=text::start_server_2(lang)/>
            <a class="govuk-link" href=Place::HowItWorks.path(lang)>{text::how_title(lang)}</a>
        </Inset>
    }
}

#[cfg(test)]
mod tests {
    use crate::text;
    use protocol::concern::Language;

    #[test]
    fn danger_comes_first_and_names_the_number() {
        assert!(text::danger_now(Language::English).plain().contains("999"));
    }
}
