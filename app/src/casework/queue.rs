//! What a unit has to open.

use super::{Queue, Waiting, cases, load_queue};
use crate::{
    account::{Role, desk::Desk, gate::Gate},
    place::Place,
    text::{self, Text},
    trouble::Trouble,
    ui::{self, Headline, Inset, Loaded, Loading, Paragraph, PlainButton, Refusal, Tag, TagColour},
};
use leptos::prelude::*;
use protocol::vault::{CompartmentView, Thread};

/// The page.
#[component]
pub(crate) fn QueuePage() -> impl IntoView {
    view! { <Gate place=Place::Queue role=Role::Assessor>{move || view! { <QueueList/> }}</Gate> }
}

/// A thread, opened or refused.
type Item = (Waiting, Result<Thread, Trouble>);

#[component]
fn QueueList() -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let opened = RwSignal::new(Vec::<Item>::new());
    let all = Loaded::by(move || open_all(desk, opened));
    let mine = StoredValue::new(desk.trusted().map(|trusted| trusted.mine).unwrap_or_default());
    view! {
        <Headline title=text::queue_title(lang)/>
        <crate::directory::Warnings/>
        {move || match all.get() {
            None => view! { <Loading text=text::queue_opening(lang)/> }.into_any(),
            Some(Err(trouble)) => view! {
                <Refusal text=trouble.text(lang)/>
                <PlainButton text=text::try_again(lang) press=move |()| all.again()/>
            }.into_any(),
            Some(Ok(())) if opened.with(Vec::is_empty) => view! { <Inset><Paragraph text=text::queue_none(lang)/></Inset> }.into_any(),
            Some(Ok(())) => view! { <PlainButton text=text::queue_again(lang) press=move |()| all.again()/> }.into_any(),
        }}
        <ul class="candour-queue">{move || opened.get().into_iter().map(|item| row(item, mine)).collect::<Vec<_>>()}</ul>
        <crate::account::LastUsed/>
    }
}

/// Opens every thread, one after the other, and shows each as it comes; then checks that the record of what was stored
/// goes on from where it was.
async fn open_all(desk: Desk, opened: RwSignal<Vec<Item>>) -> Result<(), Trouble> {
    let Queue { threads, heads } = desk.note(load_queue().await)?;
    opened.set(Vec::new());
    for waiting in threads {
        let thread = cases::open(desk, waiting.log).await;
        opened.try_update(|all| all.push((waiting, thread)));
    }
    for head in heads {
        cases::check(desk, head).await?;
    }
    Ok(())
}

fn row((waiting, thread): Item, mine: StoredValue<Vec<CompartmentView>>) -> AnyView {
    let lang = ui::language();
    let compartment = mine.with_value(|mine| mine.iter().find(|one| one.id == waiting.compartment).map(name));
    let meta = view! {
        <span class="candour-queue__meta">
            {text::received_on(lang, ui::day(waiting.received).plain())} {compartment.map(|name| view! { ", " {name} })}
        </span>
    };
    match thread {
        Ok(thread) => {
            let new = thread.opened.is_none();
            let class = if new {
                "candour-queue__item candour-queue__item--unread"
            } else {
                "candour-queue__item"
            };
            view! {
                <li class=class>
                    <a class="candour-queue__link candour-reference" href=Place::Case(Some(waiting.log)).path(lang)>
                        {thread.proof.reference}
                    </a>
                    {case_tag(new)} {meta}
                </li>
            }
            .into_any()
        }
        Err(trouble) => view! {
            <li class="candour-queue__item">
                <span>{text::refused_item(lang)}</span>
                <Tag text=text::refused_tag(lang) colour=TagColour::Red/>
                {meta}
                <span class="candour-queue__meta">{trouble.text(lang)}</span>
            </li>
        }
        .into_any(),
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
