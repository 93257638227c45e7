//! What a unit has to open.

use super::cases::{self, Listed};
use crate::{
    account::desk::Desk,
    fetched::Fetched,
    place::Place,
    text::{self, Text},
    ui::{self, Headline, Inset, Loaded, Paragraph, PlainButton, Tag, TagColour},
};
use leptos::prelude::*;
use protocol::vault::{CompartmentView, Missing};

/// The page.
#[component]
pub(crate) fn QueuePage() -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let all = Loaded::by(move || cases::list(desk));
    let mine = StoredValue::new(desk.trusted().map(|trusted| trusted.mine).unwrap_or_default());
    let show = move |(threads, missing)| {
        view! {
            <Rows threads missing mine/>
            <PlainButton text=text::queue_again(lang) press=move |()| all.again()/>
        }
        .into_any()
    };
    view! {
        <Headline title=text::queue_title(lang)/>
        <crate::directory::Warnings/>
        <crate::unit::Reminder/>
        <crate::group::Todo/>
        <Fetched found=all show waiting=text::queue_opening(lang)/>
        <crate::account::LastUsed/>
    }
}

#[component]
fn Rows(
    threads: Vec<Listed>,
    missing: Vec<Missing>,
    mine: StoredValue<Vec<CompartmentView>>,
) -> impl IntoView {
    let lang = ui::language();
    let none = threads.is_empty() && missing.is_empty();
    let missing = missing.into_iter().map(|one| {
        view! {
            <li class="candour-queue__item">
                <span class="candour-reference">{one.reference}</span>
                <Tag text=text::refused_tag(lang) colour=TagColour::Red/>
                <span class="candour-queue__meta">{text::queue_missing(lang)}</span>
            </li>
        }
    });
    view! {
        {none.then(|| view! { <Inset><Paragraph text=text::queue_none(lang)/></Inset> })}
        <ul class="candour-queue">
            {missing.collect::<Vec<_>>()}
            {threads.into_iter().map(|one| row(one, mine)).collect::<Vec<_>>()}
        </ul>
    }
}

fn row((waiting, reference): Listed, mine: StoredValue<Vec<CompartmentView>>) -> impl IntoView {
    let lang = ui::language();
    let compartment = mine.with_value(|mine| mine.iter().find(|one| one.id == waiting.compartment).map(name));
    // Whoever opens a thread first says so in it.
    let new = waiting.entries == 1;
    let class = if new {
        "candour-queue__item candour-queue__item--unread"
    } else {
        "candour-queue__item"
    };
    view! {
        <li class=class>
            <a class="candour-queue__link candour-reference" href=Place::Case(Some(waiting.log)).path(lang)>{reference}</a>
            {case_tag(new)}
            <span class="candour-queue__meta">
                {text::received_on(lang, ui::day(waiting.received).plain())} {compartment.map(|name| view! { ", " {name} })}
            </span>
        </li>
    }
}

fn case_tag(new: bool) -> impl IntoView {
    let lang = ui::language();
    let (text, colour) = if new {
        (text::case_new(lang), TagColour::Blue)
    } else {
        (text::case_opened(lang), TagColour::Grey)
    };
    view! { <Tag text colour/> }
}

/// The name of a compartment, by its unit.
fn name(compartment: &CompartmentView) -> Text {
    let (lang, unit) = (ui::language(), compartment.unit.clone());
    if compartment.sealed {
        text::compartment_sealed(lang, unit)
    } else {
        Text::of(unit)
    }
}
