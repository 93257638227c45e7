//! One person whom it is about: who they are, then how to tell them from others.

use crate::{
    concern::{
        answers::Answers,
        choice::Choice as _,
        draft::Draft,
        fields::writing_of,
        question::{MARKS, Question, WHO},
    },
    text,
    ui::{self, Bound, FormHead, PlainButton, Problem, Radios, SecureForm, SubmitButton},
};
use leptos::prelude::*;
use protocol::told::{Post, Subject};

/// Two pages: who they are, then how to tell them from others.
#[component]
pub(super) fn SubjectForm(number: usize, #[prop(into)] done: Callback<()>) -> impl IntoView {
    let second = RwSignal::new(false);
    let on = move |()| {
        if second.get_untracked() {
            done.run(());
        } else {
            second.set(true);
        }
    };
    let back = move |()| {
        if second.get_untracked() {
            second.set(false);
        } else {
            done.run(());
        }
    };
    move || {
        let second = second.get();
        view! { <Half number second on=Callback::new(on) back=Callback::new(back)/> }
    }
}

#[component]
fn Half(number: usize, second: bool, on: Callback<()>, back: Callback<()>) -> impl IntoView {
    let (draft, lang) = (expect_context::<Draft>(), ui::language());
    let problems = RwSignal::new(Vec::new());
    let questions = if second { &MARKS } else { &WHO };
    let submit = move |()| {
        let found = draft.answers.with_untracked(|answers| {
            let subject = answers.told.subjects.get(number);
            let wrong = |subject| questions.iter().filter_map(move |one| one.problem(subject, lang));
            subject.into_iter().flat_map(wrong).collect()
        });
        problems.set(found);
        if problems.with_untracked(Vec::is_empty) {
            on.run(());
        }
    };
    let shown = u32::try_from(number + 1).unwrap_or(u32::MAX);
    let title = if second {
        text::subject_more_title(lang, shown)
    } else {
        text::subject_title(lang, shown)
    };
    let fields: Vec<_> = questions
        .iter()
        .map(|one| field_of(one, number, problems))
        .collect();
    let back =
        view! { <PlainButton text=text::back(lang) press=back class="govuk-back-link candour-link-button"/> };
    view! {
        <FormHead back=back.into_any() title problems/>
        <SecureForm submit=Callback::new(submit)>
            {fields}
            {(!second).then(|| post(number, problems))}
            <SubmitButton text=text::go_on(lang) busy=text::go_on(lang) pending=false/>
        </SecureForm>
    }
}

fn field_of(asked: &Question<Subject>, number: usize, problems: RwSignal<Vec<Problem>>) -> AnyView {
    writing_of(
        asked,
        problems,
        move |all: &Answers| all.told.subjects.get(number),
        move |all| all.told.subjects.get_mut(number),
    )
}

fn post(number: usize, problems: RwSignal<Vec<Problem>>) -> AnyView {
    let (draft, lang) = (expect_context::<Draft>(), ui::language());
    let value = Bound::part(
        draft.answers,
        move |all: &Answers| all.told.subjects.get(number).and_then(|one| one.post),
        move |all, post| {
            if let Some(one) = all.told.subjects.get_mut(number) {
                one.post = post;
            }
        },
    );
    view! { <Radios id="subject-post" legend=text::subject_post(lang) options=Post::options(lang) value problems/> }.into_any()
}
