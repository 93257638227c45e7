//! When it happened, as exactly as it is known.

use super::asked;
use crate::{
    concern::{
        answers::{Answers, field},
        draft::Draft,
        fields::{Asked, one, shown_while},
        typed::{Exactly, TypedDay},
    },
    text::{self, Text},
    ui::{self, Bound, DateInput, Problem, TextInput},
};
use leptos::prelude::*;
use protocol::{concern::Language, told::Whether};

/// The page.
pub(super) fn when(problems: RwSignal<Vec<Problem>>) -> AnyView {
    let exactly = Asked {
        id: "exactly",
        legend: text::exactly_label,
        hint: Some(text::exactly_hint),
    };
    let ongoing = asked("ongoing", text::ongoing_label);
    view! {
        {one::<Exactly>(&exactly, problems, |all| all.when.exactly, |all, exactly| all.when.exactly = exactly)}
        {shown_while(|all| all.when.exactly == Some(Exactly::Day), move || day(text::date_on, false, problems))}
        {shown_while(|all| all.when.exactly == Some(Exactly::Between), move || between(problems))}
        {shown_while(|all| all.when.exactly == Some(Exactly::Around), move || around(problems))}
        {shown_while(|all| all.when.exactly == Some(Exactly::Said), move || said(problems))}
        {one::<Whether>(&ongoing, problems, |all| all.told.ongoing, |all, ongoing| all.told.ongoing = ongoing)}
    }
    .into_any()
}

/// The first day, or the last.
fn typed(all: &mut Answers, last: bool) -> &mut TypedDay {
    if last {
        &mut all.when.to
    } else {
        &mut all.when.from
    }
}

fn read(all: &Answers, last: bool) -> &TypedDay {
    if last { &all.when.to } else { &all.when.from }
}

fn day(legend: fn(Language) -> Text, last: bool, problems: RwSignal<Vec<Problem>>) -> AnyView {
    let (draft, lang) = (expect_context::<Draft>(), ui::language());
    let id = if last { field::WHEN_TO } else { field::WHEN_FROM };
    let part = |get: fn(&TypedDay) -> &String, set: fn(&mut TypedDay) -> &mut String| {
        Bound::part(
            draft.answers,
            move |all: &Answers| get(read(all, last)).clone(),
            move |all, text| *set(typed(all, last)) = text,
        )
    };
    let day = part(|day| &day.day, |day| &mut day.day);
    let month = part(|day| &day.month, |day| &mut day.month);
    let year = part(|day| &day.year, |day| &mut day.year);
    view! { <DateInput id legend=legend(lang) hint=text::date_hint(lang) day month year problems/> }
        .into_any()
}

fn between(problems: RwSignal<Vec<Problem>>) -> AnyView {
    view! { {day(text::date_from, false, problems)} {day(text::date_to, true, problems)} }.into_any()
}

fn around(problems: RwSignal<Vec<Problem>>) -> AnyView {
    let (draft, lang) = (expect_context::<Draft>(), ui::language());
    let month = Bound::part(
        draft.answers,
        |all| all.when.from.month.clone(),
        |all, month| all.when.from.month = month,
    );
    let year = Bound::part(
        draft.answers,
        |all| all.when.from.year.clone(),
        |all, year| all.when.from.year = year,
    );
    view! {
        <DateInput id=field::WHEN_FROM legend=text::date_around(lang) hint=text::date_around_hint(lang) month year problems/>
    }
    .into_any()
}

fn said(problems: RwSignal<Vec<Problem>>) -> AnyView {
    let (draft, lang) = (expect_context::<Draft>(), ui::language());
    let value = Bound::part(
        draft.answers,
        |all| all.when.said.clone(),
        |all, said| all.when.said = said,
    );
    view! {
        <TextInput id=field::WHEN_FROM label=text::date_said(lang) hint=text::date_said_hint(lang) value problems/>
    }
    .into_any()
}
