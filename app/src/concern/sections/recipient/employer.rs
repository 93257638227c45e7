//! The first page: whether it is known who employs the person.

use super::{Page, Way, step::Step};
use crate::{
    concern::{answers::field, choice::Choice as _, draft::Draft},
    text,
    ui::{self, Bound, Paragraph, Problem, Radios},
};
use leptos::prelude::*;
use protocol::told::Employer;

/// The page.
#[component]
pub(super) fn EmployerPage(way: Way) -> impl IntoView {
    let (draft, lang) = (expect_context::<Draft>(), ui::language());
    let problems = RwSignal::new(Vec::new());
    let employer = Bound::part(
        draft.answers,
        |all| all.told.routing.employer,
        |all, employer| all.told.routing.employer = employer,
    );
    let submit = move |()| match employer.get.get_untracked() {
        Some(employer) => {
            let guessed = matches!(employer, Employer::Place | Employer::Unknown);
            draft.answers.update(|all| all.told.routing.uncertain = guessed);
            way.go(next(employer));
        }
        None => problems.set(vec![Problem {
            field: field::EMPLOYER,
            text: text::employer_missing(lang),
        }]),
    };
    view! {
        <Step way title=text::section_recipient(lang) problems submit>
            <Paragraph text=text::employer_matters(lang)/>
            <Radios id=field::EMPLOYER legend=text::employer_label(lang) hint=text::employer_hint(lang)
                options=Employer::options(lang) value=employer problems/>
        </Step>
    }
}

/// What is asked after that answer.
fn next(employer: Employer) -> Page {
    match employer {
        Employer::Seen | Employer::Case => Page::Force,
        Employer::Railway | Employer::Defence | Employer::Nuclear => Page::Suggestion,
        Employer::Place | Employer::Unknown => Page::Place,
        Employer::Other => Page::Elsewhere,
    }
}
