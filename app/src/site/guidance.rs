//! What to look for, what to write, what not to ask, and what can honestly be promised.

use super::OtherRoutes;
use crate::{
    concern::choice::Choice as _,
    place::Place,
    text::{self, Text},
    ui::{self, Headline, List, Paragraph, WarningText},
};
use leptos::prelude::*;
use protocol::told::Sign;

/// The page.
#[component]
pub(crate) fn GuidancePage() -> impl IntoView {
    let lang = ui::language();
    view! {
        <Headline title=text::guidance_title(lang)/>
        <WarningText text=text::danger_now(lang)/>
        <Part title=text::guidance_what(lang) first=text::guidance_what_text(lang)
            items=vec![text::guidance_what_duty(lang), text::guidance_what_emotional(lang), text::guidance_what_agree(lang), text::guidance_what_staff(lang)]/>
        <Definition/>
        <Part title=text::guidance_signs(lang) first=text::guidance_signs_text(lang) items=Sign::options(lang).into_iter().map(|(_, label)| label).collect()/>
        <Part title=text::guidance_write(lang) first=text::guidance_write_text(lang)
            items=vec![text::prompt_what(lang), text::prompt_when(lang), text::prompt_who(lang), text::prompt_said(lang), text::prompt_know(lang)]/>
        <Part title=text::guidance_not(lang) first=text::do_not_investigate(lang)
            items=vec![text::guidance_not_ask(lang), text::guidance_not_search(lang), text::guidance_not_warn(lang), text::guidance_not_promise(lang)]/>
        <Part title=text::guidance_confidential(lang) first=text::guidance_confidential_text(lang)
            items=vec![text::guidance_confidential_law(lang), text::guidance_confidential_court(lang), text::guidance_confidential_agency(lang)]/>
        <Part title=text::guidance_unit(lang) first=text::guidance_unit_text(lang)
            items=vec![text::guidance_unit_open(lang), text::guidance_unit_decide(lang), text::guidance_unit_answer(lang)]/>
        <Part title=text::guidance_wrong(lang) first=text::guidance_wrong_text(lang) items=vec![]/>
        <p class="govuk-body"><a class="govuk-link" href=Place::HowItWorks.path(lang)>{text::how_server(lang)}</a></p>
        <OtherRoutes/>
    }
}

/// One subject.
#[component]
fn Part(title: Text, first: Text, items: Vec<Text>) -> impl IntoView {
    let list = (!items.is_empty()).then(|| view! { <List items/> });
    view! {
        <section>
            <h2 class="govuk-heading-m">{title}</h2>
            <Paragraph text=first/>
            {list}
        </section>
    }
}

/// The national definition, word for word: a quotation has no shorter sentences.
#[component]
fn Definition() -> impl IntoView {
    let lang = ui::language();
    view! {
        <details class="govuk-details">
            <summary class="govuk-details__summary">
                <span class="govuk-details__summary-text">{text::guidance_definition(lang)}</span>
            </summary>
            <blockquote class="govuk-details__text" lang="en">{DEFINITION}</blockquote>
        </details>
    }
}

/// National Police Chiefs' Council, definition of abuse of position for a sexual purpose, as inspectors quote it (HMICFRS 2017).
const DEFINITION: &str = "“Any behaviour by a police officer or police staff member, whether on or off duty, that takes advantage of \
    their position as a member of the police service to misuse their position, authority or powers in order to pursue a sexual or \
    improper emotional relationship with any member of the public. This includes: committing a sexual act, initiating sexual contact \
    with, or responding to any perceived sexually motivated behaviour from another person; entering into any communication that \
    could be perceived as sexually motivated or lewd; or for any other sexual purpose.”";
