//! The sections' pages.

mod affected;
mod around;
mod evidence;
mod first;
mod recipient;
mod subject;
mod subjects;
mod what;
mod when;
mod you;

use super::{
    fields::{Asked, writing},
    form::SectionForm,
    question::questions,
    section::Section,
};
use crate::ui::Problem;
use leptos::prelude::*;
use protocol::{concern::Language, vault::Trusted};

/// The page of `section`.
pub(super) fn page(section: Section, trusted: Memo<Option<Trusted>>) -> AnyView {
    let problems = RwSignal::new(Vec::new());
    let fields = match section {
        Section::Recipient => return view! { <recipient::RecipientSection trusted/> }.into_any(),
        Section::Subjects => return view! { <subjects::SubjectsSection trusted/> }.into_any(),
        Section::Danger => first::danger(problems),
        Section::Basis => first::basis(problems),
        Section::Happened => what::happened(problems),
        Section::Conduct => what::conduct(problems),
        Section::Signs => what::signs(problems),
        Section::When => when::when(problems),
        Section::Place => around::place(problems),
        Section::Source => around::source(problems),
        Section::Affected => affected::affected(problems),
        Section::Consent => affected::consent(problems),
        Section::Contact => affected::contact(problems),
        Section::Risk => affected::risk(problems),
        Section::Evidence => evidence::evidence(problems),
        Section::Informed => around::informed(problems),
        Section::Reach => you::reach(problems, trusted),
    };
    view! { <SectionForm section trusted problems>{fields}</SectionForm> }.into_any()
}

/// Every question of `section` that is answered in writing.
fn in_writing(section: Section, problems: RwSignal<Vec<Problem>>) -> Vec<AnyView> {
    questions(section)
        .iter()
        .map(|one| writing(one, problems))
        .collect()
}

/// A question without a hint.
fn asked(id: &'static str, legend: fn(Language) -> crate::text::Text) -> Asked {
    Asked {
        id,
        legend,
        hint: None,
    }
}

/// A question with one.
fn asked_with(
    id: &'static str,
    legend: fn(Language) -> crate::text::Text,
    hint: fn(Language) -> crate::text::Text,
) -> Asked {
    Asked {
        id,
        legend,
        hint: Some(hint),
    }
}
