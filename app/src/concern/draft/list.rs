//! The drafts of a practitioner, in the list of their concerns.

use super::{Draft, saving};
use crate::{
    account::desk::Desk,
    act::{Acts, Said},
    browser::clock,
    concern::{sending, unsent::Lying},
    fetched::Fetched,
    place::Place,
    text::{self, Text},
    trouble::Trouble,
    ui::{self, Heading, Loaded, PlainButton, Tag, TagColour},
    vault,
};
use leptos::prelude::*;
use protocol::{id::Day, unsent::KEPT_DAYS};

/// How many days before a draft is deleted its author is warned.
const WARNED_DAYS: u32 = 7;

/// A draft, and what its author calls it.
type Item = (Lying, Result<String, Trouble>);

/// Begins another, where somebody has begun one.
#[component]
fn StartAnother(acts: Acts) -> impl IntoView {
    let (desk, draft, lang) = (
        expect_context::<Desk>(),
        expect_context::<Draft>(),
        ui::language(),
    );
    let start = move |()| {
        acts.act_quietly(async move {
            saving::put_aside(desk, draft).await?;
            desk.go(Place::NewConcern);
            Ok(())
        });
    };
    let can = draft.is_started() && draft.is_open_to_change();
    can.then(|| view! { <PlainButton text=text::draft_start_another(lang) press=start/> })
}

/// All of them, unless there is none. They are fetched again after `other` acts too.
#[component]
pub(in crate::concern) fn Drafts(other: Acts) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let acts = Acts::new();
    let all = Loaded::by(move || {
        acts.track();
        other.track();
        open_all(desk)
    });
    let show = move |all: Vec<Item>| {
        if all.is_empty() {
            return ().into_any();
        }
        let rows = all.into_iter().map(|item| view! { <Row item acts/> });
        view! {
            <Heading text=text::own_drafts_title(lang)/>
            <ul class="candour-queue">{rows.collect::<Vec<_>>()}</ul>
        }
        .into_any()
    };
    view! { <StartAnother acts/> <Said acts/> <Fetched found=all show/> }
}

async fn open_all(desk: Desk) -> Result<Vec<Item>, Trouble> {
    let tokens = vault::unsent_tokens().await?;
    let mut all = Vec::new();
    for lying in saving::lying(desk, &tokens).await? {
        let opened = saving::fetch_from(desk, &tokens, lying.drawer).await;
        all.push((lying, opened.map(|(view, _)| view.label)));
    }
    Ok(all)
}

#[component]
fn Row(item: Item, acts: Acts) -> impl IntoView {
    let (desk, draft, lang) = (
        expect_context::<Desk>(),
        expect_context::<Draft>(),
        ui::language(),
    );
    let (
        Lying {
            drawer, changed_on, ..
        },
        opened,
    ) = item;
    let here = draft.kept.with_untracked(|kept| kept.drawer == Some(drawer));
    let go_on = move |()| {
        acts.act_quietly(async move {
            if !here {
                saving::take_up(desk, draft, drawer).await?;
                sending::notice_arrival(desk, draft).await?;
            }
            desk.go(Place::NewConcern);
            Ok(())
        });
    };
    let name = match &opened {
        Ok(label) => label_of(label, drawer),
        Err(trouble) => trouble.text(lang),
    };
    // What is on its way is sent, and not given.
    let give = (opened.is_ok() && (!here || draft.is_open_to_change())).then(|| {
        let place = Place::GiveDraft(Some(drawer)).path(lang);
        view! { <a class="govuk-link" href=place>{text::give_draft_link(lang, name.plain())}</a> }
    });
    // What is on its way is sent before another is opened.
    let go_on = (opened.is_ok() && draft.is_open_to_change()).then(|| {
        view! { <PlainButton text=text::draft_continue(lang, name.plain()) press=go_on class="candour-link-button"/> }
    });
    view! {
        <li class="candour-queue__item">
            <span class="notranslate" translate="no">{name.clone()}</span>
            <Left changed_on/>
            <span class="candour-queue__meta">{text::draft_changed(lang, ui::day(changed_on).plain())}</span>
            <span class="candour-queue__actions">
                {go_on}
                {give}
                <a class="govuk-link" href=Place::DeleteDraft(Some(drawer)).path(lang)>
                    {text::draft_delete(lang, name.plain())}
                </a>
            </span>
        </li>
    }
}

/// What its author calls it; else its number.
pub(in crate::concern) fn label_of(label: &str, drawer: u8) -> Text {
    let lang = ui::language();
    if label.trim().is_empty() {
        text::draft_number(lang, u32::from(drawer) + 1)
    } else {
        Text::of(label.to_owned())
    }
}

/// How long it is still kept.
#[component]
fn Left(changed_on: Day) -> impl IntoView {
    let lang = ui::language();
    let left = days_left(changed_on, clock::minute().day());
    let colour = if left <= WARNED_DAYS {
        TagColour::Red
    } else {
        TagColour::Grey
    };
    view! { <Tag text=text::draft_days_left(lang, left) colour/> }
}

fn days_left(changed_on: Day, today: Day) -> u32 {
    KEPT_DAYS.saturating_sub(today.0.saturating_sub(changed_on.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_the_last_change() {
        let left = |today| days_left(Day(100), Day(today));
        assert_eq!([99, 100, 121, 127, 128, 200].map(left), [28, 28, 7, 1, 0, 0]);
    }
}
