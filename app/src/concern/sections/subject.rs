//! One person whom it is about: who they are, then how to tell them from others.

use crate::{
    concern::{
        answers::{Answers, written},
        choice::Choice as _,
        draft::Draft,
    },
    text::{self, Text},
    ui::{
        self, Bound, Headline, PlainButton, Problem, Radios, SecureForm, SubmitButton, TextArea, TextInput,
    },
};
use leptos::prelude::*;
use protocol::{
    concern::{Language, SHORT},
    told::{Post, Subject},
};

/// A question about them.
struct Line {
    id: &'static str,
    label: fn(Language) -> Text,
    hint: fn(Language) -> Text,
    get: fn(&Subject) -> &String,
    set: fn(&mut Subject) -> &mut String,
}

/// Who they are.
const FIRST: [Line; 3] = [
    Line {
        id: "subject-name",
        label: text::subject_name,
        hint: text::subject_name_hint,
        get: |one| &one.name,
        set: |one| &mut one.name,
    },
    Line {
        id: "subject-number",
        label: text::subject_number,
        hint: text::subject_number_hint,
        get: |one| &one.number,
        set: |one| &mut one.number,
    },
    Line {
        id: "subject-station",
        label: text::subject_station,
        hint: text::subject_station_hint,
        get: |one| &one.station,
        set: |one| &mut one.station,
    },
];

/// How to tell them from others.
const SECOND: [Line; 3] = [
    Line {
        id: "subject-looks",
        label: text::subject_looks,
        hint: text::subject_looks_hint,
        get: |one| &one.looks,
        set: |one| &mut one.looks,
    },
    Line {
        id: "subject-traces",
        label: text::subject_traces,
        hint: text::subject_traces_hint,
        get: |one| &one.traces,
        set: |one| &mut one.traces,
    },
    Line {
        id: "subject-link",
        label: text::subject_link,
        hint: text::subject_link_hint,
        get: |one| &one.link,
        set: |one| &mut one.link,
    },
];

/// What is wrong with the lines of one person. Where a text is too long, nothing is cut off.
fn problems_of(subject: &Subject, lines: &[Line], lang: Language) -> Vec<Problem> {
    let found = lines.iter().filter_map(|line| {
        let text = written((line.get)(subject), SHORT, None, lang)?;
        Some(Problem { field: line.id, text })
    });
    found.collect()
}

/// What is wrong with anything that is said of one person: where to look.
pub(in crate::concern) fn all_problems(subject: &Subject, lang: Language) -> Vec<Problem> {
    let (mut first, second) = (
        problems_of(subject, &FIRST, lang),
        problems_of(subject, &SECOND, lang),
    );
    first.extend(second);
    first
}

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
    let lines: &'static [Line] = if second { &SECOND } else { &FIRST };
    let submit = move |()| {
        let found = draft.answers.with_untracked(|answers| {
            let subject = answers.told.subjects.get(number);
            subject
                .map(|subject| problems_of(subject, lines, lang))
                .unwrap_or_default()
        });
        problems.set(found);
        if problems.with_untracked(Vec::is_empty) {
            on.run(());
        }
    };
    let failing = Signal::derive(move || problems.with(|all: &Vec<Problem>| !all.is_empty()));
    let shown = u32::try_from(number + 1).unwrap_or(u32::MAX);
    let title = if second {
        text::subject_more_title(lang, shown)
    } else {
        text::subject_title(lang, shown)
    };
    let fields: Vec<_> = lines
        .iter()
        .map(|line| field_of(line, number, second, problems))
        .collect();
    view! {
        <PlainButton text=text::back(lang) press=back class="govuk-back-link candour-link-button"/>
        <ui::ErrorSummary problems/>
        <Headline title failing/>
        <SecureForm submit=Callback::new(submit)>
            {fields}
            {(!second).then(|| post(number, problems))}
            <SubmitButton text=text::go_on(lang) busy=text::go_on(lang) pending=false/>
        </SecureForm>
    }
}

fn field_of(asked: &Line, number: usize, several: bool, problems: RwSignal<Vec<Problem>>) -> AnyView {
    let (draft, lang) = (expect_context::<Draft>(), ui::language());
    let (get, set) = (asked.get, asked.set);
    let value = Bound::part(
        draft.answers,
        move |all: &Answers| {
            all.told
                .subjects
                .get(number)
                .map(|one| get(one).clone())
                .unwrap_or_default()
        },
        move |all, text| {
            if let Some(one) = all.told.subjects.get_mut(number) {
                *set(one) = text;
            }
        },
    );
    let (id, label, hint) = (asked.id, (asked.label)(lang), (asked.hint)(lang));
    if several {
        view! { <TextArea id label hint value problems most=SHORT rows=3/> }.into_any()
    } else {
        view! { <TextInput id label hint value problems/> }.into_any()
    }
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
