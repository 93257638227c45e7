//! The practitioner's list.

use super::{
    draft::{Draft, list::Drafts},
    parcels::{from, list::Given},
    rows,
    status::StatusTag,
    threads,
};
use crate::{
    account::desk::Desk,
    act::Acts,
    fetched::Fetched,
    group::OnceOnBoard,
    place::Place,
    text,
    trouble::Trouble,
    ui::{self, Banner, Headline, Inset, Loaded, Paragraph, Tag, TagColour},
    vault,
};
use core::cmp::Reverse;
use leptos::prelude::*;
use protocol::{
    id::LogId,
    vault::{ForceView, GivenView, Missing, Thread},
};

/// A thread, opened or refused.
type Item = (LogId, Result<Thread, Trouble>);

/// The page.
#[component]
pub(crate) fn ConcernsPage() -> impl IntoView {
    let (desk, draft, lang) = (
        expect_context::<Desk>(),
        expect_context::<Draft>(),
        ui::language(),
    );
    let opened = RwSignal::new(Vec::<Item>::new());
    let missing = RwSignal::new(Vec::<Missing>::new());
    let acts = Acts::new();
    let given = RwSignal::new(Vec::<GivenView>::new());
    let all = Loaded::by(move || {
        acts.track();
        open_all(desk, opened, missing, given)
    });
    let forces = StoredValue::new(desk.trusted().map(|trusted| trusted.forces).unwrap_or_default());
    let start = if draft.is_started() {
        text::concerns_continue(lang)
    } else {
        text::concerns_start(lang)
    };
    let show = move |()| {
        let none = move || opened.with(Vec::is_empty) && missing.with(Vec::is_empty);
        let shown =
            move || none().then(|| view! { <Inset><Paragraph text=text::concerns_none(lang)/></Inset> });
        shown.into_any()
    };
    view! {
        <Headline title=text::concerns_title(lang)/>
        <crate::directory::Warnings/>
        <SetUpAnew/>
        <crate::group::Todo/>
        <OnceOnBoard acts>
            <a href=Place::NewConcern.path(lang) class="govuk-button">{start.clone()}</a>
            <Given acts/>
            <Drafts other=acts/>
        </OnceOnBoard>
        <Fetched found=all show waiting=text::concerns_opening(lang)/>
        <ul class="candour-queue">{move || missing.get().into_iter().map(missing_row).collect::<Vec<_>>()}</ul>
        <ul class="candour-queue">{move || opened.get().into_iter().map(|item| row(item, forces, given)).collect::<Vec<_>>()}</ul>
        <crate::account::LastUsed/>
    }
}

/// Why what was told before is not here, where the account that had this name was reset.
#[component]
fn SetUpAnew() -> impl IntoView {
    let lang = ui::language();
    let session = expect_context::<Desk>().session();
    let day = session
        .and_then(|session| session.reset)
        .map(|day| ui::day(day).plain());
    day.map(|day| {
        view! {
            <Banner title=text::reset_told_title(lang)>
                <Paragraph text=text::reset_told_unread(lang, day)/>
                <Paragraph text=text::reset_told_unit(lang)/>
                <Paragraph text=text::reset_told_again(lang)/>
            </Banner>
        }
    })
}

/// Opens every thread, one after the other, and shows each as it comes.
async fn open_all(
    desk: Desk,
    opened: RwSignal<Vec<Item>>,
    missing: RwSignal<Vec<Missing>>,
    given: RwSignal<Vec<GivenView>>,
) -> Result<(), Trouble> {
    opened.set(Vec::new());
    let own = threads::find(desk).await?;
    missing.set(own.missing);
    given.set(vault::given_concerns().await?);
    for (found, token) in own.found {
        let thread = threads::open(desk, found.log, &token).await;
        opened.try_update(|all| {
            all.push((found.log, thread));
            // The newest first, and last those that cannot be opened.
            all.sort_by_key(|(_, thread)| Reverse(thread.as_ref().ok().map(|thread| thread.written)));
        });
    }
    Ok(())
}

/// A concern that the server once proved to hold, and does not give.
fn missing_row(one: Missing) -> impl IntoView {
    let lang = ui::language();
    let day = one.day.map(|day| ui::day(day).plain()).unwrap_or_default();
    view! {
        <li class="candour-queue__item">
            <span class="candour-reference">{one.reference}</span>
            <Tag text=text::refused_tag(lang) colour=TagColour::Red/>
            <span class="candour-queue__meta">{text::concerns_missing(lang, day)}</span>
        </li>
    }
}

/// Who gave it, where a colleague began it.
fn given_by(log: LogId, given: RwSignal<Vec<GivenView>>) -> Option<impl IntoView> {
    let text = given.with(|all| {
        let given = all.iter().find(|one| one.log == log);
        given.map(|given| from::given_by(given, ui::language()))
    });
    text.map(|text| view! { <span class="candour-queue__meta notranslate" translate="no">{text}</span> })
}

fn row((log, thread): Item, forces: StoredValue<Vec<ForceView>>, given: RwSignal<Vec<GivenView>>) -> AnyView {
    let lang = ui::language();
    match thread {
        Ok(thread) => view! {
            <li class="candour-queue__item">
                <a class="candour-queue__link candour-reference" href=Place::Concern(Some(log)).path(lang)>
                    {thread.proof.reference.clone()}
                </a>
                <StatusTag thread=thread.clone()/>
                <span class="candour-queue__meta">
                    {forces.with_value(|forces| rows::force_name(&thread.concern.force, forces))} ", "
                    {ui::minute(thread.written)}
                </span>
                {given_by(log, given)}
            </li>
        }
        .into_any(),
        Err(trouble) => view! {
            <li class="candour-queue__item">
                <span>{text::refused_item(lang)}</span>
                <Tag text=text::refused_tag(lang) colour=TagColour::Red/>
                <span class="candour-queue__meta">{trouble.text(lang)}</span>
            </li>
        }
        .into_any(),
    }
}
