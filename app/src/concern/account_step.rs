//! The second page of the form: everything that is told.

use super::{
    answers::{Answers, Step, field},
    choice::{Choice as _, Known, Signs},
    draft::Draft,
    form::{Readers, StepHead},
};
use crate::{
    text,
    ui::{self, Bound, Paragraph, Problem, Radios, SecureForm, SubmitButton, TextArea},
};
use leptos::prelude::*;
use protocol::{
    concern::{Agrees, Aware, LONG, SHORT, Source},
    vault::Trusted,
};

/// The page.
#[component]
pub(super) fn AccountStep(trusted: Trusted) -> impl IntoView {
    let (draft, lang) = (expect_context::<Draft>(), ui::language());
    let problems = RwSignal::new(Vec::new());
    let partner = trusted.partner.is_some();
    let go_on = move |()| {
        problems.set(
            draft
                .answers
                .with_untracked(|answers| answers.account_problems(partner, lang)),
        );
        if problems.with_untracked(Vec::is_empty) {
            draft.answers.update(|answers| {
                answers.step = Step::Check;
                answers.checked = true;
            });
        }
    };
    view! {
        <StepHead title=text::account_title(lang) number=2 back=Some(Step::About) problems=problems.into()/>
        <Readers forces=Signal::stored(trusted.forces)/>
        <Paragraph text=text::account_text(lang)/>
        <SecureForm submit=Callback::new(go_on)>
            <WhatAndWho problems/>
            <Circumstances problems/>
            <Contact problems partner/>
            <SubmitButton text=text::go_on(lang) busy=text::go_on(lang) pending=false/>
        </SecureForm>
    }
}

#[component]
fn WhatAndWho(problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let (draft, lang) = (expect_context::<Draft>(), ui::language());
    let known = Bound::part(
        draft.answers,
        |all: &Answers| all.known,
        |all, known| all.known = known,
    );
    view! {
        <TextArea id=field::HAPPENED label=text::happened_label(lang) hint=text::happened_hint(lang) most=LONG rows=12 problems
            value=Bound::part(draft.answers, |all: &Answers| all.happened.clone(), |all, text| all.happened = text)/>
        <Radios id=field::KNOWN legend=text::known_label(lang) options=Known::options(lang) value=known problems/>
        {move || known.get.get().map(|known| view! { <WhoField known problems/> })}
    }
}

#[component]
fn WhoField(known: Known, problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let (draft, lang) = (expect_context::<Draft>(), ui::language());
    let (label, hint) = match known {
        Known::ByName => (text::who_label(lang), text::who_hint(lang)),
        Known::ByDescription => (text::description_label(lang), text::description_hint(lang)),
    };
    view! {
        <TextArea id=field::WHO label hint most=SHORT rows=3 problems
            value=Bound::part(draft.answers, |all: &Answers| all.who.clone(), |all, who| all.who = who)/>
    }
}

#[component]
fn Circumstances(problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let (draft, lang) = (expect_context::<Draft>(), ui::language());
    view! {
        <Radios id=field::SOURCE legend=text::source_label(lang) options=Source::options(lang) problems
            value=Bound::part(draft.answers, |all: &Answers| all.source, |all, source| all.source = source)/>
        <Radios id=field::AWARE legend=text::aware_label(lang) options=Aware::options(lang) problems
            value=Bound::part(draft.answers, |all: &Answers| all.aware, |all, aware| all.aware = aware)/>
        <Radios id=field::AGREES legend=text::agrees_label(lang) hint=text::agrees_hint(lang)
            options=Agrees::options(lang) problems
            value=Bound::part(draft.answers, |all: &Answers| all.agrees, |all, agrees| all.agrees = agrees)/>
    }
}

#[component]
fn Contact(problems: RwSignal<Vec<Problem>>, partner: bool) -> impl IntoView {
    let (draft, lang) = (expect_context::<Draft>(), ui::language());
    let signs = Bound::part(
        draft.answers,
        |all: &Answers| all.signs,
        |all, signs| all.signs = signs,
    );
    view! {
        <TextArea id=field::CONTACT label=text::contact_label(lang) hint=text::contact_hint(lang) most=SHORT rows=4 problems
            value=Bound::part(draft.answers, |all: &Answers| all.contact.clone(), |all, text| all.contact = text)/>
        {partner.then(|| view! {
            <Radios id=field::SIGNS legend=text::signs_label(lang) hint=text::signs_hint(lang)
                options=Signs::options(lang) value=signs problems/>
        })}
    }
}
